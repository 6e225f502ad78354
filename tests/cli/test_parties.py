"""Who takes part: descriptions with their names, parties among a trigger's words, who says so of himself."""
import pytest

from reading import claims_of, mentions_of, parties_of


@pytest.mark.parametrize("party", [
    "Deputy Secretary of State Mara Lind",
    "United Nations envoy for Syria Mara Lind",
    "Superintendent of Police (SP) Ramu Rao",
    "district activist Omar Teshik",
])
def test_a_description_and_its_name_are_one_person(sitrep, party):
    found = mentions_of(sitrep, f"The {party} said six men were killed in Goma.\n")
    assert [m["text"] for m in found if m["kind"] == "person" and ("Lind" in m["text"] or "Rao" in m["text"] or "Omar" in m["text"])] == [party]


@pytest.mark.parametrize("party, name", [
    ("state media agency Xinhua", "Xinhua"),
    ("pro-government website Al Masdar News", "Al-Masdar News"),
])
def test_a_body_is_known_by_the_name_behind_its_description(sitrep, party, name):
    found = mentions_of(sitrep, f"The {party} reported that the army took the town.\n")
    assert [(m["text"], m["name"]) for m in found if m["kind"] == "organisation"][0] == (party, name)


def test_an_envoy_is_not_of_the_country_that_he_is_sent_for(sitrep):
    found = mentions_of(sitrep, "The envoy for Syria arrived in Geneva.\n")
    assert [m["name"] for m in found if m["kind"] == "person"] == [None]


def test_two_descriptions_of_one_source_are_one(sitrep):
    claims = claims_of(sitrep, "A third source, a local official, said gunmen shot dead two farmers near Goma.\n")
    assert [[k["text"] for k in c["claimants"]] for c in claims] == [["third source, a local official"]]


@pytest.mark.parametrize("text, party", [
    ("The town of Bara came under RSF control last week, the Sudanese army said.", "RSF"),
    ("Gunmen set fire to 40 houses in Goma, forcing residents to flee.", "residents"),
])
def test_a_party_may_stand_among_the_words_of_a_trigger(sitrep, text, party):
    assert party in parties_of(claims_of(sitrep, text + "\n"))


@pytest.mark.parametrize("verb", ["claimed", "took", "accepted"])
def test_who_takes_responsibility_did_it(sitrep, verb):
    claims = claims_of(sitrep, f"A bomb killed six in Quetta. The Baloch Liberation Army {verb} responsibility for the attack.\n")
    doers = [a["entity"] for c in claims if c["evidence"]["start"] > 20 for a in c["actors"] if a["role"] == "actor"]
    assert doers and set(doers) == {"pakistan.bla"}


def test_who_repels_an_assault_does_not_assault(sitrep):
    claims = claims_of(sitrep, "On Thursday the Sixth Division repelled an assault on its headquarters in El Fasher.\n")
    assault = [c for c in claims if c["trigger"]["text"] == "assault"]
    assert assault and "Sixth Division" not in [a["text"] for c in assault for a in c["actors"] if a["role"] == "actor"]


def test_the_owner_of_what_is_burned_is_not_beside_it(sitrep):
    text = "A resident, Sani Ibrahim, told reporters that bandits stormed the village. \"They set ablaze our houses,\" he said.\n"
    burned = [c for c in claims_of(sitrep, text) if c["type"] == "destruction"]
    assert burned and "Sani Ibrahim" not in parties_of(burned)


def test_they_are_not_the_side_of_who_speaks_of_them(sitrep):
    text = ("A jet of the junta dropped two bombs on the village, according to a member of the People's Defence Force. "
            "\"They bombed the school,\" he said.\n")
    bombed = [c for c in claims_of(sitrep, text) if c["trigger"]["text"] == "bombed"]
    assert bombed and not [p for p in parties_of(bombed) if "Defence Force" in p]


@pytest.mark.parametrize("headline, source", [
    ("SOHR: Turkish drone targets SDF vehicle on Qamishli road", ["SOHR"]),
    ("UN chief: Attack on aid convoy killed 12", ["UN chief"]),
    ("Sudan: Army shells RSF positions in Omdurman", []),
])
def test_who_stands_before_the_colon_of_a_headline_says_so(sitrep, headline, source):
    claims = claims_of(sitrep, headline + "\n\nNothing else is known.\n")
    assert claims and all([k["text"] for k in c["claimants"]] == source for c in claims)


