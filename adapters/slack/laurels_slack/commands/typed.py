"""What somebody typed, as laurels' words: people, channels and links by what they are, everything else as it was. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from ..translate import SOURCE

_REFERENCE: Final = re.compile(r"<([^<>|\s]+)(?:\|([^<>]*))?>")
_USER: Final = re.compile(r"@([UW][A-Z0-9]+)")
_CHANNEL: Final = re.compile(r"#([CGD][A-Z0-9]+)")
_GROUP: Final = re.compile(r"!subteam\^(S[A-Z0-9]+)")
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def named(text: str) -> tuple[str, ...]:
    """The ids of those whom a text names."""
    found = (_USER.fullmatch(reference[1]) for reference in _REFERENCE.finditer(text))
    return tuple(dict.fromkeys(user[1] for user in found if user))


def labelled(text: str) -> dict[str, str]:
    """What the channels and groups that a text names are called, by their words; empty where Slack doesn't say."""
    found = ((reference[1], reference[2] or "") for reference in _REFERENCE.finditer(text))
    return {_meant(what, "", {}): _signed(what, label) for what, label in found if _CHANNEL.fullmatch(what) or _GROUP.fullmatch(what)}


def read(text: str, people: Mapping[str, str]) -> tuple[str, ...]:
    """The words of what Slack sends of a text, with whatever it puts between ``<`` and ``>``; people by the keys of their accounts."""
    told = _REFERENCE.sub(lambda found: _meant(found[1], found[2] or "", people), text)
    for entity, char in _ENTITIES:
        told = told.replace(entity, char)
    return tuple(told.split())


def command(words: Sequence[str], name: str) -> tuple[bool, tuple[str, ...]]:
    """Whether *words* are for administrators, and the words of the command. *name* is what the slash command is called."""
    first, rest = (words[0].casefold().removeprefix("/"), tuple(words[1:])) if words else ("", ())
    if first in (f"{name}-admin", "admin"):
        return True, rest
    return False, rest if first == name else tuple(words)


def _signed(what: str, label: str) -> str:
    sign = "#" if what.startswith("#") else "@"
    return f"{sign}{label.removeprefix(sign)}" if label else ""


def _meant(what: str, label: str, people: Mapping[str, str]) -> str:
    if found := _USER.fullmatch(what):
        return people.get(found[1], f"@{label or found[1]}")
    if found := _CHANNEL.fullmatch(what):
        return f"{SOURCE}:{found[1]}"
    if found := _GROUP.fullmatch(what):
        return f"group:{found[1]}"
    if what.startswith("!"):
        return label or f"@{what[1:].partition('^')[0]}"
    return label if what.startswith(("mailto:", "tel:")) and label else what
