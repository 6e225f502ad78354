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


@pytest.mark.parametrize("text, dead", [
    ("Police captain Bill Hart and Senior Trooper Hakim Ross, both 51, died at the scene.", 2),
    ("Conservative writer Mary Ames, who was shot dead on Monday at the age of 87, left two books.", 1),
    ("Gunmen murdered a Detroit mother of 11 in her house on Monday.", 1),
    ("The trial over the murders of his aunt Jane Boyle, 61, and cousin Mary Boyle, 33, opened on Monday.", 2),
    ("President Kamara was executed, along with his cousin, on 4 March 1987.", 2),
    ("In the first phase of the war 4,100 rebels were killed along with 2,050 civilians.", 6150),
    ("Four soldiers, along with two civilians, were killed in the ambush.", 6),
    ("The army, along with two allied militias, killed four rebels.", 4),
    ("The raid claimed the lives of a teacher and two pupils.", 3),
    ("The deaths of six soldiers and two officers were confirmed by the army.", 8),
    ("Two Indian and three Nepali soldiers were killed in the blast.", 5),
    ("Those killed were two soldiers and a nurse.", 3),
    ("The person killed was a 54-year-old man.", 1),
    ("Militants beheaded a teacher and his son in Bosso.", 2),
    ("Gunmen executed him in the street.", 1),
    ("The assassination of General Tamm in 1993 led to war.", 1),
])
def test_the_dead_are_counted_as_they_are_told(sitrep, text, dead):
    assert tolls(claims_of(sitrep, text + "\n"), "killed") == [dead]


@pytest.mark.parametrize("text, told", [
    ("He killed his family in the village of Bara.", "his family"),
    ("The court heard of the murder of gendarmerie personnel.", "gendarmerie personnel"),
    ("The army said the attack caused heavy casualties among the troops aboard.", "heavy casualties"),
])
def test_some_dead_have_no_number(sitrep, text, told):
    found = [c["killed"] for c in claims_of(sitrep, text + "\n") if c["killed"]]
    assert [(k["best"], k["text"]) for k in found] == [(None, told)]


def test_attempts_kill_nobody(sitrep):
    claims = claims_of(sitrep, "There were more than two dozen attempted murders last year in the province.\n")
    assert claims and not any(c["killed"] for c in claims)


@pytest.mark.parametrize("text, dead", [
    ("The gunman killed five people before being shot to death by police.", {"killed": 5, "shot to death": 1}),
    ("Of the nine captives, three were shot, four were stabbed to death and two were freed.",
     {"shot": None, "stabbed to death": 4}),
    ("New clashes broke out in Harun after the death of three workers.", {"clashes": None}),
])
def test_each_verb_has_its_own_dead(sitrep, text, dead):
    found = {c["trigger"]["text"]: c["killed"] and c["killed"]["best"] for c in claims_of(sitrep, text + "\n")}
    assert {k: found.get(k, "no claim") for k in dead} == dead


@pytest.mark.parametrize("text, hurt", [
    ("Barry Stone was shot in the leg.", 1),
    ("The attack on Tuesday left her with several stab wounds.", 1),
    ("Soldiers fired back, wounding three, among them a 15-year-old boy.", 3),
    ("The grenade attack caused injuries and damage to property.", None),
])
def test_one_who_is_hurt_is_counted(sitrep, text, hurt):
    found = [c["injured"] for c in claims_of(sitrep, text + "\n") if c["injured"]]
    assert found and {n["best"] for n in found} == {hurt}


@pytest.mark.parametrize("text, triggers", [
    ("The mob burned shops and murdered a couple in Lahore.", ["burned", "murdered"]),
    ("Rioters torched two mosques and killed a guard in Kaduna.", ["torched", "killed"]),
])
def test_who_burns_and_kills_does_two_things(sitrep, text, triggers):
    assert [c["trigger"]["text"] for c in claims_of(sitrep, text + "\n")] == triggers


@pytest.mark.parametrize("text, dead", [
    ("Army hero, 33, killed by bomb in Syria", [1]),
    ("Gino Bassett, 56, of the 6100 block of South Ingleside Avenue, is charged with murder, police said.", []),
    ("A South Side man has been charged with murder in River North, police said.", []),
    ("In January there have been 170 deaths, including those of the clashes in Uchiza.", []),
    ("Prosecutors have linked the leader Ali Hamid and the president Omar Rafi with the 1992 assassinations.", []),
    ("Two soldiers died in an explosion in Manbij which also killed an American soldier.", [3]),
    ("The army did not suffer any casualties in the clash near Bara.", [0]),
])
def test_who_is_named_beside_a_deed_is_not_always_its_dead(sitrep, text, dead):
    assert tolls(claims_of(sitrep, text + "\n"), "killed") == dead
