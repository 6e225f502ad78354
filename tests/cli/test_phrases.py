"""Phrases of reports that once were read wrong: spellings with hyphens, titles, appositions, headlines, denials, lists."""
import pytest

from reading import claims_of, mentions_of, parties_of, run


@pytest.mark.parametrize("text, trigger", [
    ("Two officers were killed in a shoot-out in Cali.", "shoot-out"),
    ("Students staged a sit-in outside the ministry in Khartoum.", "sit-in"),
    ("The pull-out of troops from Harun began on Friday.", "pull-out"),
    ("Both sides agreed to a 48-hour cease-fire, the UN said.", "cease-fire"),
    ("The army launched a counter-offensive near Harun.", "counter-offensive"),
])
def test_a_hyphen_does_not_hide_a_happening(sitrep, text, trigger):
    assert trigger in [c["trigger"]["text"] for c in claims_of(sitrep, text + "\n", "--rules-alone")]


@pytest.mark.parametrize("text, name", [
    ("Ahmed Ozan later spoke with U.S. Secretary of State John Kerry.", "U.S. Secretary of State John Kerry"),
    ("Rebels wounded Chief of the General Staff Valery Gerasimov.", "Chief of the General Staff Valery Gerasimov"),
])
def test_a_title_with_its_office_goes_on_to_the_name(sitrep, text, name):
    found = mentions_of(sitrep, text + "\n")
    assert name in [m["text"] for m in found if m["kind"] == "person"]
    assert not [m for m in found if m["kind"] == "location" and m["text"].startswith(("State", "Staff"))]


def test_secretaries_of_two_offices_are_two(sitrep):
    found = mentions_of(sitrep, "The Secretary of State condemned the raid. The Secretary of Defense left Kabul.\n")
    chains = {m["text"]: m["chain"] for m in found if m["text"].startswith("Secretary")}
    assert len(chains) == len(set(chains.values())) == 2


@pytest.mark.parametrize("name, entity", [
    ("Lord's Resistance Army", "uganda.lra"),
    ("People's Defense Force", "myanmar.pdf"),
    ("People\N{RIGHT SINGLE QUOTATION MARK}s Protection Units", "syria.ypg"),
])
def test_names_that_begin_with_an_owner_are_known(sitrep, name, entity):
    found = mentions_of(sitrep, f"The {name} said it ambushed a column on Thursday.\n")
    assert (name, entity) in [(m["text"], m.get("entity")) for m in found]


def test_an_apposition_is_the_same_party(sitrep):
    text = "Altin Mert, the gunman, fired shots at guards in Harun. The gunman fled.\n"
    chains = {m["text"]: m["chain"] for m in mentions_of(sitrep, text) if m["kind"] == "person"}
    assert chains["Altin Mert"] == chains["gunman"]


def test_nobody_is_no_party(sitrep):
    text = "No group has claimed the attack on the barracks in Harun, officials said.\n"
    assert "No group" not in parties_of(claims_of(sitrep, text))


def test_an_article_belongs_to_no_party(sitrep):
    claims = claims_of(sitrep, "A member of the army shot dead a teacher in Harun on Monday.\n")
    assert "member of the army" in parties_of(claims)
    assert not [n for c in claims for n in c["counts"] if n["text"].lower().startswith("a ")]


def test_who_a_headline_names_behind_its_colon_says_so(sitrep):
    claims = claims_of(sitrep, "Airstrike kills at least 40 on Harun island: Red Cross\n\nAt least 40 people were killed, the Red Cross said.\n")
    assert [k["text"] for k in claims[0]["claimants"]] == ["Red Cross"]


def test_those_whom_two_men_shot_are_not_two(sitrep):
    claims = claims_of(sitrep, "Omar Teshik was shot dead by two men outside his house on Monday.\n")
    assert {c["killed"]["best"] for c in claims if c["killed"]} <= {1}


def test_one_of_the_dead_is_not_one_more(sitrep):
    claims = claims_of(sitrep, "The ministry said one child was among six dead in Harun after air strikes.\n")
    assert {c["killed"]["best"] for c in claims if c["killed"]} == {6}


def test_a_verb_and_its_object_tell_of_one_happening(sitrep):
    claims = claims_of(sitrep, "The United States imposed sanctions on two former senators.\n")
    assert [c["type"] for c in claims] == ["sanction"]


