"""What this adapter says itself, by language: titles and labels of forms and of the home tab, and a few sentences."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

ENGLISH: Final = "en"
LANGUAGES: Final = (ENGLISH, "de")


def say(locale: str, key: str, **values: object) -> str:
    """The text of *key* in the language of a locale such as ``de`` or ``en-US``; in English where there is none."""
    return texts(_language(locale))[key].format(**values)


@cache
def texts(language: str) -> Mapping[str, str]:
    """All texts of a language."""
    tables = tomllib.loads(resources.files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{name}.{key}": text for name, table in tables.items() for key, text in table.items()}


def _language(locale: str) -> str:
    primary = locale.replace("_", "-").partition("-")[0].casefold()
    return primary if primary in LANGUAGES else ENGLISH