def test_a_verb_that_ends_in_a_particle_hedges_no_number(sitrep):
    claims = claims_of(sitrep, "The rebels handed over 35 prisoners to the Red Cross.\n")
    assert [(n["text"], n["low"]) for c in claims for n in c["counts"]] == [("35 prisoners", 35)]


@pytest.mark.parametrize("place", ["Birnin Gwari Local Government Area", "Kaura Namoda Village"])
def test_a_generic_behind_a_name_of_several_words_belongs_to_it(sitrep, place):
    found = mentions_of(sitrep, f"Bandits attacked {place} in Nigeria on Sunday.\n")
    assert place in [m["text"] for m in found if m["kind"] == "location"]


@pytest.mark.parametrize("name", ['Ismael "El Mayo" Zambada', "Joaquin \u201cEl Chapo\u201d Guzman"])
def test_a_nickname_stands_within_a_name(sitrep, name):
    found = mentions_of(sitrep, f"The violence erupted after {name} was arrested in Culiacan in July.\n")
    assert name in [m["text"] for m in found if m["kind"] == "person"]
    assert [m["text"] for m in found if m["kind"] == "location"] == ["Culiacan"]


def test_an_alias_is_no_place(sitrep):
    found = mentions_of(sitrep, "The bloc is led by Alexander Diaz, alias \"Calarca\", in Colombia.\n")
    assert [m["text"] for m in found if m["kind"] == "location"] == ["Colombia"]


@pytest.mark.parametrize("speaker", ["parliament speaker, Aguila Saleh", "Gareth Lind, the UK envoy for Syria"])
def test_who_somebody_is_behind_a_comma_is_told_with_him(sitrep, speaker):
    claims = claims_of(sitrep, f"{'' if speaker[0].isupper() else 'The '}{speaker}, said rebels shelled Bara on Monday.\n")
    assert [[k["text"] for k in c["claimants"]] for c in claims] == [[speaker]]


def test_the_number_of_a_unit_counts_nothing(sitrep):
    claims = claims_of(sitrep, "The 444 Brigade seized the headquarters in Tripoli, two officials said.\n")
    assert claims and not any(n["low"] == 444 for c in claims for n in c["counts"])


@pytest.mark.parametrize("speaker", ["U.N. Secretary-General, Antonio Guterres",
                                     "Volker Turk, the UN High Commissioner for Human Rights"])
def test_an_office_and_its_holder_are_one(sitrep, speaker):
    claims = claims_of(sitrep, f"{speaker}, said six civilians were killed in Bara.\n")
    assert claims and [[k["text"] for k in c["claimants"]] for c in claims] == [[speaker]] * len(claims)


def test_two_nouns_of_an_office_are_one(sitrep):
    found = mentions_of(sitrep, "The state attorney general said gunmen attacked the building.\n")
    assert [m["text"] for m in found if m["kind"] == "person"][0] == "state attorney general"


def test_who_avenges_a_killing_did_not_kill(sitrep):
    claims = claims_of(sitrep, "The front vowed to avenge the killing of its members in Jabalya.\n")
    killing = [c for c in claims if c["trigger"]["text"] == "killing"]
    assert killing and not [a for c in killing for a in c["actors"] if a["role"] == "actor"]


def test_a_nation_may_be_a_given_name(sitrep):
    found = mentions_of(sitrep, "Defence Minister Israel Katz said Israel struck Yemen. Israel Katz vowed revenge.\n")
    assert [m["text"] for m in found if m["kind"] == "person"] == ["Defence Minister Israel Katz", "Israel Katz"]
    assert [m["start"] for m in found if m["text"] == "Israel" and m["kind"] == "organisation"] == [34]


@pytest.mark.parametrize("text, trigger, doers", [
    ("The army prevented militants from firing rockets at Sderot.", "firing", ["militants"]),
    ("The court accused soldiers of burning the village of Bara.", "burning", ["soldiers"]),
    ("The governor condemned rebels for the attack in Bara.", "attack", ["rebels"]),
    ("Rebels blamed by Kampala for the attack fled to Bara.", "attack", ["Rebels"]),
])
def test_who_is_kept_from_a_deed_or_accused_of_it_does_it(sitrep, text, trigger, doers):
    found = [c for c in claims_of(sitrep, text + "\n") if trigger in c["trigger"]["text"]]
    assert [[a["text"] for a in c["actors"] if a["role"] == "actor"] for c in found] == [doers]


