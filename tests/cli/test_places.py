"""Places: names that look like one and are none, and places of a text where a happening of it did not happen."""
import pytest

from reading import claims_of, mentions_of


def is_place(m):
    return m["kind"] == "location" and m["use"] == "place"


def locations(sitrep, text):
    return [m["text"] for m in mentions_of(sitrep, text + "\n") if is_place(m)]


def places_of(sitrep, text, trigger, *options):
    claims = [c for c in claims_of(sitrep, text + "\n", *options) if c["trigger"]["text"] == trigger]
    assert claims, f"no claim of {trigger}"
    return [p["text"] for c in claims for p in c["places"]]


@pytest.mark.parametrize("text, name", [
    ("The boats broke away from MV Harlow and fled.", "MV Harlow"),
    ("Germany attacked its neighbour in Operation Barbarossa.", "Operation Barbarossa"),
    ("The province fell to Tamerlane in the spring.", "Tamerlane"),
    ("Fans threw stones at Manchester City in the second half.", "Manchester City"),
    ("Aircraft flew from a base within Vichy-controlled Syria.", "Vichy"),
    ("The raid drove out its Beja population.", "Beja"),
    ("Nobody was hurt, Orange County Sheriff Adam Lowe said.", "Orange County"),
    ("General Harris took command of the Union Army of the Potomac.", "Potomac"),
    ("Orders came to the Royal Fleet of Sandomar on Friday.", "Sandomar"),
    ("A woman was killed at a Macy's store on Friday.", "Macy"),
    ("A woman was killed at a Sam's Club on Friday.", "Sam"),
    ("Twelve people were arrested over New Year's weekend.", "New Year"),
    ("A van hit a cyclist on American Boulevard on Friday.", "Boulevard"),
])
def test_what_looks_like_a_place(sitrep, text, name):
    assert name not in locations(sitrep, text)


def test_first_names_before_a_whole_name_are_of_persons(sitrep):
    text = "They wanted justice in the deaths of Edna, Norma, Irma and Kevin Odell."
    assert not locations(sitrep, text)


def test_a_first_name_is_of_the_person_named_before(sitrep):
    text = "Norma Delgado lost her brother. The men were taking Norma and her uncle to Lima."
    assert locations(sitrep, text) == ["Lima"]


@pytest.mark.parametrize("text, name", [
    ("Two soldiers died in the battle for Tel Maruk on Friday.", "Tel Maruk"),
    ("The fall of Tel Maruk cost the army 400 men.", "Tel Maruk"),
    ("Shells hit the checkpoint in government-controlled Novoselke on Friday.", "Novoselke"),
    ("Rebels began an offensive in Central China in August.", "Central China"),
    ("Protests began in Anglophone Cameroon on Monday.", "Anglophone Cameroon"),
    ("Gunmen attacked the guards at the Stade de France on Friday.", "Stade de France"),
    ("She was struck by a van on 117th Street on Friday.", "117th Street"),
    ("A bomb killed three soldiers in Harun town on Friday.", "Harun"),
    ("A woman was killed at a Sam's Club on Friday.", "Sam's Club"),
    ("Two men were shot at O'Hara's Pub on Friday.", "O'Hara's Pub"),
    ("The blast took place close to Sheikh Akil graveyard on Friday.", "Sheikh Akil graveyard"),
    ("A van hit a cyclist on American Boulevard on Friday.", "American Boulevard"),
    ("Forces arrested 30 people in Baghdad, Al Anbar, and Salah Ad Din.", "Salah Ad Din"),
])
def test_what_is_a_place(sitrep, text, name):
    assert name in locations(sitrep, text)


def country_of(sitrep, text, name):
    found = [m.get("country") for m in mentions_of(sitrep, text + "\n") if is_place(m) and m["text"] == name]
    assert found, f"no place {name}"
    return found[0]


@pytest.mark.parametrize("text, name, country", [
    ("Planes shelled South Sudanese territory on Friday.", "South Sudanese territory", "SS"),
    ("Planes bombed the South Sudanese area of Yida on Friday.", "Yida", "SS"),
    ("A man was stabbed in London, police said. Call Const. Lee at 519-555-0134.", "London", "CA"),
    ("A man was stabbed in London, police said. Call +44 20 7946 0000.", "London", "GB"),
    ("GEORGETOWN, Ky. - A doctor from Georgetown saw the attack in France. Gunmen fired at guards in Paris, she said. "
     "She will return to Kentucky soon.", "Paris", "FR"),
    ("CHICAGO - A baker was killed in River North, Chicago police said.", "River North", "US"),
])
def test_what_the_text_tells_of_the_country(sitrep, text, name, country):
    assert country_of(sitrep, text, name) == country


