"""Who says so, and who a pronoun is: descriptions of parties, hearers, quotations, men and women."""
import pytest

from reading import claims_of, parties_of


def told(sitrep, text, trigger):
    return [c for c in claims_of(sitrep, text) if c["trigger"]["text"] == trigger][0]


def texts(items):
    return [i["text"] for i in items]


def roles(claim, role):
    return [a["text"] for a in claim["actors"] if a["role"] == role]


@pytest.mark.parametrize("text, trigger, party", [
    ("Labour peer Lord Hadley accused the army of killing civilians in Basra.", "accused", "Labour peer Lord Hadley"),
    ("Democratic front-runner Susan Hale met Chinese President Li Wen in Beijing.", "met",
     "Democratic front-runner Susan Hale"),
    ("The U.S. ambassador to Kenya, Robert Halden, met rebel commanders in Nairobi on Tuesday.", "met",
     "U.S. ambassador to Kenya, Robert Halden"),
    ("The Legal Fund, a partner of the Red Crescent, petitioned the United Nations to intervene.", "petitioned",
     "Legal Fund"),
    ("Rep. Alan Porter, the top Republican on the Senate Armed Services Committee, called on President Obama to bomb the "
     "militants in Syria.", "called on", "Rep. Alan Porter"),
    ("Special forces of General Tran Van Don, loyal to President Minh, raided temples in Hue on Friday.", "raided",
     "Special forces of General Tran Van Don"),
    ("A UN-backed probe accused the army of torture.", "accused", "UN-backed probe"),
    ("The army said today troops killed 40 guerrillas in Tolima.", "killed", "troops"),
])
def test_a_doer_is_one_party_with_all_its_words(sitrep, text, trigger, party):
    assert roles(told(sitrep, text + "\n", trigger), "actor") == [party]


@pytest.mark.parametrize("text, trigger, party", [
    ("A Liberian-flagged ship was attacked by pirates off Somalia on Monday.", "attacked", "Liberian-flagged ship"),
    ("The 48-year-old, of Hanover Street, was jailed in Leeds.", "jailed", "48-year-old"),
    ("The 19-year-old was arrested in Leeds on Monday.", "arrested", "19-year-old"),
    ("The federal agent's slaying shocked Atlanta.", "slaying", "federal agent"),
    ("The police arrested Ali Karim in Basra. Soldiers surrounded him.", "surrounded", "Ali Karim"),
])
def test_whom_it_befalls(sitrep, text, trigger, party):
    claim = told(sitrep, text + "\n", trigger)
    assert roles(claim, "recipient") == [party] and party not in roles(claim, "actor")


@pytest.mark.parametrize("text, trigger, speakers", [
    ("Northern Radio Co, a unit of Delta Electric Co, said its offices in Lagos were attacked by gunmen on Sunday.",
     "attacked", ["Northern Radio Co"]),
    ("The Martyrs Battalion, armed wing of the Ansar Movement, claimed responsibility for the bombing in Gaza.", "bombing",
     ["Martyrs Battalion"]),
    ("\"The contract was signed on Monday,\" Kenji Mori, Minister of Trade, Energy, and Industry, said of the deal with "
     "Qatar.", "deal", ["Kenji Mori"]),
    ("The minister told Radio Five's Morning programme that rebels killed ten soldiers in Goma.", "killed", ["minister"]),
    ("The minister was asked why the army bombed the village of Dara.", "bombed", []),
    ("The camera recorded 12 explosions in Zolote on 12 May.", "explosions", ["camera"]),
])
def test_who_says_so(sitrep, text, trigger, speakers):
    claim = told(sitrep, text + "\n", trigger)
    assert texts(claim["claimants"]) == speakers


def test_a_quotation_is_its_speakers_in_all_its_sentences(sitrep):
    text = ("\"The army attacked the village of Tila. Soldiers killed nine people and burned the school. Nobody helped "
            "us,\" said Musa Bello, a farmer.\n")
    claims = claims_of(sitrep, text)
    assert len(claims) > 1 and all(texts(c["claimants"]) == ["Musa Bello, a farmer"] for c in claims)


def test_a_new_paragraph_without_a_speaker_is_the_texts_own(sitrep):
    text = "Police said a gunman killed three people in Leeds.\n\nTwo soldiers were injured in a separate crash in York.\n"
    assert texts(claims_of(sitrep, text)[-1]["claimants"]) == []


def test_she_is_no_man_and_he_no_woman(sitrep):
    text = "Anna Berg met rebels in Oslo on Monday. The governor, Peter Lund, arrived later. She criticised the army.\n"
    assert roles(claims_of(sitrep, text)[-1], "actor") == ["Anna Berg"]


def test_they_are_rather_people_than_a_state(sitrep):
    text = "Sudan signed a treaty with rebels in Addis Ababa. They released 20 prisoners on Friday.\n"
    assert roles(told(sitrep, text, "released"), "actor") == ["rebels"]


def test_them_are_the_object_before(sitrep):
    text = "The police surrounded the marchers in Lima and beat them.\n"
    assert roles(told(sitrep, text, "beat"), "recipient") == ["marchers"]


@pytest.mark.parametrize("text, hedges", [
    ("The police said that gunmen killed a priest in Kaduna.", []),
    ("Gunmen are said to have killed a priest in Kaduna.", ["said"]),
    ("A man was arrested on suspicion of bombing the station in Delhi.", ["suspicion"]),
])
def test_a_plain_said_is_no_hedge(sitrep, text, hedges):
    assert texts(claims_of(sitrep, text + "\n")[-1]["hedges"]) == hedges


def test_a_finished_quotation_says_nothing_of_the_next_sentence(sitrep):
    text = '"They burned our houses," said Amina Sule. The army attacked the village of Dara on Tuesday.\n'
    assert texts(told(sitrep, text, "burned")["claimants"]) == ["Amina Sule"]
    assert told(sitrep, text, "attacked")["claimants"] == []


def test_whose_words_a_clause_tells_is_he_in_it_and_says_it(sitrep):
    text = "The president has denounced suggestions by Senator Carl Brandt that he would deport all migrants from Texas.\n"
    claim = told(sitrep, text, "deport")
    assert roles(claim, "actor") == ["Senator Carl Brandt"]
    assert texts(claim["claimants"]) == ["Senator Carl Brandt"]


def test_who_answers_reports_does_not_tell_them(sitrep):
    text = "Police officers, responding to reports that the same man had fired shots at other homes, arrested a driver in Denver.\n"
    assert told(sitrep, text, "fired shots")["claimants"] == []


@pytest.mark.parametrize("text, party", [
    ("Police arrested two men on Friday. But they were released a day later.", "two men"),
    ("Officers in Dallas arrested Daniel Oyelaran in the room of a dead guest. He was released a day later.",
     "Daniel Oyelaran"),
])
def test_who_is_freed_is_who_was_held(sitrep, text, party):
    assert roles(told(sitrep, text + "\n", "released"), "recipient") == [party]
