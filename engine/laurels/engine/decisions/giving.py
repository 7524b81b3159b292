"""Giving a badge to somebody, whoever decided it: by an award, a nomination, a claim. One way for all of them."""

from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from msgspec import Struct

from ...definition import Definition
from ...filed import HeldAward
from ...model import Account, Result
from ...records import Held, Key, Known
from .decision import Decision

Told: TypeAlias = Callable[[Result], None]


class Gift(Struct, frozen=True):
    """What is given, by whom and why; undoing *cause* takes it back."""

    badge: str
    level: int
    occurrence: str
    cause: str
    giver: str = ""
    note: str = ""
    evidence: tuple[str, ...] = ()


def policy(definition: Definition) -> Literal["highest", "exact", "fill"]:
    """Which levels a gift of one level gives: measured badges fill."""
    return "fill" if definition.thresholds else definition.badge.level_policy


async def give(decision: Decision, gift: Gift, account: Account, told: Told | None = None) -> None:
    """Give it to one account, or hold it for them. What came of it is said, and *told* once it is certain."""
    known = (await decision.know(account))[account.key]
    definition = decision.definition(gift.badge)
    if definition is None:
        _say(decision, known, gift, "INVALID", told, detail="badge-away")
    elif refused := await _refused(decision, definition, gift, known):
        _say(decision, known, gift, refused[0], told, detail=refused[1])
    elif known.account not in await decision.store.acted([known.account]):
        decision.save(*(_waiting(decision, gift, known, level) for level in _levels(definition, gift)))
        decision.community.awaited.add(known.account)
        _say(decision, known, gift, "HELD_FOR", told)
    else:
        grant(decision, definition, gift, known, told)


def grant(decision: Decision, definition: Definition, gift: Gift, known: Known, told: Told | None = None) -> None:
    """Rule that somebody has it; whether a hook objects is known once the awards are concluded."""
    badge = decision.community.badges[definition.slug].id
    keys = [Key(level, gift.occurrence) for level in _levels(definition, gift)]
    for key in keys:
        decision.rule(known, badge, key, "given", gift.badge, cause=gift.cause, giver=gift.giver, note=gift.note, evidence=gift.evidence)

    def settled() -> None:
        veto = next((r for r in decision.round.vetoed if (r.badge, r.person) == (badge, known.person)), None)
        given = decision.stands(definition, known.person, keys)
        result: Result = "AWARDED" if given else "VETOED" if veto else "ALREADY_HELD"
        _say(decision, known, gift, result, told, reason=veto.note if veto and not given else "")

    decision.then(settled)


def _levels(definition: Definition, gift: Gift) -> range:
    return range(1 if policy(definition) == "fill" else gift.level, gift.level + 1)


def _say(decision: Decision, known: Known, gift: Gift, result: Result, told: Told | None, *, detail: str = "", reason: str = "") -> None:
    decision.say(result, known, level=gift.level, badge=gift.badge, occurrence=gift.occurrence, detail=detail, reason=reason)
    if told is not None:
        told(result)


async def _refused(decision: Decision, definition: Definition, gift: Gift, known: Known) -> tuple[Result, str] | None:
    """Why it can't be given: it is there, or more than it, or it waits for them, or it was taken back."""
    held = await decision.store.holdings([decision.community.badge_pair(definition, known.person)])
    rows = {row.key: row for row in held}
    same = rows.get(Key(gift.level, gift.occurrence))
    if await _revoked(decision, definition, gift, known):
        return "INVALID", "award-revoked"
    if same is not None and same.state == "active":
        return "ALREADY_HELD", ""
    if not definition.badge.repeatable and policy(definition) == "highest" and _higher(held, gift.level):
        return "HIGHER_HELD", ""
    if not definition.badge.repeatable and await _waits(decision, gift, known):
        return "ALREADY_HELD", "held-already"
    return None


async def _revoked(decision: Decision, definition: Definition, gift: Gift, known: Known) -> bool:
    rulings = await decision.store.rulings([decision.community.badge_pair(definition, known.person)])
    turns = [r.kind for r in rulings if r.key == Key(gift.level, gift.occurrence) and r.kind in ("revoked", "reinstated")]
    return bool(turns) and turns[-1] == "revoked"


def _higher(held: Sequence[Held], level: int) -> bool:
    return any(row.state == "active" and row.key.level > level for row in held)


async def _waits(decision: Decision, gift: Gift, known: Known) -> bool:
    found = await decision.store.find(
        HeldAward, decision.community.name, account=known.account, badge=gift.badge, level=gift.level, state="held"
    )
    return bool(found)


def _waiting(decision: Decision, gift: Gift, known: Known, level: int) -> HeldAward:
    return HeldAward(
        seq=decision.row.seq, account=known.account, level=level, badge=gift.badge, occurrence=gift.occurrence, cause=gift.cause,
        giver=gift.giver, note=gift.note, evidence=gift.evidence, time=decision.now,
    )  # fmt: skip