def test_two_days_after_is_told_from_the_later_day(sitrep):
    text = "Sunday's explosion in Cairo came just two days after two bombs killed six police officers in Giza.\n"
    claims = {c["trigger"]["text"]: c for c in claims_of(sitrep, text)}
    assert claims["explosion"]["date"]["edtf"] == "2024-06-16"
    assert not claims["explosion"]["killed"]
    assert claims["bombs"]["date"]["edtf"] == "2024-06-14"
    assert claims["bombs"]["killed"]["best"] == 6


@pytest.mark.parametrize("text, edtf", [
    ("The raid comes a week after 44 people were killed in Harun.", "2024-06-10/2024-06-16"),
    ("The raid came a week after 44 people were killed in Harun.", None),
    ("Under the November deal, troops were to withdraw.", "2023-11"),
])
def test_days_that_hang_on_others(sitrep, text, edtf):
    assert [m["edtf"] for m in mentions_of(sitrep, text + "\n") if m["kind"] == "date"] == ([edtf] if edtf else [])


def test_the_year_of_another_number_is_not_the_claims(sitrep):
    claims = claims_of(sitrep, "The agency says 840,000 people have been displaced, up from 65,000 a year earlier.\n")
    assert claims and not [c for c in claims if c["date"] and c["date"]["edtf"].startswith("2023")]


CHRONICLE = """14 Apr - Armed men abducted three aid workers in Tawila; they were released next day.

15 Apr: Soldiers killed two rebels near Umm Keddada.

April 20 - The army captured Khuwei.
"""


@pytest.mark.parametrize("options", [(), ("--rules-alone",)])
def test_an_entry_of_a_chronicle_has_its_day(sitrep, options):
    dates = {c["trigger"]["text"]: c["date"] and c["date"]["edtf"] for c in claims_of(sitrep, CHRONICLE, *options)}
    assert dates["abducted"] == "2024-04-14"
    assert dates["killed"] == "2024-04-15"
    assert dates["captured"] == "2024-04-20"


def test_the_next_day_is_that_of_the_entry(sitrep):
    assert "2024-04-15" in [m["edtf"] for m in mentions_of(sitrep, CHRONICLE) if m["text"] == "next day"]


def test_a_namesake_far_away_is_none(sitrep):
    """The district is Giza's; the only one that gazetteers know lies in Norway."""
    text = "Police in Cairo said bombs went off in Giza. Egypt's president flew to Alexandria. Two men died in Giza's Haram district.\n"
    places = [m for m in mentions_of(sitrep, text) if m["text"] == "Haram district"]
    assert places and places[0]["country"] != "NO"


def test_lines_that_were_wrapped_join_without_blank_lines_between_paragraphs(sitrep):
    text = """The blast destroyed a bus that carried soldiers who had been visiting a local market in
            the city of Kayseri, officials said.
            Regional governor Omar Teshik said the blast in Kayseri, a calm industrial hub in Central
            Anatolia, was carried out by a bomber who had parked beside the bus near the entrance of
            University Street. Soldiers sealed the area, and the wounded were taken to a hospital in
            Ankara in the evening.
            No group has said that it carried out the attack, but Turkish officials spoke of militants
            Monday.
"""
    claims = claims_of(sitrep, text)
    assert [c for c in claims if "hub in Central\n            Anatolia, was" in c["evidence"]["exact"]]


def verbs_of(sitrep, text):
    done = sitrep("parse", "--quiet", "-", stdin=text + "\n")
    rows = [line.split("\t") for line in done.stdout.decode().splitlines() if "\t" in line]
    return [(row[1], row[2], row[4]) for row in rows if row[4] in ("VBZ", "VBP", "VBD")]


@pytest.mark.parametrize("text, verb", [
    ("Army shells rebel positions near Goma", ("shells", "shell", "VBZ")),
    ("Police fire tear gas at protesters in Nairobi", ("fire", "fire", "VBP")),
    ("Taliban attack police post in Kunduz", ("attack", "attack", "VBP")),
    ("Car bomb rocks Damascus", ("rocks", "rock", "VBZ")),
    ("Israel strikes Beirut suburb, killing Hezbollah commander", ("strikes", "strike", "VBZ")),
])
def test_the_verb_of_a_headline_is_no_noun(sitrep, text, verb):
    assert verbs_of(sitrep, text) == [verb]


