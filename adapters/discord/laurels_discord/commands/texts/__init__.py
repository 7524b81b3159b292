"""What Discord shows of commands before laurels is asked, and what this adapter says itself, by language."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

import discord
from discord import app_commands

ENGLISH: Final = "en"
LANGUAGES: Final = (ENGLISH, "de")


def say(locale: str, key: str, **values: object) -> str:
    """The text of *key* in the language of a locale such as ``de`` or ``en-US``; in English where there is none."""
    return texts(_language(locale))[key].format(**values)


def shown(key: str) -> app_commands.locale_str:
    """A text that Discord keeps in every language."""
    return app_commands.locale_str(texts(ENGLISH)[key], key=key)


@cache
def texts(language: str) -> Mapping[str, str]:
    """All texts of a language."""
    tables = tomllib.loads(resources.files(__package__).joinpath(f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{name}.{key}": text for name, table in tables.items() for key, text in table.items()}


def _language(locale: str) -> str:
    primary = locale.partition("-")[0].casefold()
    return primary if primary in LANGUAGES else ENGLISH


class Translator(app_commands.Translator):
    """Gives Discord the texts in the languages that there are."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """The text in this language; None where it is English, which Discord has."""
        key, language = string.extras.get("key"), _language(str(locale))
        return texts(language)[key] if key and language != ENGLISH else None
