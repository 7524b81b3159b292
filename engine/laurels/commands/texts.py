"""How commands show things. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime

from ..announcer.harmless import NOTE, words
from ..definition import Definition
from ..model import Account, Place

_SENTENCE = re.compile(r"(?<=[.!?])\s")
_BAR = 10  # cells


def called(accounts: Sequence[Account], place: Place) -> str:
    """What a person is called at *place*, in a form that pings nobody."""
    near = [*(account for account in accounts if account.platform == place.platform), *accounts]
    return words(next((account.name for account in near if account.name), near[0].id if near else "?"))


def marked(definition: Definition, text: str) -> str:
    """*text* behind the badge's emoji."""
    return f"{definition.badge.emoji} {text}".strip()


def first_sentence(text: str) -> str:
    """As much of a description as a list has room for."""
    return words(_SENTENCE.split(text.strip(), maxsplit=1)[0], NOTE)


def bar(value: float, goal: float) -> str:
    """How far it is, at a glance."""
    full = max(0, min(_BAR, int(_BAR * value / goal))) if goal > 0 else _BAR
    return "▰" * full + "▱" * (_BAR - full)


def day(time: datetime) -> str:
    """A date."""
    return time.date().isoformat()