@pytest.mark.parametrize("text", [
    "Car bomb attacks in Iraq", "Boko Haram attack survivors", "US air strikes in Syria", "Kenya police brutality protests",
])
def test_a_headline_without_a_verb_gets_none(sitrep, text):
    assert verbs_of(sitrep, text) == []


@pytest.mark.parametrize("text, status", [
    ("No aid convoys entered Harun on Friday.", "denied"),
    ("Neither side attacked the town.", "denied"),
    ("None of the rebels fled.", "denied"),
    ("No fewer than 12 soldiers were killed.", "occurred"),
])
def test_what_happens_to_nobody_does_not_happen(sitrep, text, status):
    assert {c["status"] for c in claims_of(sitrep, text + "\n", "--rules-alone")} == {status}


def test_no_fewer_than_twelve_are_twelve(sitrep):
    claims = claims_of(sitrep, "No fewer than 12 soldiers were killed in Harun.\n", "--rules-alone")
    assert [c["killed"]["low"] for c in claims] == [12]


def test_at_least_belongs_to_the_number(sitrep):
    claims = claims_of(sitrep, "Fighters shot at least 38 men in Harun.\n", "--rules-alone")
    assert [c["trigger"]["text"] for c in claims] == ["shot"]


@pytest.mark.parametrize("text, dead", [
    ("The ministry raised the death toll to 56.", 56),
    ("The toll from a bomb in Kabul rose to seven.", 7),
    ("The UN put the death toll at 300.", 300),
])
def test_tolls_that_somebody_sets(sitrep, text, dead):
    assert {c["killed"]["best"] for c in claims_of(sitrep, text + "\n", "--rules-alone") if c["killed"]} == {dead}


def test_places_that_are_left_out(sitrep):
    text = "Troops advanced across the Gaza Strip, except in Rafah and Khan Younis.\n"
    for options in ((), ("--rules-alone",)):
        assert {p["text"] for c in claims_of(sitrep, text, *options) for p in c["places"]} == {"Gaza Strip"}


def test_fighting_of_three_days_has_its_dead(sitrep):
    claims = claims_of(sitrep, "Thirteen rebels died in three days of fighting near Kidal between 25 and 27 May.\n")
    assert {(c["killed"] or {}).get("best") for c in claims} == {13}


@pytest.mark.parametrize("phrase", [
    "US-led forces", "Iran-backed militias", "Kremlin-affiliated milblogger", "Moscow-installed officials",
])
def test_the_first_half_of_a_hyphen_belongs_to_the_party(sitrep, phrase):
    assert phrase in [m["text"] for m in mentions_of(sitrep, phrase + " entered the town on Friday.\n")]


def test_no_phrase_ends_within_a_name(sitrep):
    text = "In Katsina, operatives of the Department of State Services arrested a suspected arms supplier.\n"
    assert "operatives of the Department of State Services" in [m["text"] for m in mentions_of(sitrep, text)]


@pytest.mark.parametrize("text, places", [
    ("Protests spread in Sistan and Baluchestan on Friday.", ["Sistan and Baluchestan"]),
    ("Protests spread in Zahedan and Tehran on Friday.", ["Zahedan", "Tehran"]),
    ("Rebels recaptured Tobrelli and Wadankara.", ["Tobrelli", "Wadankara"]),
])
def test_names_of_places(sitrep, text, places):
    assert [m["text"] for m in mentions_of(sitrep, text + "\n") if m["kind"] == "location"] == places


def test_a_district_among_others_of_its_province(sitrep):
    text = "Two men were killed in Bijapur district. A headman was killed in Sukma. He was flown to Raipur.\n"
    assert {m["admin1"] for m in mentions_of(sitrep, text) if m["kind"] == "location"} == {"Chhattisgarh"}


@pytest.mark.parametrize("text, deed, doer", [
    ("The army blamed the shelling on rebels.", "shelling", "rebels"),
    ("Police pinned the bombing on Boko Haram.", "bombing", "Boko Haram"),
    ("The attack was blamed on gunmen.", "attack", "gunmen"),
    ("He attributed the raid to the RSF.", "raid", "RSF"),
])
def test_who_is_blamed_for_a_deed_is_not_its_victim(sitrep, text, deed, doer):
    for options in ((), ("--rules-alone",)):
        claims = [c for c in claims_of(sitrep, text + "\n", *options) if c["trigger"]["text"] == deed]
        assert [(a["role"], a["text"]) for c in claims for a in c["actors"]] == [("actor", doer)]


