from datetime import UTC, datetime

import pytest

from laurels import Account, Event, EventType, Place
from laurels.rules import fields

ANA = Account("discord", "1", name="Ana", bot=True)
POSTED = EventType(
    "message.posted", answered=Account, mentions=list[Account], length=int, share=float, newcomer=bool, tags=list[int], text=str
)
ANY = EventType("github.issues.transferred")


def event(actor=ANA, place=None, **data):
    return Event("e1", "discord", "message.posted", datetime(2024, 6, 1, tzinfo=UTC), actor, data, place)


def test_every_common_field_is_read_from_the_event():
    here = Place("discord", "c1", "t1", name="general")
    values = {path: fields.getter(path, POSTED)(event(place=here, local_date="2024-06-01")) for path in fields.COMMON}
    assert values == {
        "event.id": "e1",
        "event.type": "message.posted",
        "event.source": "discord",
        "event.actor": "discord:1",
        "event.actor.name": "Ana",
        "event.actor.bot": True,
        "event.local_date": "2024-06-01",
        "event.place.channel": "c1",
        "event.place.thread": "t1",
        "event.place.name": "general",
    }


def test_what_an_event_leaves_out_has_the_default_of_its_kind():
    bound = fields.bindings(POSTED, True)(event(actor=None))
    assert bound == {
        "event.id": "e1", "event.type": "message.posted", "event.source": "discord", "event.actor": "", "event.actor.name": "",
        "event.actor.bot": False, "event.local_date": "", "event.place.channel": "", "event.place.thread": "", "event.place.name": "",
        "event.data.answered": "", "event.data.mentions": [], "event.data.length": 0, "event.data.share": 0.0,
        "event.data.newcomer": False, "event.data.tags": [], "event.data.text": "",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "sent", "seen"),
    [
        ("length", "12", 0),
        ("length", True, 0),
        ("length", 2**63, 0),
        ("length", 12.0, 0),
        ("share", 2, 2.0),
        ("share", True, 0.0),
        ("share", 10**400, 0.0),
        ("newcomer", 1, False),
        ("text", 7, ""),
        ("text", "a\ud800b", "a?b"),
        ("text", "é", "é"),
        ("mentions", "discord:2", []),
        ("mentions", ("discord:2", 3, "discord:4"), ["discord:2", "discord:4"]),
        ("tags", [1, "2", True, 3], [1, 3]),
        ("answered", None, ""),
    ],
)
def test_a_value_of_another_kind_is_replaced_and_never_raises(name, sent, seen):
    posted = event(**{name: sent})
    assert fields.getter(f"event.data.{name}", POSTED)(posted) == seen
    assert fields.bindings(POSTED, True)(posted)[f"event.data.{name}"] == seen


def test_an_unknown_field_is_named_with_the_nearest_right_one():
    with pytest.raises(ValueError, match=r"^message\.posted has no field 'event\.data\.lenght'; did you mean 'event\.data\.length'"):
        fields.getter("event.data.lenght", POSTED)


def test_text_that_is_not_kept_is_no_variable():
    assert "event.data.text" in fields.variables(POSTED)
    assert "event.data.text" not in fields.variables(POSTED, text_kept=False)
    assert "event.data.text" not in fields.bindings(POSTED, False)(event(text="secret"))


def test_what_github_sends_is_read_as_deep_as_it_goes():
    sent = event(issue={"user": {"login": "ana"}, "milestone": None})
    assert fields.getter("event.data.issue.user.login", ANY)(sent) == "ana"
    assert fields.getter("event.data.issue.milestone.title", ANY)(sent) == ""
    assert fields.getter("event.data.issue.user.login.more", ANY)(sent) == ""


def test_a_common_field_is_checked_under_github_too():
    with pytest.raises(ValueError, match=r"^github\.issues\.transferred has no field 'event\.actr'; did you mean 'event\.actor'"):
        fields.getter("event.actr", ANY)
    with pytest.raises(ValueError, match=r"has no field 'event\.data\.'"):
        fields.getter("event.data.", ANY)


def test_the_fields_that_name_people():
    assert fields.naming_people(POSTED) == ["event.actor", "event.data.answered", "event.data.mentions"]
    assert fields.naming_people(ANY) == ["event.actor"]
