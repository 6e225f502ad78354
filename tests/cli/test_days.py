"""Days that are others' and years that look like counts."""
import itertools
import json
import re

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


def dates_of(found):
    return [m["edtf"] for m in found if m["kind"] == "date"]


@pytest.mark.parametrize("text, deed", [
    ("A man who threw a grenade at the embassy in Nairobi was identified on Thursday as a former soldier.", "threw"),
    ("Thousands mourned on Friday the eight children killed in the bombing of a school in Bara.", "bombing"),
])
def test_the_day_of_what_the_law_or_the_mourners_do_is_not_that_of_the_deed(sitrep, text, deed):
    assert [c["date"] for c in claims_of(sitrep, text + "\n") if c["trigger"]["text"] == deed] == [None]


def test_what_goes_on_since_a_signing_is_not_on_its_day(sitrep):
    claims = claims_of(sitrep, "Since the signing of the deal in July 2021, rebels have attacked villages near Bara.\n")
    assert [c["date"]["edtf"] for c in claims if c["trigger"]["text"] == "attacked"] == ["2021-07/2024-06"]


def test_the_day_up_to_which_a_report_counts_is_that_of_no_happening(sitrep):
    text = "The report, as of 19:30, 19 December 2017, counts violations. Troops shelled the village of Bara.\n"
    assert set(days(claims_of(sitrep, text))) == {None}


def test_a_stamp_below_the_headline_dates_the_text_alone(sitrep):
    text = ("Gunmen Raid Village Near Bara\nPosted on September 14, 2013 11:41 AM | Updated September 14, 2013 12:05 PM\n"
            "Gunmen killed six villagers near Bara last week, police said.\n")
    assert days(claims_of(sitrep, text)) == [None, "2013-09-02/2013-09-08"]


@pytest.mark.parametrize("text, found", [
    ("LAMU, Oct 19 - Officials said on Monday that rebels shot at a boat late Sunday.\n\nTwo men died on Friday.",
     ["XXXX-10-19", "XXXX-10-19", "XXXX-10-18", "XXXX-10-16"]),
    ("In an order filed last month the judge named 11 May.\n\nExports rose last year.", [None, "XXXX-05-11", None]),
])
def test_what_is_told_from_a_day_that_has_no_year(sitrep, text, found):
    done = sitrep("mentions", "--quiet", "--to", "jsonl", "-", stdin=text + "\n")
    assert dates_of([json.loads(line) for line in done.stdout.splitlines()]) == found


@pytest.mark.parametrize("text, found", [
    ("Officials have cracked down on opponents since a failed July coup.", ["2023-07"]),
    ("Voters have waited for the July election.", ["2024-07"]),
    ("Two men disappeared in a 2015 police raid.", ["2015"]),
    ("The law was changed after the 9/11 attacks and the Sept. 11 terrorist attacks.", ["2001-09-11"] * 2),
    ("The two sides extended the truce until Friday.", ["2024-06-21"]),
    ("He met her on a Friday afternoon in May and again on a Monday.", ["2024-05", None]),
    ("It fell in last year's third quarter.", ["2023-07/2023-09"]),
    ("Thousands joined the Great March of Return in March.", ["2024-03"]),
    ("During the last days of January a bridge was blown up.", ["2024-01"]),
    ("Attacks have grown over the past decade.", ["2014-06/2024-06"]),
])
def test_days_of_names_and_spans(sitrep, text, found):
    assert dates_of(mentions_of(sitrep, text + "\n")) == found


def test_a_year_that_a_story_glances_at_is_left_again(sitrep):
    text = ("In 1961 the war began. On 10 March 1975 the army attacked Bara. A success would open the way for a campaign in "
            "1976. The town fell on 11 March. On 2 April 1975 the port was taken. A like march was held in 1990 in Lamu. "
            "On 4 April the rest fled. On 30 April 1975 the war was over. In 1977 a book told of it, in 1978 a film.\n")
    done = sitrep("mentions", "--quiet", "--to", "jsonl", "-", stdin=text)
    assert dates_of(map(json.loads, done.stdout.splitlines())) == [
        "1961", "1975-03-10", "1976", "1975-03-11", "1975-04-02", "1990", "1975-04-04", "1975-04-30", "1977", "1978"]


def test_a_day_ahead_is_not_that_of_telling(sitrep):
    text = "He was held on 15 September 2013 and is expected to return on 2 October 2013. A girl died on Friday.\n"
    done = sitrep("mentions", "--quiet", "--to", "jsonl", "-", stdin=text)
    assert dates_of(map(json.loads, done.stdout.splitlines()))[-1] == "2013-09-13"


def test_the_day_after_a_night_is_that_of_its_morning(sitrep):
    found = mentions_of(sitrep, "On the night of 3 to 4 May 2024 a shell fell. The next day two fell.\n")
    assert dates_of(found) == ["2024-05-03", "2024-05-04", "2024-05-04"]


