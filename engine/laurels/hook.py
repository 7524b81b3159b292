"""Hooks: code that is asked before something is decided, and told after it was."""

from datetime import datetime

from msgspec import Struct


class Veto(Struct, frozen=True):
    """What a ``will`` hook answers to forbid it. *reason* is shown to whoever asked."""

    reason: str


class AwardNews(Struct, frozen=True, omit_defaults=True):
    """An award that will be or was made or revoked. *by* is who gives or revokes it, empty for what was counted."""

    community: str
    badge: str
    name: str
    level: int
    occurrence: str
    person: str
    accounts: tuple[str, ...]
    time: datetime
    cause: str
    level_name: str = ""
    by: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()


class NominationNews(Struct, frozen=True, omit_defaults=True):
    """A nomination on its way. *by* is who nominates, approves, accepts or rejects, empty where that is automatic; *note* are their words.

    *nominee*, *nominator* and *by* are what people are called; the fields with ``account`` say who they are, as ``platform:id``.
    """

    community: str
    id: int
    badge: str
    name: str
    level: int
    nominee: str
    nominator: str
    by: str
    time: datetime
    reason: str = ""
    note: str = ""
    approvals: int = 0
    needed: int = 1
    nominee_account: str = ""
    nominator_account: str = ""
    by_account: str = ""


class MilestoneNews(Struct, frozen=True, omit_defaults=True):
    """A share of the way to a level was reached: *value* of *goal*."""

    community: str
    badge: str
    name: str
    level: int
    person: str
    accounts: tuple[str, ...]
    share: float
    value: float
    goal: float


class Hook:
    """Subclass it and override what you want to hear; name it in the entry point group ``laurels.hooks``, or define it in a badge pack.

    A ``will`` hook is asked before the decision is written, and answers a :class:`Veto` to forbid it. One that raises, hangs longer than
    *timeout* or answers anything else costs only itself: it is logged and does not forbid anything. It may be asked twice. What is won by
    counting and was vetoed stays vetoed until somebody gives or reinstates it, and the hook is asked again.

    A ``was`` hook is told after the decision is durable, at least once, also after a restart; when it raises it is told again later, a
    few times, then left where ``laurels status`` shows it. It can't change what was decided.
    """

    #: What logs and ``status`` call it; default its class.
    name: str = ""
    #: Seconds that one call may take.
    timeout: float = 5.0

    async def award_will_be_made(self, award: AwardNews) -> Veto | None:
        """Before an award is made, by a person or by counting."""

    async def award_was_made(self, award: AwardNews) -> None:
        """After it was."""

    async def award_will_be_revoked(self, award: AwardNews) -> Veto | None:
        """Before a person takes an award back."""

    async def award_was_revoked(self, award: AwardNews) -> None:
        """After they did."""

    async def nomination_will_be_made(self, nomination: NominationNews) -> Veto | None:
        """Before somebody is nominated."""

    async def nomination_was_made(self, nomination: NominationNews) -> None:
        """After they were."""

    async def nomination_will_be_approved(self, nomination: NominationNews) -> Veto | None:
        """Before an approval counts."""

    async def nomination_was_approved(self, nomination: NominationNews) -> None:
        """After it did; *approvals* of *needed* are there."""

    async def nomination_will_be_accepted(self, nomination: NominationNews) -> Veto | None:
        """Before the nominee's acceptance counts."""

    async def nomination_was_accepted(self, nomination: NominationNews) -> None:
        """After it did."""

    async def nomination_will_be_rejected(self, nomination: NominationNews) -> Veto | None:
        """Before a nomination is rejected; that a nominee declines, or a nominator withdraws it, is not asked about."""

    async def nomination_was_rejected(self, nomination: NominationNews) -> None:
        """After it was rejected, declined or withdrawn."""

    async def milestone_was_reached(self, milestone: MilestoneNews) -> None:
        """After somebody got as far as one of a badge's ``milestones``."""
