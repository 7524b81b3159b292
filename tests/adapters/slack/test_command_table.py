"""Slack's table of commands, forms and texts against laurels' own, and against Slack's limits."""

import re

import pytest

import block_kit
from laurels.commands.table import TABLES as LAURELS
from laurels.commands.words import options, phrases
from laurels_slack.commands import fields, table
from laurels_slack.commands.fields import Field, rule
from laurels_slack.commands.texts import LANGUAGES, say, texts


@pytest.mark.parametrize("name", [table.NAME, table.ADMIN])
def test_of_every_command_it_is_said_whether_it_only_shows_something(name: str) -> None:
    kinds = (table.READS[name], table.BARE[name], table.DOES[name])
    assert frozenset().union(*kinds) == set(LAURELS[name])
    assert sum(map(len, kinds)) == len(LAURELS[name])


def test_only_what_shows_something_is_asked_again_for_a_page() -> None:
    assert table.reads("badges", ("list", "x")) and table.reads("badges-admin", ("status",))
    assert table.reads("badges", ("nominations",)) and table.reads("badges-admin", ("roles",))
    assert not table.reads("badges-admin", ("create", "x")) and not table.reads("badges", ("nominations", "accept", "1"))
    assert not table.reads("other", ("list",)) and not table.reads("other", ()) and not table.reads("badges", ("",))


def test_saying_nothing_shows_something_and_so_does_a_phone_that_begins_with_a_capital() -> None:
    assert table.reads("badges", ()) and table.reads("badges-admin", ())
    assert table.reads("badges", ("List", "x")) and table.reads("badges", ("SETTINGS",)) and not table.reads("badges", ("Claim", "x"))


def test_forms_ask_for_what_commands_take() -> None:
    for (name, verb), asked in table.FORMS.items():
        entry = LAURELS[name][verb]
        assert entry.every or {field.key for field in asked if field.key} <= set(entry.options)
        assert len({field.name for field in asked}) == len(asked)


def test_a_form_is_asked_for_where_nothing_is_said() -> None:
    assert [field.name for field in table.asks("badges", ("nominate",))] == ["badge", "person", "level", "reason"]
    assert table.asks("badges", ("nominate", "kind")) == () and table.asks("badges", ("list",)) == () and table.asks("badges", ()) == ()
    assert table.asks("badges-admin", ("edit", "kind", "soul")) and not table.asks("badges-admin", ("edit", "kind", "name=x"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_forms_are_within_the_limits(language: str) -> None:
    for _, verb in table.FORMS:
        title = {"type": "plain_text", "text": say(language, f"title.{verb}")}
        button = {"type": "plain_text", "text": say(language, "title.submit")}
        blocks = [field.block(language) for asked in table.FORMS.values() for field in asked]
        unique = list({block["block_id"]: block for block in [*blocks, Field("place", "place").block(language)]}.values())
        block_kit.check_view({"type": "modal", "title": title, "submit": button, "close": button, "blocks": unique})


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_complete_and_short_enough(language: str) -> None:
    its, english = texts(language), texts("en")
    assert its.keys() == english.keys()
    most = {"title": 24, "form": 2000, "placeholder": 150, "home": 75, "said": 2000}
    assert [key for key, text in its.items() if not 0 < len(text) <= most[key.partition(".")[0]]] == []
    assert all(re.findall(r"{\w+}", its[key]) == re.findall(r"{\w+}", english[key]) for key in its)


@pytest.mark.parametrize("text", ['"quoted"', '"open', 'all "in" it', "level=2", "“so”", "a  b", "two\nlines"])
def test_what_was_written_arrives_as_it_was(text: str) -> None:
    typed = Field("reason", key="reason").typed([text], {})
    assert options(phrases(["nominate", "kind", *typed])[1:], ("level", "reason")) == (["kind"], {"reason": text})


def test_what_was_not_given_is_not_typed() -> None:
    assert (
        Field("reason", key="reason").typed([" "], {})
        == Field("rule", "rule").typed([], {})
        == Field("place", "place").typed(["C1"], {})
        == []
    )
    assert Field("people", "people").typed(["U1", "U2"], {"U1": "slack:T/U1", "U2": "slack:T/U2"}) == ["slack:T/U1", "slack:T/U2"]


def test_a_rule_is_read_line_by_line() -> None:
    assert rule("on = message.posted\nwhere: event.data.length > 3\n\nnonsense") == [
        ("on", "message.posted"), ("where", "event.data.length > 3"),
    ]  # fmt: skip
    assert Field("rule", "rule").typed(["within=7d; image="], {}) == ["within=7d", "image="]


def test_what_was_filled_in_is_found() -> None:
    values = {
        "badge": {"badge": {"type": "external_select", "selected_option": {"value": "kind"}}},
        "person": {"person": {"type": "users_select", "selected_user": "U1"}},
        "people": {"people": {"type": "multi_users_select", "selected_users": ["U1", "U2"]}},
        "level": {"level": {"type": "plain_text_input", "value": None}},
        "reason": {"reason": {"type": "plain_text_input", "value": "so"}},
    }
    assert fields.given(values) == {"badge": ["kind"], "person": ["U1"], "people": ["U1", "U2"], "level": [], "reason": ["so"]}
