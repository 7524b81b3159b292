"""How what was typed is taken apart."""

import pytest

from laurels.commands.errors import Wrong
from laurels.commands.words import options, phrases


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("list lamp", ["list", "lamp"]),
        ('list "good first" lamp', ["list", "good first", "lamp"]),
        ("award „Guter Geist“ @ana", ["award", "Guter Geist", "@ana"]),
        ("x “curly ones” y", ["x", "curly ones", "y"]),
        ('note="two words" rest', ["note=two words", "rest"]),
        ('@"Ana Maria" hi', ["@Ana Maria", "hi"]),
        ('tag:"big one"', ["tag:big one"]),
        ('"one"', ["one"]),
        ('""', [""]),
        ('never "closed at all', ["never", '"closed', "at", "all"]),
        ('5" wide and "so on"', ['5"', "wide", "and", "so on"]),
        ("", []),
    ],
)
def test_what_stands_in_quotes_is_one_word(typed: str, read: list[str]) -> None:
    assert phrases(typed.split()) == read


def test_what_an_adapter_joined_stays_joined() -> None:
    assert phrases(["good first", 'a "quoted', "note=two words"]) == ["good first", 'a "quoted', "note=two words"]


def test_options_are_those_that_the_command_takes() -> None:
    assert options(["@ana", "level=2", "a=b", "https://x.y/?z=1"], ("level", "note")) == (
        ["@ana", "a=b", "https://x.y/?z=1"],
        {"level": "2"},
    )
    assert options(["slug", "name=Good", "x="], (), every=True) == (["slug"], {"name": "Good", "x": ""})


def test_a_misspelt_option_is_no_note() -> None:
    with pytest.raises(Wrong) as wrong:
        options(["lvel=2"], ("level", "note"))
    assert wrong.value.near == ["level"]
