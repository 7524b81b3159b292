"""From lines of the outbox to the awards that a text names. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from ..model import Account, Place, Won
from ..outbox import Line
from ..rules.templates import Spoken
from ..texts import Catalogue
from .harmless import NOTE, words

_PERIOD: Final = re.compile(r"\d{4}(-W\d\d|-\d\d(-\d\d(T\d\d)?)?)")  # what `per` makes of an occurrence, but for plain years
_ORDINAL: Final = re.compile(r"[1-9]\d{0,5}")


class Described(NamedTuple):
    """How a badge's level is called and looks now. *counted*: it may be won again, and its occurrences are ordinals."""

    name: str
    level_name: str = ""
    description: str = ""
    emoji: str = ""
    image: str = ""
    message: str = ""
    counted: bool = False


Describe = Callable[[str, str, int], Described | None]


class Named(NamedTuple):
    """One award that a text names: for the template, for the adapter, and the badge's own template."""

    spoken: Spoken
    won: Won
    message: str


def name_awards(
    lines: Iterable[Line], describe: Callable[[str, int], Described | None], its: Catalogue, place: Place | None = None
) -> list[Named]:
    """The awards to name: of each badge the highest level, occurrences of one giver together; the highest first, then as they were won.

    Where what they were won for can be seen by whoever reads of it at *place*, they lead there.
    """
    groups: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        key = (line.badge, line.giver, line.note) if line.occurrence else (line.badge,)
        groups.setdefault(key, []).append(line)
    heads = [(max(group, key=lambda line: line.level), group) for group in groups.values()]
    heads.sort(key=lambda head: (-head[0].level, head[0].time, head[0].award))
    return [_named(head, group, describe(head.badge, head.level), its, place) for head, group in heads]


def _named(head: Line, group: Sequence[Line], described: Described | None, its: Catalogue, place: Place | None) -> Named:
    now = described or Described(head.name, head.level_name)
    name, level_name = words(now.name or head.name), words(now.level_name or head.level_name)
    note, giver = words(head.note, NOTE), words(head.giver)
    description = words(now.description, NOTE)
    times = len({line.occurrence for line in group}) if head.occurrence else 1
    full = _with_giver(its.title(name, level_name, head.level) + _repeated(head.occurrence, times, now.counted, its), giver, note, its)
    spoken = Spoken(full, head.badge, name, head.level, level_name, head.occurrence, times, description, now.emoji, note, giver)
    won = Won(
        head.award, head.badge, name, head.level, level_name, head.occurrence, description, now.emoji, now.image, note, giver,
        _link(head.origin, place),
    )  # fmt: skip
    return Named(spoken, won, now.message)


def _link(origin: Place | None, place: Place | None) -> str:
    """Where it was won, unless that is hidden from some who read this."""
    if origin is None or (origin.private and not (place and (place.channel, place.thread) == (origin.channel, origin.thread))):
        return ""
    return origin.url


def _repeated(occurrence: str, times: int, counted: bool, its: Catalogue) -> str:
    if times > 1:
        return f" {its.count(times, 'often')}"
    if counted and _ORDINAL.fullmatch(occurrence):
        return f" {its.say('award.again', n=int(occurrence))}" if occurrence != "1" else ""
    return f" ({occurrence})" if _PERIOD.fullmatch(occurrence) else ""


def _with_giver(title: str, giver: str, note: str, its: Catalogue) -> str:
    said = [its.say("award.given", giver=giver)] if giver else []
    said += [its.say("award.quoted", note=note)] if note else []
    return f"{title} ({': '.join(said)})" if said else title


def who(accounts: Sequence[Account], place: Place) -> tuple[str, str]:
    """What the winner is called at *place*, and their account there; empty where they have none."""
    here = [account for account in accounts if account.platform == place.platform and account.realm in ("", place.realm)]
    near = [*here, *(account for account in accounts if account.platform == place.platform), *accounts]
    name = next((account.name for account in near if account.name), near[0].id if near else "?")
    return words(name), here[0].key if here else ""
