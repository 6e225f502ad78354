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
    ("The Weber family, a dynasty of senators, clashed on Monday with the front-runner Marko Kovac in the primary campaign.", "clashed"),
    ("Senator Weber's battle with Marko Kovac resumed on Monday before the primary.", "battle"),
    ("Six men died on Monday in a colliery near Leeds.", "died"),
    ("A blast at a chemical plant in Leeds on Monday injured six workers.", "blast"),
    ("Floods have swept away crops and cut off villages in Harun, aid workers said.", "cut off"),
    ("General Weber took command of the Army of the North on Monday.", "took"),
    ("The general was relieved of his post on Monday.", "relieved"),
    ("Shoppers thronged the markets of Leeds on Monday.", "thronged"),
    ("The minister recalled the ambassador to Vienna for consultations.", "consultations"),
    ("The minister said that Latvia had fallen out of favour with both Russia and Britain.", "fallen"),
    ("Anna Weber vowed to prioritise Darfur in her last month in office.", "vowed"),
    ("The group has shown its ability to strike in the capital.", "strike"),
    ("The novel tells of a fictional assassination of the president in Vienna.", "assassination"),
    ("Anna Weber approached Marko Kovac in a park in Leeds.", "approached"),
    ("Anna Weber discussed the merits of the tax with reporters in Leeds.", "discussed"),
    ("Last year South Ossetia broke away from Georgia.", "broke"),
    ("Marko Weber is being sought by the FBI as a suspect in the killing.", "sought"),
    ("Anna's sister travelled from Chad to Harun to attend the trial.", "travelled"),
    ("Anna Weber acquired a shotgun in Harun on Monday.", "acquired"),
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
    ("Gunmen clashed with police in Harun on the day of the primary, and six people were killed.", ("clash", "clashed")),
    ("Rebels cut off the town of Harun on Monday.", ("siege", "cut off")),
    ("A bomb blast at a chemical plant in Harun on Monday killed six workers.", ("explosive", "bomb blast")),
    ("A suicide bomber rammed a car full of explosives into a bank in Harun.", ("suicide_attack", "rammed")),
    ("The army destroyed six houses in Harun.", ("destruction", "destroyed")),
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
    ("Four men rammed their car into a jewellery store in Harun on Monday.", ("attack", "rammed")),
    ("Lawmakers condemned the deportation raids in Harun on Monday.", ("arrest", "deportation raids")),
    ("The mission launched emergency operations to help people hit by floods in Harun.", ("aid", "emergency operations")),
    ("The agency began an air operation to bring relief to Harun.", ("aid", "air operation")),
    ("Police intercepted a boat with six smugglers off Harun.", ("arrest", "intercepted")),
    ("The rebels announced the suspension of their bombings of pipelines.", ("concession", "suspension")),
    ("The rebels announced the suspension of their bombings of pipelines.", ("explosive", "bombings")),
    ("The rebels called for the lifting of the siege of Harun.", ("concession", "lifting")),
    ("The army gathered 20,000 peasants into villages in Harun.", ("displacement", "gathered")),
    ("The driver drove over Anna Weber in Harun on Monday.", ("attack", "drove over")),
    ("Officers used a Taser to subdue the man in Harun.", ("arrest", "subdue")),
    ("A man waved a knife at two women in Harun on Monday.", ("threat", "waved")),
    ("Marko Weber warned voters not to trust the bank.", ("demand", "warned")),
    ("Hundreds of villagers were sent to concentration camps in Harun.", ("arrest", "sent to concentration camps")),
    ("Six states reacted to the invasion with a freeze on the assets of Harun.", ("sanction", "freeze")),
    ("Marko Weber faces charges of robbery in Harun, police said.", ("accusation", "charges")),
    ("Opponents accused the government of scuttling the deal.", ("rejection", "scuttling")),
    ("Anna Weber continued her attacks on Marko Kovac before the primary.", ("accusation", "attacks")),
    ("Rioters were overturning cars in Harun on Monday.", ("destruction", "overturning")),
    ("A van knocked Anna Weber to the ground in Harun on Monday.", ("attack", "knocked Anna Weber to the ground")),
    ("Most of the soldiers went into exile after the treaty.", ("displacement", "went into exile")),
    ("The unexpected stoppage of water in Harun on Monday angered people.", ("restriction", "stoppage")),
])
def test_a_word_of_one_type_has_it(sitrep, text, claim):
    assert claim in told(sitrep, text)


def test_a_condition_may_ask_several_slots(sitrep):
    """"for|on" of a condition are two prepositions; a day behind one is not what is asked for."""
    assert told(sitrep, "Marko Weber called on the rebels to leave Harun.", "--rules-alone")[0][0] == "demand"
    assert told(sitrep, "Marko Weber called her on Sunday.", "--rules-alone") == []
