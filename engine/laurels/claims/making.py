"""Codes are made, and withdrawn."""

from msgspec import structs

from ..engine.decisions.decision import Decision
from ..filed import Claim
from .usable import fault


async def made(decision: Decision) -> None:
    """Codes come to be, in a batch that is one badge's: who looks after another badge has no business with them."""
    data, maker = decision.data, await decision.actor()
    bound = (await decision.store.know(decision.community.name, [_account(data)]))[data["bound"][0]].account if data["bound"] else 0
    if detail := await _refused(decision):
        decision.say("INVALID", badge=data["badge"], detail=detail, reason=data["batch"])
        return
    decision.save(*(
        Claim(
            code=code, batch=data["batch"], badge=data["badge"], level=data["level"], uses=data["uses"], expires=data["expires"],
            bound=bound, note=data["note"], evidence=tuple(data["evidence"]), maker=maker.account, roles=tuple(data["roles"]),
            seq=decision.row.seq, time=decision.now,
        )
        for code in data["codes"]
    ))  # fmt: skip
    decision.say("MADE", badge=data["badge"], level=data["level"], reason=data["batch"])


async def withdrawn(decision: Decision) -> None:
    """Codes that still work, give nothing any more. What they gave stays, see ``claims:BATCH`` for undoing that."""
    data = decision.data
    found = await decision.store.find(Claim, decision.community.name, badge=data["badge"], **data["which"])
    working = [claim for claim in found if fault(claim, decision.now) in ("", "claim-expired")]
    if working:
        decision.save(*(structs.replace(claim, state="withdrawn") for claim in working))
        decision.say("WITHDRAWN", badge=data["badge"], detail="claims", reason=str(len(working)))
    else:
        decision.say("INVALID", badge=data["badge"], detail=fault(found[0], decision.now) if found else "claim-unknown")