@pytest.mark.parametrize("text, name, admin1", [
    ("A man was treated at Fairview Southdale Hospital in Edina.", "Fairview Southdale Hospital", "Minnesota"),
    ("CHICAGO - Mourners in Chicago left flowers at St. Mary's Cathedral.", "St. Mary's Cathedral", "Illinois"),
])
def test_part_of_a_name_is_no_town_elsewhere(sitrep, text, name, admin1):
    found = [m for m in mentions_of(sitrep, text + "\n") if is_place(m) and m["text"] == name]
    assert [m.get("admin1") for m in found] == [admin1]


@pytest.mark.parametrize("text, name, admin1, precision", [
    ("Shells hit Sakhour in Aleppo on Monday.", "Sakhour", "Aleppo", 1),
    ("Residents of Gaza City said that jets bombed Rimal on Monday.", "Rimal", "Gaza Strip", 1),
    ("A bomb exploded in Hodan on Friday, the police of Mogadishu said.", "Hodan", "Banaadir", 1),
    ("Haitian police fought a gang in Martissant on Friday.", "Martissant", "Ouest", 1),
])
def test_neighbourhoods_of_cities_in_the_text(sitrep, text, name, admin1, precision):
    found = [m for m in mentions_of(sitrep, text + "\n") if is_place(m) and m["text"] == name]
    assert [(m.get("admin1"), m.get("precision")) for m in found] == [(admin1, precision)]


@pytest.mark.parametrize("text", [
    "Hodan said she would leave Minneapolis on Friday. Her brother drove Hodan to the airport.",
    "In Minneapolis, Hodan walked to school on Friday. Police in Minnesota arrested a man near Hodan.",
    "Nurses in Leeds treated Rimal on Friday. Rimal was stabbed at a bus stop, West Yorkshire Police said.",
])
def test_a_neighbourhood_far_from_the_text_has_no_point(sitrep, text):
    found = [m for m in mentions_of(sitrep, text + "\n") if m["text"] in ("Hodan", "Rimal")]
    assert not [m for m in found if m.get("country") in ("SO", "PS")]


def test_a_generic_of_two_names_is_no_place(sitrep):
    text = "Villagers had to evacuate Anhui and Jiangsu Provinces on Monday."
    assert locations(sitrep, text) == ["Anhui", "Jiangsu"]


@pytest.mark.parametrize("text, country", [
    ("A man was stabbed in east London on Friday, the Metropolitan Police said.", "GB"),
    ("Troops clashed with miners in East London near Port Elizabeth in South Africa.", "ZA"),
    ("Pirates kidnapped seven workers off the Nigerian coast.", "NG"),
])
def test_the_country_of_a_part(sitrep, text, country):
    assert country in [m["country"] for m in mentions_of(sitrep, text + "\n") if is_place(m)]


@pytest.mark.parametrize("text, trigger, name", [
    ("The army killed ten rebels at Bulongwe, a few kilometres to the east of Goma.", "killed", "Goma"),
    ("Shells hit the camera at Novoselke (20km south-west of Luhansk) on Friday.", "hit", "Luhansk"),
    ("Jets bombed barracks in Syria's Idlib province on Monday.", "bombed", "Syria"),
    ("The minister negotiates with Turkey over Libya.", "negotiates", "Libya"),
    ("A jogger was stabbed on Friday and was taken to University Hospital in Dayton.", "stabbed", "Dayton"),
    ("A man charged with the murder of his wife appeared at Oxford Crown Court on Tuesday.", "murder", "Oxford"),
    ("Smith went on trial in Dallas for the murder of three women.", "murder", "Dallas"),
    ("The army will not send troops along the lines of the 1989 invasion of Panama.", "send", "Panama"),
    ("Police arrested Peter Olden, 37, of Harlan on Friday.", "arrested", "Harlan"),
    ("The border will be closed at 9:00 am in Cairo (0700 GMT) on Monday.", "closed", "Cairo"),
    ("The minister returned to Vienna on Friday after a short visit to Salzburg.", "visit", "Vienna"),
    ("The envoy spoke of the answer to Monday's Libya attack.", "attack", "Libya"),
])
def test_what_is_elsewhere(sitrep, text, trigger, name):
    assert not [p for p in places_of(sitrep, text, trigger) if name in p]


def test_rules_alone_know_what_is_elsewhere(sitrep):
    text = "The army killed ten rebels at Bulongwe, a few kilometres to the east of Goma."
    assert places_of(sitrep, text, "killed", "--rules-alone") == ["Bulongwe"]


@pytest.mark.parametrize("text, trigger, name", [
    ("A bomb exploded 20 km west of Goma on Monday, killing two.", "exploded", "Goma"),
    ("Jets struck a hospital in Douma on Tuesday, killing nine.", "struck", "Douma"),
    ("Police killed a man outside a courthouse in Lyon on Friday.", "killed", "Lyon"),
    ("Gunmen shot dead the mayor of Ras Lanuf on Friday.", "shot dead", "Ras Lanuf"),
    ("Gunmen threatened the mayor of Iguala on Friday.", "threatened", "Iguala"),
    ("Rebels attacked the front line in Hama on Friday.", "attacked", "Hama"),
])
def test_what_is_not_elsewhere(sitrep, text, trigger, name):
    assert name in places_of(sitrep, text, trigger)


