"""One language's texts: ``en.toml`` is complete, and so is every other.

Plain files and ``str.format``: fluent.runtime and gettext were looked at, and would bring Babel's 10 MB, or a build step, for two plurals.
A text names values in braces; behind a colon, how they are told: ``{count:badge}`` counts with the plurals of ``[counted.badge]``,
``{value:number}`` has the language's decimal point, ``{n:ordinal}`` is 1st, 2nd, 3rd.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any, Final

ENGLISH: Final = "en"


class Catalogue(Formatter):
    """The texts of one *language*."""

    def __init__(self, language: str, tables: Mapping[str, Mapping[str, Any]]) -> None:
        self.language = language
        self.marks: Mapping[str, str] = tables["language"]
        self.counted: Mapping[str, Mapping[str, str]] = tables["counted"]
        self.texts = {
            f"{name}.{key}": str(text)
            for name, table in tables.items() if name not in ("language", "counted")
            for key, text in table.items()
        }  # fmt: skip

    def __contains__(self, key: object) -> bool:
        return key in self.texts

    def text(self, key: str) -> str:
        """The text as it is written. Raises KeyError where there is none."""
        return self.texts[key]

    def say(self, key: str, /, **values: object) -> str:
        """The text with *values* filled in."""
        return self.vformat(self.texts[key], (), values)

    def format_field(self, value: Any, format_spec: str) -> str:
        """One value of a text, told as the text asks."""
        if format_spec in self.counted:
            return self.count(value, format_spec)
        match format_spec:
            case "number":
                return self.number(value)
            case "ordinal":
                return _ORDINALS.get(self.language, "{}.".format)(value)
            case _:
                return str(value)

    def number(self, value: float) -> str:
        """A number, without decimals where it has none."""
        plain = f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"
        return plain.translate({ord(","): self.marks["thousands"], ord("."): self.marks["decimal"]})

    def count(self, value: float, noun: str) -> str:
        """``1 badge``, ``2 badges``; a form for just this number goes before the language's plural."""
        forms = self.counted[noun]
        form = forms.get(str(value)) or forms["one" if value == 1 else "other"]
        return form.format(n=self.number(value))

    def listed(self, items: Iterable[str], joint: str = "and") -> str:
        """``a, b and c``."""
        *before, last = list(items) or [""]
        return f"{', '.join(before)} {self.marks[joint]} {last}" if before else last

    def title(self, name: str, level_name: str, level: int) -> str:
        """``Silver Reviewer``, ``Reviewer (level 2)``, ``First Steps``."""
        if not level_name:
            return self.say("award.level", name=name, level=level) if level > 1 else name
        return level_name if name.casefold() in level_name.casefold() else f"{level_name} {name}"


@cache
def languages() -> tuple[str, ...]:
    """The languages that there are texts in."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in resources.files(__package__).iterdir() if file.name.endswith(".toml")))


def catalogue(language: str) -> Catalogue:
    """The catalogue of a language such as ``de`` or ``de-AT``; English where there is none."""
    return _read(primary(language) if primary(language) in languages() else ENGLISH)


def primary(language: str) -> str:
    """``de`` of ``de-AT`` and ``de_CH``."""
    return language.replace("_", "-").partition("-")[0].casefold()


@cache
def _read(language: str) -> Catalogue:
    return Catalogue(language, tomllib.loads(resources.files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8")))


def _english(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_ORDINALS: Final[Mapping[str, Callable[[int], str]]] = {"en": _english}
