"""Words that tell of nothing in everyday, legal and sporting senses, accidents and natural deaths; words of one type beyond doubt."""
import pytest

from reading import claims_of, run


def told(sitrep, text, *options):
    return [(c["type"], c["trigger"]["text"]) for c in claims_of(sitrep, text + "\n", *options)]


@pytest.mark.parametrize("text, word", [
    ("The clerk was fired by the bank in Leeds on Monday.", "fired"),
    ("A lorry went off the road near Leeds on Monday and hit a tree.", "went off"),
    ("Lawmakers called for the agency to be wound up by June.", "wound"),
    ("The president has surrounded himself with flatterers.", "surrounded"),
    ("The nurse was treated at a hospital and released.", "released"),
    ("Marko Weber pleaded guilty to theft on Monday.", "pleaded"),
    ("Marko Weber vowed to build more schools.", "vowed"),
    ("Thieves in Harun took two puppies from a farm. The puppies were stolen on Monday.", "stolen"),
    ("A strong earthquake shook Harun on Monday. Ten people have been killed and 40 were injured.", "killed"),
    ("Nine people have died in Leeds of an overdose since Sunday.", "died"),
    ("The poet Anna Weber, who died on Monday at the age of 92, left three sons.", "died"),
])
def test_a_word_in_another_sense_is_no_claim(sitrep, text, word):
    assert word not in [w for _, w in told(sitrep, text)]


@pytest.mark.parametrize("text, claim", [
    ("Rebels fired on a convoy near Harun on Monday, killing two soldiers.", ("attack", "fired on")),
    ("Six soldiers were killed in a clash with rebels near Harun. Floods have hit the province.", ("clash", "clash")),
    ("A strong earthquake shook Harun on Monday. Rebels killed four policemen in the town.", ("attack", "killed")),
    ("The army surrounded the town of Harun on Monday.", ("siege", "surrounded")),
    ("The militia vowed to attack Harun.", ("threat", "vowed")),
])
def test_the_same_words_of_violence_stay(sitrep, text, claim):
    assert claim in told(sitrep, text)


@pytest.mark.parametrize("text, claim", [
    ("A lorry rammed into a crowd in Harun on Monday, killing nine people.", ("attack", "rammed")),
    ("Monitors heard bursts of small-arms fire near Harun on Monday.", ("attack", "small-arms fire")),
    ("Marko Weber was convicted of sexually assaulting two girls.", ("abuse", "assaulting")),
    ("Police blamed the group for an arson attack on a synagogue in Harun.", ("destruction", "arson attack")),
    ("Two men are held after raids by the FBI on their offices in Harun.", ("arrest", "raids")),
    ("Fishermen said six sailors had been pulled from the sea off Harun.", ("aid", "pulled")),
    ("The king died while preparing to march on Egypt.", ("offensive", "march")),
    ("On 5 April a shepherd stepped on a mine near Harun.", ("explosive", "stepped")),
])
def test_a_word_of_one_type_has_it(sitrep, text, claim):
    assert claim in told(sitrep, text)


def test_a_condition_may_ask_several_slots(sitrep):
    """"for|on" of a condition are two prepositions; a day behind one is not what is asked for."""
    assert told(sitrep, "Marko Weber called on the rebels to leave Harun.", "--rules-alone")[0][0] == "demand"
    assert told(sitrep, "Marko Weber called her on Sunday.", "--rules-alone") == []
