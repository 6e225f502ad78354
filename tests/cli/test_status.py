"""Whether what is told happened: what denials, plans and conditions reach, and what they do not."""
import pytest

from reading import claims_of


@pytest.mark.parametrize("text, trigger, status", [
    # What is taken for given is not denied with what is said of it.
    ("The president had not approved the murder of the minister.", "murder", "occurred"),
    ("Flights were not affected by the strike.", "strike", "occurred"),
    ("The army refused to give details of the talks with rebels.", "talks", "occurred"),
    ("He continued his refusal to recognise past peace deals with Israel.", "peace deals", "occurred"),
    ("The army did not comment on the shelling of Goma.", "shelling", "occurred"),
    # A denial that is denied.
    ("The army failed to prevent a massacre in Goma.", "massacre", "occurred"),
    ("The government did not rule out air strikes on Aden.", "air strikes", "possible"),
    ("Troops prevented an attack on Goma.", "attack", "denied"),
    ("Rebels did not carry out the attack on Goma.", "attack", "denied"),
    # Conditions stand above denials.
    ("Rebels will attack Goma if the government does not release the prisoners.", "release", "predicted"),
    ("If an agreement is not reached, rebels will attack Goma.", "agreement", "predicted"),
    # What is awaited has not happened.
    ("The army will withdraw once rebels hand over the base.", "hand over", "predicted"),
    ("The president will see generals before chairing peace talks.", "talks", "planned"),
    ("He was killed when police opened fire in Goma.", "opened fire", "occurred"),
    # Plans that there are none of, what is only imagined, what others were brought to do.
    ("There is no indication that rebels attacked Goma.", "attacked", "denied"),
    ("The group has no plans to attack Goma.", "attack", "denied"),
    ("The army would have killed the rebels.", "killed", "predicted"),
    ("The raid prompted rebels to attack Goma.", "attack", "occurred"),
    # What a happening does not do is not that it did not happen.
    ("The bombing did not prevent talks in Goma.", "bombing", "occurred"),
    ("The meeting did not take place.", "meeting", "denied"),
])
def test_status(sitrep, text, trigger, status):
    assert [c["status"] for c in claims_of(sitrep, text + "\n") if c["trigger"]["text"] == trigger] == [status]