def test_the_capital_speaks_with_all_its_name(sitrep):
    assert "New Delhi" in parties_of(claims_of(sitrep, "New Delhi denied that its troops had crossed the Line of Control.\n"))


def test_the_time_that_a_superlative_is_compared_with_is_not_its_own(sitrep):
    claims = claims_of(sitrep, "It was the deadliest attack on civilians in the country since 2008, police said.\n")
    assert not [c for c in claims if c["date"] and c["date"]["edtf"].startswith("2008")]


def test_provinces_in_a_list_are_provinces(sitrep):
    text = "Drones were shot down over Kirovohrad, Mykolaiv and Odesa oblasts.\n"
    assert {m["precision"] for m in mentions_of(sitrep, text) if m["kind"] == "location"} == {4}


@pytest.mark.parametrize("text, doer", [
    ('"We shot dead two militants," Border Security Force spokesman Tirath Osman said.', "Border Security Force"),
    ('"We have shelled three positions in Nyala," said Omar Idris, a spokesman for the Sudanese army.', "Sudanese army"),
    ('The Sudanese army issued a statement. "We killed 12 fighters in Nyala," the statement said.', "Sudanese army"),
    ('"Our losses are small. We took Bara," the Sudanese army said.', "Sudanese army"),
])
def test_we_are_those_whom_the_speaker_speaks_for(sitrep, text, doer):
    claims = [c for c in claims_of(sitrep, text + "\n", "--rules-alone")
              if c["trigger"]["text"] in ("shot dead", "shelled", "killed", "took")]
    assert [a["text"] for c in claims for a in c["actors"] if a["role"] == "actor"] == [doer]


def test_they_are_not_who_says_so(sitrep):
    text = '"We shelled Nyala," said Omar Idris, a spokesman for the Sudanese army. "They attacked us with drones."\n'
    attacked = [c for c in claims_of(sitrep, text) if c["trigger"]["text"] == "attacked"]
    assert ("actor", "Sudanese army") not in [(a["role"], a["text"]) for c in attacked for a in c["actors"]]


@pytest.mark.parametrize("text, trigger, status", [
    ("The rebels not only attacked the barracks but also burned the market.", "attacked", "occurred"),
    ("Not one soldier was killed.", "killed", "denied"),
    ("Troops went on to capture the village of Zalingei.", "capture", "occurred"),
    ("The militia chose to shell the town at night.", "shell", "occurred"),
    ("The regime is using jets to bomb villages.", "bomb", "ongoing"),
    ("Rebels managed to capture the town.", "capture", "occurred"),
    ("Rebels plan to begin to shell the town.", "shell", "planned"),
    ("Rebels tried to capture the town.", "capture", "planned"),
])
def test_what_the_verb_above_says_of_a_deed(sitrep, text, trigger, status):
    claims = claims_of(sitrep, text + "\n", "--rules-alone")
    assert [c["status"] for c in claims if c["trigger"]["text"] == trigger] == [status]


def test_a_victim_does_not_begin_with_the_trigger(sitrep):
    assert "two farmers" in parties_of(claims_of(sitrep, "Gunmen shot dead two farmers near Jos.\n"))


def test_a_known_name_that_goes_on_is_anothers(sitrep):
    found = mentions_of(sitrep, "Jaish al-Fajr killed 12 soldiers. Jaish killed two.\n")
    assert [(m["text"], m.get("entity")) for m in found if m["kind"] == "organisation"] == [
        ("Jaish al-Fajr", None), ("Jaish", "pakistan.jem")]


