"""The badge: what an author writes."""

import copy
from collections.abc import Awaitable, Mapping
from typing import Any, Literal, Self, TypeAlias

from msgspec import Struct

from .check import Check
from .errors import nearest
from .measures import Measure, Period
from .model import Verdict
from .requirements import Requirement

LevelPolicy: TypeAlias = Literal["highest", "exact", "fill"]
OnChange: TypeAlias = Literal["keep", "regrade", "regrade-up"]


class Level(Struct, frozen=True):
    """One level of a badge; *at* is the value of the measure that reaches it."""

    name: str = ""
    at: float | None = None
    description: str = ""
    image: str = ""


class Nominations(Struct, frozen=True):
    """How people may propose each other for a badge.

    *approvals* of different people who may award it are needed, unless *auto_approve*; then the nominee accepts, unless *acceptance* is
    False. A nomination that nobody closed within *expires* lapses. One person may nominate *limit* times within *within*. *allow_self*
    lets people nominate themselves; nobody ever approves a nomination of their own or of themselves.
    """

    approvals: int = 1
    auto_approve: bool = False
    acceptance: bool = True
    allow_self: bool = False
    expires: str = "30d"
    limit: int = 10
    within: str = "7d"


class Badge:
    """What can be won. Subclass it, or make one with ``Badge(slug=..., ...)``; both are the same to the engine.

    Nothing is checked here: the registry checks every badge when it is built, so that a wrong one costs only itself.
    The engine keeps one instance: keep no state on ``self``.
    """

    #: Immutable name, ``[a-z0-9][a-z0-9-]*``.
    slug: str = ""
    #: Title; default the slug in words.
    name: str = ""
    description: str = ""
    #: File name of an image in the pack, or a URL.
    image: str = ""
    emoji: str = "\N{SPORTS MEDAL}"
    #: Jinja2 text of the announcement, instead of the community's.
    message: str = ""
    tags: tuple[str, ...] = ()
    #: What the badge is worth on a leaderboard, per level.
    points: int = 0
    #: Names, or :class:`Level` with thresholds; empty for a badge with one level.
    levels: tuple[Level | str, ...] = ()
    #: For ``award()``: ``highest`` never awards below what is held, ``exact`` awards just the level returned, ``fill`` those below too.
    level_policy: LevelPolicy = "highest"
    #: May be won again; then there is one level.
    repeatable: bool = False
    #: Event types for ``award()``.
    events: tuple[str, ...] = ()
    #: The main measure; with levels that have ``at``, it decides alone.
    measure: Measure | None = None
    #: Further measures for ``check[measure]``.
    measures: tuple[Measure, ...] = ()
    #: People move its progress by hand; its levels have ``at``, and nothing else decides.
    by_hand: bool = False
    #: Badges that must be held: alone they make a meta-badge; with ``award()``, the code is asked only while they are.
    requires: Requirement | None = None
    #: Evaluated later, by a worker, on the state that ``freeze`` returned.
    deferred: bool = False
    #: Periods (``"week"``, ``"month"``, ...) over which its measure has a leaderboard too, besides the one over all time.
    boards: tuple[Period, ...] = ()
    #: Whether people may be proposed for it, and how; True for the defaults.
    nominations: Nominations | bool | None = None
    #: Shares of the way to each level, such as ``(0.5, 0.75)``, at which hooks are told that somebody got so far.
    milestones: tuple[float, ...] = ()
    #: Whether bots can win it and what bots do counts.
    bots: bool = False
    #: Whether what people do to themselves counts.
    allow_self: bool = False
    #: Survives the retraction of what won it.
    permanent: bool = False
    #: A duration such as ``"365d"`` after which an award no longer counts as held.
    expires: str | None = None
    #: Not listed until won.
    hidden: bool = False
    #: Whether the same events always give the same verdict; say False if ``award()`` asks the outside world.
    deterministic: bool = True
    #: Seconds that one check may take.
    timeout: float = 5.0
    #: Raise it when the rule changes.
    version: int = 1
    #: What a changed rule does to those who hold the badge.
    on_change: OnChange = "keep"

    def __init__(self, **attributes: Any) -> None:
        for name, value in attributes.items():
            if name not in ATTRIBUTES:
                raise TypeError(f"Badge has no attribute {name!r}; {nearest(name, sorted(ATTRIBUTES))}")
            setattr(self, name, value)

    def award(self, check: Check) -> Verdict | Awaitable[Verdict]:
        """Decide about ``check.event``. Plain ``def`` for what only looks at the check; ``async def`` for what reads or waits."""
        return None

    def freeze(self, check: Check) -> Mapping[str, Any]:
        """The JSON-serialisable state that a deferred ``award()`` will decide on; kept, and used again by a regrade.

        Look at ``check.event`` only. A state that depends on numbers can't be had again when an earlier event turns up late; such a badge
        says ``deterministic = False``.
        """
        return {}

    def replace(self, **attributes: Any) -> Self:
        """A copy with other attributes: how operators' overrides are applied."""
        other = copy.copy(self)
        Badge.__init__(other, **attributes)
        return other

    def __repr__(self) -> str:
        return f"<Badge {self.slug or type(self).__name__}>"


#: The names that a badge may set: all public attributes of :class:`Badge` that are not methods.
ATTRIBUTES = frozenset(name for name in Badge.__annotations__ if not name.startswith("_"))
