import subprocess
import sys
from datetime import UTC, datetime

import msgspec
import pytest

from laurels import Account, Event, EventType
from laurels.errors import ConditionError
from laurels.rules.conditions import Environment, Scope, compile_condition

POSTED = EventType("message.posted", answered=Account, mentions=list[Account], length=int, share=float, newcomer=bool, text=str)
GITHUB = EventType("github.*")


def event(**data):
    return Event("e1", "discord", "message.posted", datetime(2024, 6, 1, tzinfo=UTC), Account("discord", "1", name="Ana"), data)


def compiled(text, type=POSTED, *, text_kept=True):
    return compile_condition(text, type, text_kept=text_kept)


@pytest.mark.parametrize(
    "text",
    [
        "event.data.length > 3",
        "event.actor == 'discord:1' && event.actor.name == 'Ana' && !event.actor.bot",
        "'discord:2' in event.data.mentions",
        "event.data.text.matches('^h.llo$') && event.data.text.size() == 5",
        "event.data.share == 0.0",
        "event.data.answered == ''",
    ],
)
def test_a_condition_that_is_true_matches(text):
    assert compiled(text)(event(length=5, mentions=["discord:2"], text="hello")) is True


@pytest.mark.parametrize("text", ["event.data.length > 9", "event.data.length / 0 == 1", "timestamp(event.data.text).getHours() > 1"])
def test_what_is_false_or_fails_does_not_match(text):
    assert compiled(text)(event(length=5, text="hello")) is False


def test_a_payload_of_other_types_never_raises():
    condition = compiled("event.data.length == 0 && event.data.text == '?'")
    assert condition(event(length="5", mentions=7, text="\ud800", unknown=object())) is True


def test_an_event_that_is_no_event_is_false_and_never_raises():
    assert compiled("event.data.length == 0")(msgspec.structs.replace(event(), data=None)) is False


@pytest.mark.parametrize(
    ("text", "message", "column", "hint"),
    [
        (
            "event.data.lenght > 3",
            "message.posted has no field 'event.data.lenght'\n | event.data.lenght > 3\n | ..........^",
            11,
            "did you mean 'event.data.length'?",
        ),
        (
            "event.data.length > '3'",
            "found no matching overload for '_>_' applied to '(int, string)'\n | event.data.length > '3'\n | ..................^",
            19,
            "",
        ),
        ("event.data.length", "it gives int, not true or false", 0, "compare it with something"),
        ("has(event.data.text)",
         "it gives string, not true or false", 0, "every field is always there: compare it, like event.data.x != ''"),
        (
            "event.data.text.startWith('a')",
            "CEL knows no 'startWith'\n | event.data.text.startWith('a')\n | .........................^",
            26,
            "did you mean 'startsWith'?",
        ),
        ("length > 3", "CEL knows no 'length'\n | length > 3\n | ^", 1, "did you mean 'event.data.length'?"),
        (
            "event.data.text.matches('(')",
            "invalid regular expression: missing ): (",
            0,
            "CEL's regular expressions are RE2's",
        ),
        ("(" * 200 + "true" + ")" * 200, "Expression recursion limit exceeded. limit: 32", 0, ""),
    ],
)  # fmt: skip
def test_a_wrong_condition_is_refused_with_line_caret_and_nearest_name(text, message, column, hint):
    with pytest.raises(ConditionError) as raised:
        compiled(text)
    assert (str(raised.value), raised.value.column, raised.value.hint) == (message, column, hint)


def test_a_syntax_error_points_at_its_place():
    with pytest.raises(ConditionError, match=r"^Syntax error: mismatched input '<EOF>'") as raised:
        compiled("event.data.length >")
    assert raised.value.column == 20
    assert str(raised.value).endswith("\n | event.data.length >\n | ...................^")


def test_text_that_is_not_kept_is_refused_with_the_setting():
    with pytest.raises(ConditionError) as raised:
        compiled("event.data.text == 'hi'", text_kept=False)
    assert str(raised.value) == "'event.data.text' is not kept\n | event.data.text == 'hi'\n | ..........^"
    assert raised.value.hint == "the text of messages is there only with keep_text = true for the community"


def test_under_github_the_data_is_dynamic_and_a_missing_key_is_false():
    assert compiled("event.data.issue.labels.exists(l, l.name == 'bug')", GITHUB)(event(issue={"labels": [{"name": "bug"}]}))
    assert not compiled("event.data.issue.title == 'x'", GITHUB)(event())
    assert compiled("has(event.data.issue) && event.data.flag", GITHUB)(event(issue={}, flag=True))
    assert not compiled("event.data.number", GITHUB)(event(number=1))


@pytest.mark.parametrize("name", ["github.issues.opened", "github.watch.*"])
def test_under_github_a_common_field_is_checked_and_the_type_named(name):
    with pytest.raises(ConditionError, match=rf"^{name} has no field 'event\.actr'".replace("*", r"\*")) as raised:
        compiled("event.actr == 'x'", EventType(name))
    assert raised.value.hint == "did you mean 'event.actor'?"


def test_under_github_a_value_that_cel_cannot_take_costs_nothing_else():
    condition = compiled("event.data.number == 1", GITHUB)
    assert condition(event(number=1, id=2**70, text="\ud800", when=datetime(2024, 1, 1, tzinfo=UTC)))


def test_conditions_of_one_event_share_one_binding(monkeypatch):
    made = []
    activate = Environment.activate
    monkeypatch.setattr(Environment, "activate", lambda self, event: made.append(event) or activate(self, event))
    conditions = [compiled(f"event.data.length == {number}") for number in range(50)]
    made.clear()
    scope = Scope(event(length=7))
    assert [condition.matches(scope) for condition in conditions].count(True) == 1
    assert len(made) == 1


def test_a_condition_compiled_while_an_event_is_looked_at_sees_its_fields():
    kind = EventType("quiz.won", score=int, tries=int)
    scope = Scope(event(score=3, tries=2))
    assert compiled("event.data.score == 3", kind).matches(scope)
    assert compiled("event . data . tries == 2 && event.data.score == 3", kind).matches(scope)


def test_a_condition_keeps_its_fields_when_others_are_compiled():
    kind = EventType("quiz.lost", score=int, tries=int)
    first = compiled("event.data.score == 3", kind)
    compiled("event.data.tries == 2", kind)
    assert first(event(score=3))


def test_cel_is_imported_only_for_a_condition():
    code = (
        "import sys, laurels, laurels.rules.conditions, laurels.rules.toml, laurels.validate, laurels.config, laurels.plugins\n"
        "from laurels.domain import DOMAIN\n"
        "from laurels.loaded import Sourced\n"
        "measure = laurels.Count('push', within='7d')\n"
        "badge = laurels.Badge(slug='x', measure=measure, levels=(laurels.Level(at=1),))\n"
        "catalog = laurels.validate.Catalog({type.name: type for type in DOMAIN})\n"
        "assert laurels.validate.check([Sourced(badge, 'x')], catalog).badges\n"
        "assert not {'cel_expr_python', 'jinja2', 'watchfiles', 'sqlalchemy', 'aiohttp'} & set(sys.modules), sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