@pytest.mark.parametrize("text, place", [
    ("The army holds Port Sudan.", "Port Sudan"),
    ("Police in San Salvador arrested two men.", "San Salvador"),
    ("SAN SALVADOR, 18 NOV 89 -- THE CAPITAL FELL INTO DARKNESS.", "SAN SALVADOR"),
    ("Clashes broke out near Lake Chad.", "Lake Chad"),
    ("They flew to Mexico City.", "Mexico City"),
    ("A tanker burned in the Gulf of Oman.", "Gulf of Oman"),
    ("Ships left the South China Sea.", "South China Sea"),
    ("Fighting spread to Santiago de Cuba.", "Santiago de Cuba"),
    ("Two men were killed in Tamil Nadu.", "Tamil Nadu"),
    ("Mines were found in the Persian Gulf.", "Persian Gulf"),
    ("Shelling resumed in Nagorno-Karabakh.", "Nagorno-Karabakh"),
    ("Gunmen attacked Bat Yam on Monday.", "Bat Yam"),
    ("Troops entered Pyin Oo Lwin.", "Pyin Oo Lwin"),
    ("Police in Saint-Denis arrested two men.", "Saint-Denis"),
    ("Rebels attacked Lashkar Gah.", "Lashkar Gah"),
    ("Jets left Prince Sultan Air Base on Friday.", "Prince Sultan Air Base"),
    ("Fighting spread to Sheikh Zuweid and other towns.", "Sheikh Zuweid"),
    ("A drone strike hit the Amhara region.", "Amhara region"),
    ("The US cut ties with Cuba.", "Cuba"),
    ("Fighters crossed from Darfur into South Sudan.", "South Sudan"),
])
def test_names_of_places_are_whole(sitrep, text, place):
    found = [m["text"] for m in mentions_of(sitrep, text + "\n") if m["kind"] == "location"]
    assert place in found
    assert not [f for f in found if f != place and f in place]


def test_a_side_of_a_sea_is_in_the_sea(sitrep):
    found = mentions_of(sitrep, "A ship sank in the southern Indian Ocean.\n")
    assert [m["name"] for m in found if m["kind"] == "location"] == ["Indian Ocean"]


@pytest.mark.parametrize("text, entity", [
    ("al-Qaida said on Monday that it had killed six soldiers.", "al_qaida"),
    ("The army clashed with al-Nusra Front near the border.", "syria.nusra"),
    ("Al-Aqsa Brigades said six soldiers were killed.", "palestine.aqsa_brigades"),
    ("Fighters from al-Qassam Brigades attacked a post.", "palestine.qassam"),
    ("Isis said it had killed six soldiers.", "islamic_state"),
    ("He told The Times of India that six were killed.", "media.times_of_india"),
    ("Russia Today said six were killed.", "media.rt"),
    ("Islamic State - Khorasan Province said it had killed six soldiers.", "islamic_state.khorasan"),
    ("In Syria, the 25th Division took two villages.", "syria.tiger_forces"),
])
def test_parties_are_known_by_names_that_begin_small_or_hold_a_day(sitrep, text, entity):
    assert entity in [m.get("entity") for m in mentions_of(sitrep, text + "\n")]


def test_a_numbered_unit_is_nobodys_without_its_country(sitrep):
    found = mentions_of(sitrep, "The 25th Division took two villages.\n")
    assert "syria.tiger_forces" not in [m.get("entity") for m in found]


@pytest.mark.parametrize("text, word, dead", [
    ("Gang members burned a police station in Delmas, killing two officers.", "burned", 2),
    ("The siege of Aleppo killed 300 people.", "siege", 300),
    ("Looters ransacked a warehouse in Goma, leaving three dead.", "ransacked", 3),
    ("Gunmen abducted a priest in Jos, killing his driver.", "abducted", 1),
    ("Soldiers recovered four rifles and a machine gun.", "recovered", None),
    ("The four wounded men were taken to hospital.", "taken", None),
])
def test_the_dead_of_what_does_no_harm_by_its_type_are_not_lost(sitrep, text, word, dead):
    claims = [c for c in claims_of(sitrep, text + "\n") if c["trigger"]["text"] == word]
    assert [(c["killed"] or {}).get("low") for c in claims] == [dead]


@pytest.mark.parametrize("name", [
    "UN Secretary-General Antonio Guterres",
    "Inspector-General Kayode Egbetokun",
    "Human Rights Watch researcher Nadia Hardman",
    "IDF spokesperson Lt. Col. Peter Lerner",
])
def test_who_speaks_is_told_with_title_and_name(sitrep, name):
    claims = claims_of(sitrep, f"{name} said on Monday that six soldiers were killed near Bara.\n")
    assert [k["text"] for c in claims for k in c["claimants"]] == [name]


def test_who_rescues_the_kidnapped_did_not_kidnap_them(sitrep):
    claims = claims_of(sitrep, "Mexico's navy rescued 15 kidnapped migrants in Reynosa.\n")
    assert [a["text"] for c in claims if c["type"] == "abduction" for a in c["actors"] if a["role"] == "actor"] == []