@pytest.mark.parametrize("text, trigger, parties", [
    ("The rebels put the blame on the air force and Colonel Mendez.", "put the blame", {"rebels", "air force", "Colonel Mendez"}),
    ("He filed a complaint against the mayor and the council of harassing him.", "harassing", {"mayor", "council"}),
])
def test_who_is_joined_to_a_party_is_one(sitrep, text, trigger, parties):
    """Where the judge is sure of one of them and not so sure of the other."""
    assert set(parties_of([c for c in claims_of(sitrep, text + "\n") if c["trigger"]["text"] == trigger])) == parties


def test_of_what_somebody_is_accused_is_not_who_he_is(sitrep):
    text = "The government accused the militia and other groups of heavy shelling in the town of Bara.\n"
    told = {c["type"]: [a["text"] for a in c["actors"] if a["text"] != "government"] for c in claims_of(sitrep, text)}
    assert {k: set(v) for k, v in told.items()} == {k: {"militia", "other groups"} for k in ("accusation", "shelling")}


def test_who_is_set_against_a_party_is_none(sitrep):
    claims = claims_of(sitrep, "Police arrested the driver but not the owner of the lorry.\n")
    assert [a["text"] for c in claims for a in c["actors"] if a["role"] == "recipient"] == ["driver"]


def test_who_is_named_twice_does_it_once(sitrep):
    claims = claims_of(sitrep, "Bara was retaken by Malian forces and Malian forces were advancing towards Harun.\n")
    for c in claims:
        doers = [a["text"] for a in c["actors"] if a["role"] == "actor"]
        assert len(doers) == len(set(doers))


@pytest.mark.parametrize("text, trigger, party", [
    ("The Kenyan army noticed attacks on two villages near Marib.", "attacks", "Kenyan army"),
    ("Brazil reacted to the seizure of the island by closing the border.", "seizure", "Brazil"),
    ("The attacks prompted Belgium to declare war on Austria.", "attacks", "Belgium"),
    ("The offensive by the Sudanese army triggered a coup in Senegal.", "coup", "Sudanese army"),
    ("Six journalists were killed alongside rebels in a raid on Homs.", "raid", "rebels"),
])
def test_who_stands_beside_a_happening_did_not_do_it(sitrep, text, trigger, party):
    found = [c for c in claims_of(sitrep, text + "\n") if c["trigger"]["text"] == trigger]
    assert found and party not in [a["text"] for c in found for a in c["actors"] if a["role"] == "actor"]


def test_a_witness_of_an_attack_did_not_suffer_it(sitrep):
    claims = claims_of(sitrep, "Her family witnessed the attack on the school.\n")
    assert "Her family" not in parties_of([c for c in claims if c["trigger"]["text"] == "attack"])


@pytest.mark.parametrize("text, sides", [
    ("Clashes between Sunni and Shiite militants killed ten in Basra.", ("Sunni", "Shiite militants")),
    ("Fighting between the Communist and Nationalist forces resumed in Hebei.", ("Communist", "Nationalist forces")),
])
def test_two_sides_that_share_a_noun_are_two(sitrep, text, sides):
    clash = [c for c in claims_of(sitrep, text + "\n") if c["type"] == "clash"][0]
    assert [(a["role"], a["text"]) for a in clash["actors"]] == [("actor", sides[0]), ("recipient", sides[1])]


def test_whose_violence_it_is_called_is_where_it_is(sitrep):
    claims = claims_of(sitrep, "Peru's political violence has killed 300 people since May.\n")
    assert claims and not [a for c in claims for a in c["actors"] if a["role"] == "actor"]


def test_a_people_that_is_pushed_back_is_the_other_side(sitrep):
    claims = claims_of(sitrep, "The navy repelled the raid, pushing the Japanese back to the river.\n")
    pushed = [c for c in claims if "pushing" in c["trigger"]["text"]]
    assert [[a["text"] for a in c["actors"] if a["role"] == "recipient"] for c in pushed] == [["Japanese"]]


def test_whom_somebody_punishes_by_attacking_them(sitrep):
    text = "The rebels of Harun lost two bases in June. The army punished the farmers by attacking them with mortars.\n"
    attack = [c for c in claims_of(sitrep, text) if c["trigger"]["text"] == "attacking"]
    assert [[a["text"] for a in c["actors"] if a["role"] == "recipient"] for c in attack] == [["farmers"]]
