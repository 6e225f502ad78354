"""Days that are others' and years that look like counts."""
import pytest

from reading import claims_of, mentions_of


def days(claims):
    return [c["date"]["edtf"] if c["date"] else None for c in claims]


@pytest.mark.parametrize("text, year", [
    ("In 2019 rebels took the town of Bara.", "2019"),
    ("By 2016 fighters held the valley near Harun.", "2016"),
    ("Two priests were abducted in 2021 attacks on villages.", "2021"),
])
def test_a_year_before_a_plural_is_no_count(sitrep, text, year):
    found = mentions_of(sitrep, text + "\n")
    assert [m["edtf"] for m in found if m["kind"] == "date"] == [year]
    assert not [m for m in found if m["kind"] == "quantity" and year in m["text"]]


def test_a_number_like_a_year_counts_people(sitrep):
    found = mentions_of(sitrep, "Police arrested 2019 people in 2020.\n")
    assert "2019 people" in [m["text"] for m in found if m["kind"] == "quantity"]


@pytest.mark.parametrize("text", [
    "The army said on Monday that its troops had captured the village of Bara.",
    "Rebels on Tuesday claimed they shot down a helicopter near Bara.",
    "Officials told Reuters on Sunday that the convoy was attacked near Lamu.",
])
def test_the_day_of_saying_is_not_that_of_what_is_said(sitrep, text):
    claims = claims_of(sitrep, text + "\n")
    assert claims and days(claims) == [None] * len(claims)


def test_a_day_that_opens_a_sentence_is_kept(sitrep):
    claims = claims_of(sitrep, "On 4 June an armed group believed to be CODECO attacked a site near Bule.\n")
    assert days(claims) == ["2024-06-04"]


def test_the_end_of_the_year_ahead_is_that_of_the_report(sitrep):
    found = mentions_of(sitrep, "In November last year militants attacked a base. The leader has vowed to retake the town by the end of the year.\n")
    assert [m["edtf"] for m in found if m["kind"] == "date"] == ["2023-11", "2024"]


def test_a_period_in_the_heading_does_not_date_the_report_by_its_first_day(sitrep):
    found = mentions_of(sitrep, "Weekly summary, 3-9 June 2024\n\nOn 7 June fighters bombed a police station in Shwebo.\n")
    assert [m["edtf"] for m in found if m["kind"] == "date"][-1] == "2024-06-07"
