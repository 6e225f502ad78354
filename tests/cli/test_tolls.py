"""The dead and injured are not lost, nor counted twice."""
import pytest

from reading import claims_of


def tolls(claims, key):
    return [c[key]["low"] for c in claims if c[key]]


@pytest.mark.parametrize("text, dead", [
    ("Seven members of the 25th Division were killed in the attack, while the fate of three others remains unknown.", [7]),
    ("The toll has risen to at least 45 dead and 120 wounded, the ministry said.", [45]),
    ("Gunmen killed a mother and her three children in Kaduna.", [4]),
])
def test_tolls_are_told_once(sitrep, text, dead):
    assert tolls(claims_of(sitrep, "Rebels attacked a post near Homs on Monday.\n\n" + text + "\n"), "killed") == dead


def test_no_casualties_are_nobody_dead_and_nobody_injured(sitrep):
    claims = claims_of(sitrep, "The army shelled the outskirts of Bara with heavy artillery, with no casualties reported.\n")
    assert tolls(claims, "killed") == tolls(claims, "injured") == [0]


def test_a_number_of_dead_is_no_other_count(sitrep):
    claims = claims_of(sitrep, "A drone hit a mosque in El Fasher. \"We have counted 75 dead so far,\" one volunteer said.\n")
    assert tolls(claims, "killed")[-1:] == [75] and not claims[-1]["counts"]


def test_counted_fatalities_on_a_line_of_their_own_are_of_what_stands_before(sitrep):
    claims = claims_of(sitrep, "On 14 March 2018 militiamen attacked Kunama (Taraba, Nigeria) with guns. 3 fatalities.\n")
    assert tolls(claims, "killed")[-1:] == [3] and claims[-1]["places"] and claims[-1]["date"]["edtf"] == "2018-03-14"


def test_who_is_accused_of_killing_two_did_not_die_of_the_accusation(sitrep):
    text = "Armenia accused Azerbaijan of opening fire on its positions near Tegh, killing two servicemen.\n"
    assert [(c["type"], bool(c["killed"])) for c in claims_of(sitrep, text)] == [("accusation", False), ("attack", True)]


@pytest.mark.parametrize("text", ["The front threatened to kill a businessman unless a ransom is paid.",
                                  "Gunmen tried to assassinate the mayor of Huanta on Monday."])
def test_nobody_is_dead_by_what_has_not_happened(sitrep, text):
    claims = claims_of(sitrep, text + "\n")
    assert claims and not any(c["killed"] for c in claims)


def test_a_commander_and_his_wife_are_two(sitrep):
    text = "Jets fired missiles at a house in Gaza City, killing Islamic Jihad commander Baha Saleh and his wife Asmaa.\n"
    assert tolls(claims_of(sitrep, text), "killed") == [2]


@pytest.mark.parametrize("text, trigger", [
    ("India said it struck nine camps, some of them linked to an attack by militants that killed 26 people last month.", "struck"),
    ("The war, which began when rebels attacked a base in Bara, had killed 600,000 people.", "attacked"),
])
def test_the_dead_of_another_happening_are_not_its_own(sitrep, text, trigger):
    told = [c for c in claims_of(sitrep, text + "\n") if c["trigger"]["text"] == trigger]
    assert told and not any(c["killed"] for c in told)


def test_who_is_fatally_injured_is_dead(sitrep):
    claims = claims_of(sitrep, "A farmer was fatally injured when his tractor ran over a mine near Kupiansk.\n")
    assert claims and all(c["killed"]["low"] == 1 and not c["injured"] for c in claims)
