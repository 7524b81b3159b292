"""A nomination is approved, accepted, rejected, declined or withdrawn."""

from ..engine.decisions.decision import Decision
from ..filed import Nomination
from ..model import Result
from .case import Case
from .terms import as_of


async def approved(decision: Decision) -> None:
    """Somebody who may award the badge is for it: neither the nominee nor the nominator, and each person once."""
    case = await _opened(decision)
    if case is None:
        return
    note = decision.data["note"]
    if case.actor.person in (case.nominee.person, case.nominator):
        case.say("FORBIDDEN", "approve-own", decision.data["only"])
    elif case.actor.person in case.having("approve") and not case.complete:
        case.say("INVALID", "approved-already")
    else:
        case.speak("approve", note)
        if not await case.objected("nomination_will_be_approved", note):
            case.tell("nomination_was_approved", note)
            await case.proceed("APPROVED")


async def accepted(decision: Decision) -> None:
    """The nominee says yes, before or after the approval; or somebody who may award the badge says it for them."""
    case = await _opened(decision)
    if case is None:
        return
    if case.actor.person != case.nominee.person and not decision.data["may"]:
        case.say("FORBIDDEN", "only", decision.data["only"])
    elif case.nomination.accepted is not None and not case.complete:
        case.say("INVALID", "accepted-already")
    else:
        case.speak("accept")
        case.change(accepted=decision.now)
        if not await case.objected("nomination_will_be_accepted"):
            case.tell("nomination_was_accepted")
            await case.proceed("ACCEPTED")


async def rejected(decision: Decision) -> None:
    """It is over: the nominee declines, the nominator withdraws, or somebody who may award the badge rejects it."""
    case = await _opened(decision, away=True)
    if case is None:
        return
    result, note = _closing(case), decision.data["note"]
    if result == "FORBIDDEN":
        case.say(result, "only", decision.data["only"])
    elif result != "REJECTED" or not await case.objected("nomination_will_be_rejected", note):
        case.change(state=result.lower(), closer=case.actor.account, closed=decision.now, closed_note=note)
        case.tell("nomination_was_rejected", note)
        case.keep()
        case.say(result)


def _closing(case: Case) -> Result:
    if case.actor.person == case.nominee.person:
        return "DECLINED"
    if case.actor.person == case.nominator:
        return "WITHDRAWN"
    return "REJECTED" if case.decision.data["may"] else "FORBIDDEN"


async def _opened(decision: Decision, *, away: bool = False) -> Case | None:
    """The case of the nomination that the entry names, if it is still open; else that is said. *away*: even if its badge is."""
    id_ = decision.data["nomination"]
    found = await decision.store.find(Nomination, decision.community.name, id=id_)
    if not found:
        decision.say("INVALID", detail="nomination-unknown", reason=str(id_))
        return None
    case = await Case.of(decision, as_of(found[0], decision.now))
    if case.nomination.state != "open":
        if case.nomination != found[0]:
            decision.save(case.nomination)
        case.say("INVALID", "nomination-closed", case.nomination.state)
        return None
    if decision.definition(case.nomination.badge) is None and not away:
        case.say("INVALID", "badge-away")
        return None
    return case
