"""Texts made for the tests: reports of several kinds, and texts put together by chance."""
import random

REPORTS = [
    "Government forces shelled Ma\u2019arrat al-Nu\u2019man on Monday, killing at least six people, the Syrian Observatory "
    "for Human Rights said.\n\nTwo children were among the dead.\n",
    "KINSHASA (12 March 2021) - M23 rebels attacked the town of Rutshuru on Thursday. The army said that it had killed "
    "\u201cmore than 20\u201d fighters; five soldiers were wounded.\n",
    "RUSSIA STRIKES KHARKIV WITH MISSILES, 4 DEAD\n\nRussian forces fired S-300 missiles at Kharkiv early on Tuesday, the "
    "governor said. No one has been arrested. \u0412\u043e\u0439\u0441\u043a\u0430 \u0432\u043e\u0448\u043b\u0438.\n",
    "Al-Shabaab denied that its fighters had abducted the aid workers near Baidoa. Kenya may send troops. The talks "
    "between the two sides will resume in Doha next week.\n\nShare this article on Facebook.\nPlease donate.\n",
    "\u540d\u524d\u306f Kafr Nabl \U0001f680\U0001f4a5 jets hit it \u2014 3 killed. e\u0301glise bombed in Jos, Nigeria.\n",
    "The convoy of 30 trucks left Mosul for Erbil. It was ambushed near Makhmur, leaving dozens dead and 14 injured. "
    "Islamic State claimed responsibility. The Iraqi army liberated three villages: Tal Afar, Hawija and Qayyarah.\n",
]

PIECES = ["Rebels", "the army", "killed", "six", "at least 20", "people", "in", "Aleppo", "on Monday", ",", ".", "\n\n", "\n",
          "\u2019s", "\u201c", "\u201d", "said", "was", "shelled", "by", "Mi-8", "helicopters", "and", "\u0394", "\u5317\u4eac",
          "\U0001f600", "e\u0301", "\u00a0", "\u200b", "\u2028", "\t", "(", ")", "-", "\u2014", "12 March", "2019-11-15", "U.S.",
          "http://x.example/a?b", "@home", "#tag", "NATO", "not", "may", "will", "$", "%", "&amp;", "\u0643\u0641\u0631", "A" * 300]


def by_chance(seed, n=60):
    """A text of pieces that mean little together."""
    dice = random.Random(seed)
    return "".join(dice.choice(PIECES) + dice.choice([" ", " ", " ", ""]) for _ in range(dice.randrange(1, n)))
