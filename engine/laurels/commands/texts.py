"""How commands call things. Pure."""

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
    return words(next((account.name for account in near if account.name), near[0].id if near else "somebody"))


def title(name: str, level_name: str, level: int) -> str:
    """``Silver Reviewer``, ``Reviewer (level 2)``, ``First Steps``."""
    if not level_name:
        return f"{name} (level {level})" if level > 1 else name
    return level_name if name.casefold() in level_name.casefold() else f"{level_name} {name}"


def level_title(definition: Definition, level: int) -> str:
    """A level of a badge as it is called now."""
    return title(definition.name, definition.level_name(level), level)


def marked(definition: Definition, text: str) -> str:
    """*text* behind the badge's emoji."""
    return f"{definition.badge.emoji} {text}".strip()


def first_sentence(text: str) -> str:
    """As much of a description as a list has room for."""
    return words(_SENTENCE.split(text.strip(), maxsplit=1)[0], NOTE)


def number(value: float) -> str:
    """A measure's value, without decimals where it has none."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}"


def bar(value: float, goal: float) -> str:
    """How far it is, at a glance."""
    full = max(0, min(_BAR, int(_BAR * value / goal))) if goal > 0 else _BAR
    return "▰" * full + "▱" * (_BAR - full)


def day(time: datetime) -> str:
    """A date."""
    return time.date().isoformat()


def plural(count: int, one: str, many: str = "") -> str:
    """``1 badge``, ``2 badges``."""
    return f"{count} {one if count == 1 else many or one + 's'}"
