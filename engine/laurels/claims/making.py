"""Codes are made, and withdrawn."""

from msgspec import structs

from ..engine.decisions.decision import Decision
from ..filed import Claim
from ..model import Account
from .usable import fault


async def made(decision: Decision) -> None:
    """Codes come to be, in a batch that is one badge's: who looks after another badge has no business with them."""
    data, maker = decision.data, await decision.actor()
    if detail := await _refused(decision):
        decision.say("INVALID", badge=data["badge"], detail=detail, reason=data["batch"])
        return
    bound = await _bound(decision)
    decision.save(*(
        Claim(
            code=code, batch=data["batch"], badge=data["badge"], level=data["level"], uses=data["uses"], expires=data["expires"],
            bound=bound, note=data["note"], evidence=tuple(data["evidence"]), maker=maker.account, roles=tuple(data["roles"]),
            seq=decision.row.seq, time=decision.now,
        )
        for code in data["codes"]
    ))  # fmt: skip
    decision.say("MADE", badge=data["badge"], level=data["level"], detail="claims", reason=data["batch"])


async def withdrawn(decision: Decision) -> None:
    """Codes that might still be used give nothing any more. What they gave already is undone by their cause, ``claims:BATCH``."""
    data = decision.data
    found = await decision.store.find(Claim, decision.community.name, badge=data["badge"], **data["which"])
    usable = [claim for claim in found if fault(claim, decision.now) in ("", "claim-expired")]
    decision.save(*(structs.replace(claim, state="withdrawn") for claim in usable))
    if usable:
        decision.say("WITHDRAWN", badge=data["badge"], detail="claims", reason=str(len(usable)))
    else:
        faults = sorted({fault(claim, decision.now) for claim in found})
        decision.say("INVALID", badge=data["badge"], detail=faults[-1] if faults else "claim-unknown")


async def _refused(decision: Decision) -> str:
    """Why the codes can't be made as they are wished for."""
    data, name = decision.data, decision.community.name
    definition = decision.definition(data["badge"])
    if definition is None:
        return "badge-away"
    if data["level"] > len(definition.levels):
        return "level-away"
    if any(claim.badge != data["badge"] for claim in await decision.store.find(Claim, name, batch=data["batch"], limit=1)):
        return "claim-batch"
    return "claim-taken" if await decision.store.find(Claim, name, code=data["codes"], limit=1) else ""


async def _bound(decision: Decision) -> int:
    if not decision.data["bound"]:
        return 0
    account = Account.parse(*decision.data["bound"])
    return (await decision.know(account))[account.key].account
