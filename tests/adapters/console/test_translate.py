"""What a line of the console means."""

from datetime import UTC, datetime

import pytest

from laurels import Account, Event, Place
from laurels_console.commands import command
from laurels_console.translate import Line, read, translate

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
GENERAL = Place("console", "#general", name="#general")
ANA, BOB, CLEO = (Account("console", name.lower(), name=name) for name in ("Ana", "Bob", "Cleo"))


def line(text: str) -> Line:
    return read(text, "s:1", "#general", "you")


def events(text: str) -> list[Event]:
    return translate(line(text), NOON)


def told(text: str) -> list[tuple[str, str, str]]:
    """Id, type and whom it is about."""
    return [(it.id, it.type, it.data.get("receiver") or it.data.get("answered") or "") for it in events(text)]


def test_a_line_is_a_message_with_all_that_is_known_of_it() -> None:
    assert events("ana: hi @bob, seen @cleo?") == [
        Event(
            "s:1", "console", "message.posted", NOON, ANA,
            {"answered": "", "mentions": ["console:bob", "console:cleo"], "length": 20, "words": 4, "text": "hi @bob, seen @cleo?"},
            GENERAL, (BOB, CLEO),
        )
    ]  # fmt: skip


def test_names_are_called_with_a_capital_and_known_in_any_case() -> None:
    (event,) = events("aNa: hello")
    assert event.actor == ANA
    assert event.actor.name == "ANa"


def test_an_answer_says_whom_it_answers() -> None:
    assert told("ana > bob: sure") == [("s:1", "message.posted", "console:bob")]


@pytest.mark.parametrize("text", ["thanks @bob", "Thank you, @bob!", "thx @bob :)", "many thanks @bob"])
def test_thanks_are_given_beside_the_message(text: str) -> None:
    assert told(f"ana: {text}") == [("s:1", "message.posted", ""), ("s:1:bob", "thanks.given", "console:bob")]


def test_several_are_thanked_in_one_line_each_once() -> None:
    assert [event.data["receiver"] for event in events("ana: thanks @bob, @cleo and @bob")[1:]] == ["console:bob", "console:cleo"]


@pytest.mark.parametrize("text", ["thanks @ana", "thanks bob", "@bob no thanks", "thankless @bob", "mail thanks@bob now"])
def test_what_thanks_nobody_else_is_only_a_message(text: str) -> None:
    assert [event.type for event in events(f"ana: {text}")] == ["message.posted"]


def test_a_reaction_and_taking_it_back_are_states_of_one_thing() -> None:
    (given,), (taken,) = events("ana + bob: 🎉"), events("ana - bob: 🎉")
    assert (given.type, given.data, given.others) == ("reaction.added", {"author": "console:bob", "emoji": "🎉"}, (BOB,))
    assert (given.thing, given.on) == (taken.thing, not taken.on)
    assert events("ana + bob: 👍")[0].thing != given.thing


def test_somebody_joins() -> None:
    (event,) = events("ana joins")
    assert (event.type, event.actor) == ("member.joined", ANA)


@pytest.mark.parametrize(
    ("text", "who", "channel", "said"),
    [
        ("hello", "you", "#general", "hello"),
        ("#lamps ana: hello", "ana", "#lamps", "hello"),
        ("#lamps hello", "you", "#lamps", "hello"),
        ("see https://example.org", "you", "#general", "see https://example.org"),
        ("http://example.org", "you", "#general", "http://example.org"),
        ("ana:no space", "ana", "#general", "no space"),
        ("ana joins us", "you", "#general", "ana joins us"),
        ("", "you", "#general", ""),
        ("\x1b[31mred\0", "you", "#general", "[31mred"),
    ],
)
def test_any_text_is_a_line(text: str, who: str, channel: str, said: str) -> None:
    found = line(text)
    assert (found.who.id, found.place.channel, found.text) == (who, channel, said)


def test_what_begins_with_a_slash_is_a_command() -> None:
    asked = command(line("#lamps ana: /badges show helper"))
    assert asked is not None
    assert (asked.name, asked.words, asked.actor, asked.place.channel) == ("badges", ("show", "helper"), ANA, "#lamps")


@pytest.mark.parametrize("text", ["ana: hello /badges", "ana > bob: /badges", "ana joins", ""])
def test_everything_else_is_talk(text: str) -> None:
    assert command(line(text)) is None


def test_whom_the_settings_name_asks_as_an_administrator() -> None:
    roles = {name: command(line(f"{name}: /badges"), ("You", "eve")) for name in ("you", "Eve", "ana")}
    assert {name: asked.roles for name, asked in roles.items() if asked} == {"you": ("admin",), "Eve": ("admin",), "ana": ()}
