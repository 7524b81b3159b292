"""How somebody shows that another account is theirs: a code given to one, shown by the other, and confirmed by the first."""

import hashlib
from datetime import timedelta
from typing import Final

from msgspec import structs

from ..claims.codes import normalised
from ..engine.decisions.appearing import appear
from ..engine.decisions.decision import Decision
from ..filed import LinkCode
from ..model import Account
from ..records import Known
from .linking import link

LIFE: Final = timedelta(minutes=10)
_LIFE: Final = LIFE // timedelta(microseconds=1)


def digest(code: str) -> str:
    """What is kept of a code, however it was typed."""
    return hashlib.sha256(b"laurels link " + normalised(code).encode()).hexdigest()


async def asked(decision: Decision) -> None:
    """A code is given to whoever asks; one that they were given before is void."""
    asker = await appear(decision)
    earlier = await decision.store.find(LinkCode, decision.community.name, asker=asker.account, state=("given", "shown"))
    decision.save(*(structs.replace(one, state="void") for one in earlier))
    decision.save(
        LinkCode(digest=decision.data["digest"], asker=asker.account, time=decision.now, expires=decision.now + _LIFE),
    )
    decision.say("MADE", asker)


async def shown(decision: Decision) -> None:
    """A code is shown by another account: it is used up. Whoever asked for it has as long again to say that both are theirs."""
    shower, code = await appear(decision), await _code(decision)
    if code is None:
        decision.say("INVALID", shower, detail="link-unknown")
    elif detail := await _refused(decision, code, shower):
        decision.say("INVALID", shower, detail=detail)
    else:
        decision.save(structs.replace(code, shown=shower.account, state="shown", expires=decision.now + _LIFE))
        decision.say("SHOWN", shower, detail="link-shown")


async def answered(decision: Decision) -> None:
    """Whoever asked for the code says whether the account that showed it is theirs."""
    asker, code = await decision.actor(), await _code(decision)
    if code is None or code.asker != asker.account or code.state != "shown":
        decision.say("INVALID", asker, detail="link-nothing")
        return
    account = (await decision.store.accounts([code.shown]))[code.shown]
    other = (await decision.know(account))[account.key]
    if code.expires <= decision.now:
        decision.say("INVALID", other, detail="link-expired")
        return
    decision.save(structs.replace(code, state="used"))
    if decision.data["yes"]:
        await link(decision, asker, other)
    else:
        decision.say("DECLINED", other, detail="link-declined")


async def _code(decision: Decision) -> LinkCode | None:
    return next(iter(await decision.store.find(LinkCode, decision.community.name, digest=decision.data["digest"])), None)


async def _refused(decision: Decision, code: LinkCode, shower: Known) -> str:
    """Why a code can't be shown by this account; empty where it can."""
    if code.asker == shower.account:
        return "link-self"
    if code.state in ("used", "shown"):
        return "link-used"
    if code.state == "void" or code.expires <= decision.now:
        return "link-expired"
    asker: Account = (await decision.store.accounts([code.asker]))[code.asker]
    return "link-same-person" if (await decision.know(asker))[asker.key].person == shower.person else ""
