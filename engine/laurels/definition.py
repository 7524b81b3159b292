"""A badge made ready for the engine: checked, numbered, with its rule in the form that the fold needs."""

import hashlib
import inspect
import textwrap
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Literal

import msgspec

from . import durations
from .badge import Badge, Level
from .event_type import EventType
from .loaded import Sourced
from .measures import Measure, Period
from .meter import Meter
from .periods import label
from .records import Key
from .requirements import AtLeast, Held, Requirement, parse
from .tally import Tally, Terms

Kind = Literal["measured", "code", "meta", "given"]
PROGRESS = Terms("progress")


class Definition:
    """What one badge is to the engine. Build it only from a badge that passed validation.

    *kind*: ``measured`` badges follow their meter, ``code`` badges ask ``award()``, ``meta`` badges follow other badges, ``given`` ones
    only people. *unit* is the canonical key of what is folded for it. *cause* is what its awards are given for.
    """

    def __init__(self, badge: Badge, catalog: Mapping[str, EventType], *, text_kept: bool = False, sourced: Sourced | None = None) -> None:
        self.badge, self.slug, self.sourced = badge, badge.slug, sourced or Sourced(badge, type(badge).__qualname__)
        self.name = badge.name or self.slug.rpartition(":")[2].replace("-", " ").capitalize()
        self.levels = tuple(level if isinstance(level, Level) else Level(level) for level in badge.levels) or (Level(),)
        self.thresholds = tuple((number, level.at) for number, level in enumerate(self.levels, 1) if level.at is not None)
        self.code = type(badge).award is not Badge.award
        self.requirement = resolve(badge.requires) if badge.requires is not None else None
        measures = dict.fromkeys(m for m in (badge.measure, *badge.measures) if m is not None)
        self.meters: dict[Measure, Meter] = {m: Meter(m, badge, catalog, text_kept=text_kept) for m in measures}
        self.meter = self.meters[badge.measure] if badge.measure is not None else None
        self.kind: Kind = "code" if self.code else "measured" if self.meter else "meta" if self.requirement else "given"
        self.boards: dict[Period, Meter] = {period: self._board(period, catalog, text_kept=text_kept) for period in badge.boards}
        self.is_async = inspect.iscoroutinefunction(badge.award)
        self.expires = durations.parse(badge.expires) // timedelta(microseconds=1) if badge.expires else 0
        self.fingerprint = _fingerprint(self)
        self.cause = f"badge:{self.slug}@{badge.version}#{self.fingerprint}"
        self.unit = self.meter.key if self.kind == "measured" and self.meter else f"{self.kind}:{self.cause}"
        self.needs = tuple(dict.fromkeys(leaf.slug for leaf in leaves(self.requirement))) if self.requirement else ()

    def _board(self, period: Period, catalog: Mapping[str, EventType], *, text_kept: bool) -> Meter:
        """What its leaderboard over one period counts: the same, from the beginning of each period on."""
        if self.badge.measure is None:
            raise ValueError("a leaderboard over periods needs a measure")
        measure = msgspec.structs.replace(self.badge.measure, per=period)
        return Meter(measure, self.badge.replace(repeatable=False), catalog, text_kept=text_kept)

    @property
    def origin(self) -> str:
        """Where it comes from: ``module.Class`` or a rule file."""
        return self.sourced.origin

    def __repr__(self) -> str:
        return f"<Definition {self.cause}>"

    @property
    def terms(self) -> Terms:
        """The terms of the number that its levels' thresholds are held against."""
        return self.meter.terms if self.kind == "measured" and self.meter else PROGRESS

    def crossings(self, before: tuple[float, int], tally: Tally, local: int) -> list[Key]:
        """What the last step of *tally* won, which stood at *before* (peak, wins)."""
        peak, wins = before
        if not self.badge.repeatable:
            return [Key(level, "") for level, at in self.thresholds if peak < at <= tally.peak]
        if not self.thresholds:
            return []
        at, terms = self.thresholds[0][1], self.terms
        if terms.per:
            return [Key(1, label(terms.per, local))] if tally.before < at <= tally.value else []
        if terms.every:
            return [Key(1, str(n)) for n in range(wins + 1, tally.wins + 1)]
        return [Key(1, str(n)) for n in range(int(peak // at) + 1, int(tally.peak // at) + 1)]

    def image(self, level: int) -> str:
        """The picture of a level, or of the badge (level 0): the path of a file on this machine, or a URL; empty where there is none."""
        image = (self.levels[min(level, len(self.levels)) - 1].image if level else "") or self.badge.image
        if not image or "://" in image:
            return image
        return str(self.sourced.folder / image) if self.sourced.folder is not None else ""

    def level_name(self, level: int) -> str:
        """The level's name, or empty where the badge has one level without a name."""
        return self.levels[level - 1].name if 1 <= level <= len(self.levels) else ""


def resolve(requirement: Requirement) -> Held | AtLeast:
    """The requirement with every ``slug@level`` parsed."""
    if isinstance(requirement, str):
        return parse(requirement)
    if isinstance(requirement, Held):
        return requirement
    return AtLeast(requirement.n, tuple(resolve(part) for part in requirement.of))


def leaves(requirement: Held | AtLeast | Requirement) -> tuple[Held, ...]:
    """Every badge that a resolved requirement names, in order."""
    if isinstance(requirement, AtLeast):
        return tuple(leaf for part in requirement.of for leaf in leaves(part))
    return (requirement,) if isinstance(requirement, Held) else (parse(requirement),)


def _fingerprint(definition: Definition) -> str:
    """A short hash of all that decides who wins: the rule, not its texts."""
    badge = definition.badge
    rule: dict[str, Any] = {
        "meters": sorted(meter.key for meter in definition.meters.values()),
        "main": definition.meter.key if definition.meter else "",
        "thresholds": definition.thresholds,
        "levels": len(definition.levels),
        "requires": repr(definition.requirement),
        "events": sorted(badge.events),
        "flags": [badge.repeatable, badge.bots, badge.allow_self, badge.deferred, badge.permanent],
        "policy": badge.level_policy if definition.code else "",
        "expires": definition.expires,
        "code": [_source(type(badge).award), _source(type(badge).freeze)] if definition.code else [],
    }
    return hashlib.sha256(msgspec.json.encode(rule)).hexdigest()[:8]


def _source(function: Callable[..., Any]) -> str:
    """The function's text; its bytecode where there is no text, which then changes with the Python version."""
    try:
        return textwrap.dedent(inspect.getsource(function)).strip()
    except (OSError, TypeError):
        return function.__code__.co_code.hex()
