"""Giving a badge to somebody, whoever decided it: by an award, a nomination, a claim. One way for all of them."""

from collections.abc import Callable, Iterable
from typing import Literal, TypeAlias

from msgspec import Struct

from ...definition import Definition
from ...filed import HeldAward
from ...model import Account, Result
from ...records import Key, Known
from ..delivery import waiting
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
    elif not 1 <= gift.level <= len(definition.levels):
        _say(decision, known, gift, "INVALID", told, detail="level-away")
    elif refused := await _refused(decision, definition, gift, known):
        _say(decision, known, gift, refused[0], told, detail=refused[1])
    elif known.account in decision.present or await decision.store.acted([known.account]):
        grant(decision, definition, gift, known, told)
    elif waits := await _waits(decision, definition, gift, known):
        _say(decision, known, gift, waits, told, detail="held-already")
    else:
        decision.save(*(_waiting(decision, gift, known, level) for level in _levels(definition, gift)))
        decision.community.awaited.update(known)
        _say(decision, known, gift, "HELD_FOR", told)


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


async def refusal(decision: Decision, definition: Definition, gift: Gift, known: Known) -> tuple[Result, str] | None:
    """Why nothing would come of a gift as things stand, if so; for who asks before anything is given."""
    waits = await _waits(decision, definition, gift, known)
    return await _refused(decision, definition, gift, known) or ((waits, "held-already") if waits else None)


async def _refused(decision: Decision, definition: Definition, gift: Gift, known: Known) -> tuple[Result, str] | None:
    """Why it can't be given: it is there, or more than it, or it was taken back."""
    if await _revoked(decision, definition, gift, known):
        return "INVALID", "award-revoked"
    pair = decision.community.badge_pair(definition, known.person)
    there = {row.key for row in await decision.store.holdings([pair]) if row.state == "active"}
    there |= {r.key for _, r in decision.round.changes.rulings if r.kind == "given" and (r.badge, r.person) == pair}  # just now
    if Key(gift.level, gift.occurrence) in there:
        return "ALREADY_HELD", ""
    return ("HIGHER_HELD", "") if _higher(definition, gift, (key.level for key in there)) else None


async def _revoked(decision: Decision, definition: Definition, gift: Gift, known: Known) -> bool:
    rulings = await decision.store.rulings([decision.community.badge_pair(definition, known.person)])
    turns = [r.kind for r in rulings if r.key == Key(gift.level, gift.occurrence) and r.kind in ("revoked", "reinstated")]
    return bool(turns) and turns[-1] == "revoked"


def _higher(definition: Definition, gift: Gift, levels: Iterable[int]) -> bool:
    return not definition.badge.repeatable and policy(definition) == "highest" and any(level > gift.level for level in levels)


async def _waits(decision: Decision, definition: Definition, gift: Gift, known: Known) -> Result | None:
    """What to say where a badge that is won once waits for them already, or a higher level of it."""
    if definition.badge.repeatable:
        return None
    earlier = await waiting(decision.store, decision.community.name, known, badge=gift.badge)
    now = [one for one in decision.round.changes.saved if isinstance(one, HeldAward) and one.badge == gift.badge]
    theirs = {id_ for id_, _ in await decision.store.accounts_of(known.person)}
    levels = {one.level for one in earlier} | {one.level for one in now if one.account in theirs}
    if gift.level in levels:
        return "ALREADY_HELD"
    return "HIGHER_HELD" if _higher(definition, gift, levels) else None


def _waiting(decision: Decision, gift: Gift, known: Known, level: int) -> HeldAward:
    return HeldAward(
        seq=decision.row.seq, account=known.account, level=level, badge=gift.badge, occurrence=gift.occurrence, cause=gift.cause,
        giver=gift.giver, note=gift.note, evidence=gift.evidence, time=decision.now,
    )  # fmt: skip
