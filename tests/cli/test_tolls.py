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
