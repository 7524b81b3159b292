"""What the announcer says, by language. English is complete; German shows that another can be."""

from collections.abc import Callable
from typing import Final

from msgspec import Struct


class Catalogue(Struct, frozen=True):
    """The texts (Jinja2, see :mod:`laurels.rules.templates`) and the words that they are made of (``str.format``)."""

    won: str
    several: str
    withdrawn: str
    level: str
    times: Callable[[int], str]
    again: Callable[[int], str]
    given: str
    quoted: str

    def text(self, name: str) -> str:
        """The text of this name."""
        return str(getattr(self, name))


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_LIST: Final = "{{ %(awards)s[:10]|join(', ') }}{%% if %(awards)s|length > 10 %%}, …{%% endif %%}"

_ENGLISH: Final = Catalogue(
    won="{{ person }} earned {{ badge }}",
    several="{{ person }} earned {{ badge }} and {{ others|length }} more: " + _LIST % {"awards": "others"},
    withdrawn="{{ person }} no longer holds " + _LIST % {"awards": "awards"},
    level="{name} (level {level})",
    times=lambda number: "twice" if number == 2 else f"{number} times",
    again=lambda number: f"for the {_ordinal(number)} time",
    given="given by {giver}",
    quoted="“{note}”",
)

_GERMAN: Final = Catalogue(
    won="{{ person }} hat {{ badge }} errungen",
    several="{{ person }} hat {{ badge }} errungen und {{ others|length }} weitere: " + _LIST % {"awards": "others"},
    withdrawn="{{ person }} hat nicht mehr: " + _LIST % {"awards": "awards"},
    level="{name} (Stufe {level})",
    times=lambda number: f"{number}-mal",
    again=lambda number: f"zum {number}. Mal",
    given="verliehen von {giver}",
    quoted="„{note}“",
)

LANGUAGES: Final = {"en": _ENGLISH, "de": _GERMAN}


def catalogue(language: str) -> Catalogue:
    """The catalogue of a language such as ``de`` or ``de-AT``; English where there is none."""
    return LANGUAGES.get(language.replace("_", "-").partition("-")[0].casefold(), _ENGLISH)