WHENS = ["on Friday", "last month", "in the third quarter", "since 1999", "beginning in 1970", "on 31 June", "in 480 BC",
         "on the night of 3 to 4 May", "over the past century", "in the last weeks of February", "after 9/11",
         "as of 5 May 2016", "in the 1990s", "from October to March", "until Tuesday", "a decade ago", "at Easter",
         "in last year's first quarter", "on a Sunday in June", "two days earlier", "in late 2008", "during Ramadan",
         "on 29 February", "the following spring", "between 9 and 12 March 2019", "the next day", "the quarter"]
PLAIN = re.compile(r"-?(\d{4}|XXXX|\d{3}X|\d{2}XX)(-\d\d(-\d\d)?)?[?~%]?$")


@pytest.mark.parametrize("date", [None, "2024-02-29", "1999-12-31"])
def test_every_date_is_plain_edtf_and_ends_after_its_start(sitrep, date):
    text = "".join(f"Rebels attacked the town {a}. They left it {b}. He will return {a}.\n\n"
                   for a, b in itertools.product(WHENS, WHENS[::3]))
    done = sitrep("mentions", "--quiet", "--to", "jsonl", *(["--date", date] if date else []), "-", stdin=text)
    found = [m for m in map(json.loads, done.stdout.splitlines()) if m["kind"] == "date"]
    assert len(found) > 500
    for m in found:
        assert m["edtf"] is None or all(PLAIN.match(end) for end in m["edtf"].split("/") if end != ".."), m
        if m.get("from") and m.get("to") and not m["from"].startswith("-"):
            assert m["from"] <= m["to"], m


def test_the_day_of_an_inquiry_is_not_carried_to_the_deeds(sitrep):
    text = ("Nine women were murdered near Bara.\n\nA task force began delving Thursday into the slayings.\n\n"
            "The killings shook the town.\n")
    found = {c["trigger"]["text"]: c["date"] for c in claims_of(sitrep, text)}
    assert found["murdered"] is None and found["killings"] is None


def day_of(sitrep, text, trigger):
    return [c["date"]["edtf"] if c["date"] else None for c in claims_of(sitrep, text + "\n")
            if c["trigger"]["text"] == trigger]


def undated(sitrep, text, trigger):
    out = sitrep("read", "-q", "--to", "jsonl", "-", stdin=text + "\n").stdout
    return [c["date"]["edtf"] if c["date"] else None for c in map(json.loads, out.splitlines())
            if c["trigger"]["text"] == trigger]


def test_the_year_of_an_end_ahead_moves_no_story(sitrep):
    text = ("The siege of Varna began in June 1944. It lasted until the fall of the town in February 1945, when the "
            "garrison surrendered.\n\nBy the start of July, rebels had attacked the base at Tarn.\n")
    assert undated(sitrep, text, "attacked") == ["1944-07"]


@pytest.mark.parametrize("text, trigger, day", [
    ("He was killed in 1992 in Berlin. There were protests in front of the embassy last November.", "protests", "XXXX-11"),
    ("On 22 June 1944, the army attacked Minsk. Soon after that, another offensive forced troops from Lviv.",
     "offensive", None),
    ("On 17 September 1862 rebels attacked the town of Sharp. The army returned to Virginia.", "returned", None),
    ("In 1991 the war was over. In the last month of the war, Soviet forces attacked the garrison in Manchuria.",
     "attacked", None),
    ("He was shot in August. He crossed the border more than 30 years ago.", "crossed", None),
    ("Second War (1937-1945)\n\nDuring the invasion of the north, troops attacked the town of Mukden.", "attacked", None),
])
def test_a_day_is_not_carried_beyond_what_it_tells(sitrep, text, trigger, day):
    assert undated(sitrep, text, trigger) == [day]


@pytest.mark.parametrize("text, trigger, day", [
    ("Battles between the two sides continued in the north until the agreement was reached in January 2016.",
     "Battles", None),
    ("The situation came to a head in late 2010 and early 2011 when rebels attacked the army in Anhui.",
     "attacked", "2010/2011"),
    ("The truce fell apart in June 2016, when full scale war broke out on June 26.", "war", "2016-06-26"),
    ("The bill was the first since the January 2018 bombing of a clinic in Birmingham.", "bombing", "2018-01"),
    ("The United States issued a statement on Thursday condemning the airstrike by Sudanese forces.",
     "condemning", "2024-06-13"),
    ("A man was charged Thursday in the slaying of a doctor in Chicago.", "slaying", None),
    ("Kenyan police said on Tuesday they had arrested 14 foreigners.", "arrested", None),
    ("In October 2019 he tried to capture Marib in a sudden assault with 20,000 men.", "assault", "2019-10"),
])
def test_a_day_belongs_to_the_verb_that_it_stands_with(sitrep, text, trigger, day):
    assert day_of(sitrep, text, trigger) == [day]