def test_a_sum_over_years_goes_with_no_town_of_another_sentence(sitrep):
    text = "Gunmen shot dead a doctor in Birmingham on Friday. In the last five years, 20 doctors were killed."
    assert places_of(sitrep, text, "shot dead") == ["Birmingham"]
    assert places_of(sitrep, text, "killed") == []


def test_places_of_a_list_go_together(sitrep):
    text = "Bombs destroyed the embassies in Kenya and Tanzania, killing 224 people."
    assert places_of(sitrep, text, "destroyed") == ["Kenya", "Tanzania"]


@pytest.mark.parametrize("text, trigger, name", [
    ("Mary Olson, 66, of Burnsville was struck by a car as she walked in Edina on Monday.", "struck", "Burnsville"),
    ("Police arrested Karlsen, of Bloomington, on Friday.", "arrested", "Bloomington"),
    ("Police arrested Paul Ford, 47 and said to be homeless, of Los Angeles on Monday.", "arrested", "Los Angeles"),
    ("The envoys heard briefings on weapons in the Central African Republic on Monday.", "briefings", "Central"),
    ("The bombing of the plant on Monday killed five workers and caused the leakage of poison into the Songhua River.",
     "bombing", "Songhua"),
    ("The attack on the fleet at Pearl Harbor and landings in Thailand and Malaya began the war.", "attack", "Malaya"),
    ("The rebels retaliated, at one point shelling the villages of Foua and Kfraya in Idlib and detonating a car bomb "
     "in a frontline area.", "detonating", "Idlib"),
    ("Johnson was stabbed on Monday. Johnson died at Hennepin County Medical Center in Minneapolis.", "died",
     "Minneapolis"),
])
def test_what_is_of_another(sitrep, text, trigger, name):
    assert not [p for p in places_of(sitrep, text, trigger) if name in p]


@pytest.mark.parametrize("text, trigger, name", [
    ("The attack on the fleet at Pearl Harbor and landings in Thailand and Malaya began the war.", "attack", "Pearl Harbor"),
    ("Five people were killed in rocket attacks on Midan neighbourhood and in the vicinity of Jabiri Square.",
     "rocket attacks", "Jabiri Square"),
    ("Talks were held on the attack in Mogadishu on Monday that killed ten soldiers.", "attack", "Mogadishu"),
])
def test_what_is_of_itself(sitrep, text, trigger, name):
    assert name in places_of(sitrep, text, trigger)


def test_a_summary_has_all_places_of_the_list(sitrep):
    text = ("Bombings in Kenya and Tanzania killed 250 people on Friday. An arrest in connection with the two bombings "
            "was announced.")
    assert sorted(set(places_of(sitrep, text, "bombings"))) == ["Kenya", "Tanzania"]


def test_own_places_leave_out_those_of_other_sentences(sitrep):
    text = ("Rebels shelled a market in Aleppo on Friday. The government demanded the lifting of a rebel siege on two "
            "Shiite villages in nearby Idlib province.")
    assert places_of(sitrep, text, "siege") == ["Idlib province"]


@pytest.mark.parametrize("text, name", [
    ("Militants killed five soldiers in Sheikh Zuweid on Monday.", "Sheikh Zuweid"),
    ("The Taliban attacked two posts in Imam Sahib on Sunday.", "Imam Sahib"),
    ("A blast in General Santos killed two people.", "General Santos"),
])
def test_towns_called_like_somebody(sitrep, text, name):
    assert name in locations(sitrep, text)


def test_who_is_called_like_a_town_stays_a_person(sitrep):
    assert not locations(sitrep, "Imam Sahib told worshippers to stay calm. The imam left on Friday.")


@pytest.mark.parametrize("text, trigger, place", [
    ("Gunmen raided a camp near Sarmada, Syria, on Monday.", "raided", "Sarmada"),
    ("Shells hit a bridge in Manbij in northern Syria.", "hit", "Manbij"),
    ("Troops shelled houses in Godhra in the western state of Gujarat.", "shelled", "Godhra"),
])
def test_what_only_tells_where_a_town_lies_is_no_place_of_its_own(sitrep, text, trigger, place):
    assert places_of(sitrep, text, trigger) == [place]


def test_several_places_stand_behind_a_plural(sitrep):
    text = "The convoy left the villages of al-Foua and Kefraya on Friday. Rebels still besiege the two villages, the monitor said."
    assert sorted(places_of(sitrep, text, "besiege")) == ["Kefraya", "al-Foua"]


def test_where_the_doer_is_posted_is_not_where_the_deed_is(sitrep):
    text = "Snipers positioned in the Baba Amr citadel shot at people in Homs."
    assert places_of(sitrep, text, "shot at") == ["Homs"]
