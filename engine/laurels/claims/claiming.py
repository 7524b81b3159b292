"""Codes are used: by who has one, or by bringing it to somebody."""

from msgspec import structs

from ..engine.decisions.appearing import appear
from ..engine.decisions.decision import Decision
from ..engine.decisions.giving import Gift, give
from ..filed import Claim, ClaimUse
from ..model import Account, Actor, Result
from ..records import Key, Known
from .usable import fault


async def claimed(decision: Decision) -> None:
    """Whoever names a code gets what it gives, as a gift of its maker's. A use is spent only where something came of it."""
    known = await appear(decision)
    claim, actor = await _named(decision), decision.row.event.actor
    if claim is None or actor is None:
        decision.say("INVALID", known, detail="claim-unknown")
        return
    detail = fault(claim, decision.now)
    if detail == "claim-used" and (award := await _got(decision, claim, known)) is not None:
        decision.say("ALREADY_HELD", known, badge=claim.badge, level=award.level, occurrence=award.occurrence)
    elif detail := detail or await _barred(decision, claim, known):
        decision.say("INVALID", known, badge=claim.badge, detail=detail)
    else:
        maker = (await decision.store.accounts([claim.maker]))[claim.maker]
        await _use(decision, claim, actor, decision.called(maker))


async def granted(decision: Decision) -> None:
    """A code is brought to somebody, by who may award its badge: it is used as if they had claimed it, or held for them.

    Whom it was bound to does not matter: that is what it is brought away from.
    """
    account = Account.parse(*decision.data["account"])
    claim, known = await _named(decision), (await decision.know(account))[account.key]
    detail = fault(claim, decision.now) if claim is not None else "claim-unknown"
    if claim is None or detail:
        decision.say("INVALID", known, badge=claim.badge if claim else "", detail=detail)
    else:
        await _use(decision, claim, account, decision.giver)


async def _named(decision: Decision) -> Claim | None:
    return next(iter(await decision.store.find(Claim, decision.community.name, code=decision.data["code"])), None)


async def _barred(decision: Decision, claim: Claim, known: Known) -> str:
    """What keeps this person from using a code that works."""
    accounts = await decision.store.accounts({claim.bound, claim.maker})
    bound, maker = accounts.get(claim.bound), accounts.get(claim.maker)
    if claim.bound and (bound is None or (await decision.know(bound))[bound.key].person != known.person):
        return "claim-bound"
    if maker is None or not decision.community.may(Actor(maker, claim.roles), "award", claim.badge):
        return "claim-maker"
    return ""


async def _got(decision: Decision, claim: Claim, known: Known) -> Key | None:
    """The award that stands since this person used the code."""
    definition = decision.definition(claim.badge)
    if definition is None:
        return None
    theirs = [id_ for id_, _ in await decision.store.accounts_of(known.person)]
    uses = await decision.store.find(ClaimUse, decision.community.name, code=claim.code, account=theirs)
    occurrences = {row.event.id for row in await decision.store.entries([use.seq for use in uses])} if definition.badge.repeatable else {""}
    keys = {Key(claim.level, occurrence) for occurrence in occurrences} if uses else set()
    held = await decision.store.holdings([decision.community.badge_pair(definition, known.person)])
    return next((row.key for row in reversed(held) if row.state == "active" and row.key in keys), None)


async def _use(decision: Decision, claim: Claim, account: Account, giver: str) -> None:
    """Give what the code gives; if that is done or waits for them, a use is spent, in the same transaction."""
    known = (await decision.know(account))[account.key]
    definition = decision.definition(claim.badge)
    occurrence = decision.row.event.id if definition is not None and definition.badge.repeatable else ""
    gift = Gift(claim.badge, claim.level, occurrence, f"claims:{claim.batch}", giver, claim.note, claim.evidence)

    def spend(result: Result) -> None:
        if result in ("AWARDED", "HELD_FOR"):
            decision.save(
                structs.replace(claim, used=claim.used + 1),
                ClaimUse(code=claim.code, account=known.account, seq=decision.row.seq, time=decision.now),
            )

    await give(decision, gift, account, spend)