def test_a_title_is_no_party_beside_its_name(sitrep):
    claims = claims_of(sitrep, "The minister accused former president Francois Osman of backing the rebels.\n")
    assert "former president" not in parties_of(claims)


@pytest.mark.parametrize("text, type_", [
    ("The UN sent an aid convoy to Madaya.", "aid"),
    ("Turkey sent a convoy of 30 armoured vehicles across the border.", "deployment"),
])
def test_what_convoys_are_sent_for(sitrep, text, type_):
    assert type_ in [c["type"] for c in claims_of(sitrep, text + "\n")]


QUOTED = ("The union\u2019s guards didn\u2019t fire, \u201cwe saw no guns,\u201d Ramu Rao said. \u201cRebels killed two men "
          "in Kidal,\u201d an officer said \u2014 the army\u2019s chief denied it. \u201cPolice arrested six "
          "protesters in Aden.\u201d They left Ma\u2019rib\u2026 on Friday.\n")


def misread(text):
    """UTF-8 taken for Windows-1252, the byte that it lacks lost."""
    return text.encode().decode("cp1252", "ignore")


def spelled_out(text):
    marks = {"\u2019": "(tm)", "\u2018": "~", "\u201c": "oe", "\u201d": "", "\u2014": '"', "\u2026": "|"}
    return "".join("aEUR" + marks[c] if c in marks else c for c in text)


def told(records, damage=str):
    """What records say, without offsets, their words as a damaged text would have them."""
    skip = {"document", "id", "start", "end", "start_byte", "end_byte", "prefix", "suffix"}

    def part(key, value):
        if isinstance(value, dict):
            return {k: part(k, v) for k, v in value.items() if k not in skip}
        if isinstance(value, list):
            return [part(key, v) for v in value]
        return damage(value) if key in ("text", "exact") and value else value
    return [part("", r) for r in records]


@pytest.mark.parametrize("damage", [misread, spelled_out])
@pytest.mark.parametrize("command", ["read", "mentions"])
def test_damaged_marks_are_read_as_if_they_were_whole(sitrep, command, damage):
    whole, damaged = QUOTED, damage(QUOTED)
    found = run(sitrep, command, damaged)
    assert found and told(found) == told(run(sitrep, command, whole), damage)
    for record in found:
        at = record["evidence"] if command == "read" else record
        words = at.get("exact", at.get("text"))
        assert damaged[at["start"]:at["end"]] == words
        assert damaged.encode()[at["start_byte"]:at["end_byte"]].decode() == words


def test_what_is_done_without_clashes_saw_none(sitrep):
    claims = claims_of(sitrep, "Libyan forces took control of the oilfield of El Sharara without clashes on Wednesday.\n")
    assert [c["status"] for c in claims if c["type"] == "clash"] in ([], ["denied"])


def test_a_weapon_does_nothing_by_itself(sitrep):
    claims = claims_of(sitrep, "A boy was killed by unexploded ordnance in Gujba on 14 January.\n")
    assert claims and not [a for c in claims for a in c["actors"] if a["role"] == "actor"]


def test_a_title_of_several_words_is_told_with_its_name(sitrep):
    found = mentions_of(sitrep, "Supreme Court Justice Alexandre de Moraes ordered an inquiry.\n")
    assert [m["text"] for m in found if m["kind"] == "person"] == ["Supreme Court Justice Alexandre de Moraes"]


@pytest.mark.parametrize("text, trigger, kind", [
    ("Two men threw a grenade at a police post in Srinagar on Sunday.", "threw", "attack"),
    ("A grenade attack on a bar in Bujumbura wounded six people.", "grenade attack", "attack"),
    ("A helicopter dropped a barrel bomb containing toxic gas on a district of Aleppo on Wednesday.", "dropped a barrel bomb",
     "chemical_attack"),
])
def test_the_means_tell_the_type(sitrep, text, trigger, kind):
    assert kind in [c["type"] for c in claims_of(sitrep, text + "\n") if c["trigger"]["text"] == trigger]


@pytest.mark.parametrize("source", [
    "Sources within the Iraqi government",
    "Diplomats accredited to the council",
    "Two officers familiar with the raid",
])
def test_what_tells_a_source_apart_belongs_to_it(sitrep, source):
    claims = claims_of(sitrep, f"{source} said that rebels captured Goma on Friday.\n")
    assert source in [k["text"] for c in claims for k in c["claimants"]]
