"""Every command of laurels' is on Discord, within Discord's limits, and means there what it means elsewhere."""

from typing import Any

import pytest

from laurels.commands.leaderboard import PERIODS
from laurels.commands.nominations import DEEDS
from laurels.commands.settings import DEEDS as SETTINGS
from laurels.commands.table import TABLES as LAURELS
from laurels.commands.words import options, phrases
from laurels.steering.steering import MODES
from laurels.texts import catalogue
from laurels_discord.commands.options import Option, rule
from laurels_discord.commands.table import ADMINS, EVERYONE, TABLES, reads
from laurels_discord.commands.texts import LANGUAGES, texts

VERBS = [(name, verb) for name, table in TABLES.items() for verb in table]


def test_no_command_is_forgotten_and_none_made_up() -> None:
    assert {name: list(table) for name, table in TABLES.items()} == {name: list(table) for name, table in LAURELS.items()}


@pytest.mark.parametrize(("name", "verb"), VERBS)
def test_a_command_keeps_within_the_limits(name: str, verb: str) -> None:
    its = TABLES[name][verb]
    assert len(TABLES[name]) <= 25 and len(its.options) <= 25 and len(its.form) <= 5
    assert len({option.name for option in its.options}) == len(its.options)
    assert set(its.form) <= {option.name for option in its.options}
    assert all(len(option.choices) <= 25 for option in its.options)


@pytest.mark.parametrize(("name", "verb"), VERBS)
def test_options_of_laurels_can_be_given(name: str, verb: str) -> None:
    assert {option.key for option in TABLES[name][verb].options if option.key and option.kind != "yes"} >= set(LAURELS[name][verb].options)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_a_command_is_what_help_says(language: str) -> None:
    its, theirs = texts(language), catalogue(language)
    for _, verb in VERBS:
        about = theirs.texts[f"about.{verb}"]
        assert its[f"about.{verb}"] == about or len(about) > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_complete_and_short_enough(language: str) -> None:
    its = texts(language)
    assert its.keys() == texts("en").keys()
    most = {"about": 100, "group": 100, "option": 100, "menu": 32, "form": 45, "said": 2000}
    assert [key for key, text in its.items() if not 0 < len(text) <= most[key.partition(".")[0]]] == []


@pytest.mark.parametrize("name", TABLES)
def test_a_command_has_room_for_all_its_words(name: str) -> None:
    """Discord takes 8,000 characters of names, descriptions and choices; of several languages it counts the longest."""

    def longest(key: str) -> int:
        return max(len(texts(language)[key]) for language in LANGUAGES)

    said = len(name) + longest(f"group.{name}")
    for verb, its in TABLES[name].items():
        said += len(verb) + longest(f"about.{verb}")
        said += sum(len(option.name) + longest(f"option.{option.name}") + 2 * sum(map(len, option.choices)) for option in its.options)
    assert said <= 8000


def test_choices_are_those_that_there_are() -> None:
    def choices(verb: str, option: str, table: Any = EVERYONE) -> set[str]:
        return next(set(its.choices) for its in table[verb].options if its.name == option)

    assert choices("nominations", "deed") == set(DEEDS)
    assert choices("settings", "setting") == set(SETTINGS)
    assert choices("leaderboard", "period") == set(PERIODS) - {"all"}
    assert choices("mode", "mode", ADMINS) == set(MODES)


@pytest.mark.parametrize("text", ['"quoted"', '"open', 'all "in" it', "level=2", "“so”", "a  b"])
def test_what_was_written_arrives_as_it_was(text: str) -> None:
    typed = EVERYONE["nominate"].typed({"badge": "kind", "reason": text})
    plain, found = options(phrases(["nominate", *typed])[1:], ("level", "reason"))
    assert (plain, found) == (["kind"], {"reason": text})


def test_quotes_of_one_option_do_not_reach_into_another() -> None:
    typed = ADMINS["create"].typed({"name": '"Open', "description": 'she said "yes"'})
    assert options(phrases(typed), (), every=True)[1] == {"name": '"Open', "description": 'she said "yes"'}


def test_what_was_not_given_is_not_typed() -> None:
    assert EVERYONE["list"].typed({"search": None, "tag": " ", "mine": False}) == []
    assert EVERYONE["list"].typed({"search": "good first", "tag": "warm", "mine": True}) == ["good", "first", "tag:warm", "mine"]
    assert EVERYONE["link"].typed({"unlink": "github:1"}) == ["unlink", "github:1"]


def test_a_rule_is_read_line_by_line() -> None:
    assert rule("on = message.posted\nwhere: event.data.length > 3\n\nnonsense") == [
        ("on", "message.posted"), ("where", "event.data.length > 3"),
    ]  # fmt: skip
    assert rule("within=7d; image=") == [("within", "7d"), ("image", "")]
    assert Option("rule", "rule").typed("on message.posted") == ["on=message.posted"]


def test_only_what_shows_something_is_asked_again_for_a_page() -> None:
    assert reads("badges", ("list",)) and reads("badges-admin", ("status",))
    assert reads("badges", ("nominations",)) and reads("badges-admin", ("roles",))
    assert not reads("badges-admin", ("create", "x")) and not reads("badges", ("nominations", "accept", "1"))
    assert not reads("badges", ()) and not reads("other", ("list",))
