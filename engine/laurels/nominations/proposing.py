"""Somebody is nominated, or seconded."""

from typing import TypeAlias

from msgspec import structs

from ..badge import Nominations
from ..definition import Definition
from ..engine.decisions.decision import Decision
from ..engine.decisions.giving import Gift, refusal
from ..filed import Nomination
from ..model import Account, Result
from ..periods import from_micros
from ..records import Known
from ..stores.codec import encode_place
from .case import Case
from .terms import as_of, micros, terms

Refusal: TypeAlias = tuple[Result, str, str]  # with the detail and the reason


async def nominated(decision: Decision) -> None:
    """Somebody is proposed for a badge. Where they are already, by somebody else, that one is seconded."""
    account = Account.parse(decision.data["account"], decision.data["name"], decision.data["bot"])
    nominee = (await decision.know(account))[account.key]
    definition = decision.definition(decision.data["badge"])
    offered = terms(definition.badge) if definition is not None else None
    if definition is None or offered is None:
        _refuse(decision, nominee, ("INVALID", "badge-away" if definition is None else "nominations-closed", ""))
    elif refused := await _refused(decision, definition, offered, nominee):
        _refuse(decision, nominee, refused)
    elif (earlier := await _open(decision, nominee)) is not None:
        await _second(await Case.of(decision, earlier))
    elif refused := await _too_many(decision, offered):
        _refuse(decision, nominee, refused)
    else:
        await _make(decision, offered, nominee)


def _refuse(decision: Decision, nominee: Known, refused: Refusal) -> None:
    result, detail, reason = refused
    decision.say(result, nominee, badge=decision.data["badge"], level=decision.data["level"], detail=detail, reason=reason)


async def _refused(decision: Decision, definition: Definition, offered: Nominations, nominee: Known) -> Refusal | None:
    """Why this person can't be nominated by that one, whatever else was nominated."""
    level = decision.data["level"]
    if not 1 <= level <= len(definition.levels):
        return "INVALID", "level-away", ""
    if not definition.badge.bots and (await decision.store.accounts([nominee.account]))[nominee.account].bot:
        return "INVALID", "nominations-bots", ""
    if not offered.allow_self and (await decision.actor()).person == nominee.person:
        return "INVALID", "nominations-self", ""
    occurrence = str(decision.row.seq) if definition.badge.repeatable else ""
    refused = await refusal(decision, definition, Gift(definition.slug, level, occurrence, ""), nominee)
    return (*refused, "") if refused else None


async def _open(decision: Decision, nominee: Known) -> Nomination | None:
    """The open nomination of this person for this badge and level. Those that have lapsed are marked so."""
    accounts = [id_ for id_, _ in await decision.store.accounts_of(nominee.person)]
    found = await decision.store.find(
        Nomination, decision.community.name, nominee=accounts, badge=decision.data["badge"], level=decision.data["level"], state="open"
    )
    now = [as_of(one, decision.now) for one in found]
    decision.save(*(one for one in now if one.state == "lapsed"))
    return next((one for one in now if one.state == "open"), None)


async def _second(case: Case) -> None:
    spoken = {case.nominator, *case.having("second")}
    if case.actor.person in spoken:
        case.say("INVALID", "nominated-already", str(case.nomination.id))
        return
    data = case.decision.data
    case.speak("second", data["reason"])
    case.change(evidence=tuple(dict.fromkeys((*case.nomination.evidence, *data["evidence"]))))
    case.keep()
    case.say("SECONDED", reason=str(case.nomination.id))


async def _too_many(decision: Decision, offered: Nominations) -> Refusal | None:
    """That this person nominated too often lately, with the time from which they can again."""
    accounts = [id_ for id_, _ in await decision.store.accounts_of((await decision.actor()).person)]
    latest = await decision.store.find(
        Nomination, decision.community.name, order="-time", limit=offered.limit, nominator=accounts, badge=decision.data["badge"]
    )
    if len(latest) < offered.limit or (again := latest[-1].time + micros(offered.within)) <= decision.now:
        return None
    return "INVALID", "nominations-limit", from_micros(again).isoformat()


async def _make(decision: Decision, offered: Nominations, nominee: Known) -> None:
    data, now = decision.data, decision.now
    case = await Case.of(decision, Nomination(
        id=decision.row.seq, badge=data["badge"], level=data["level"], nominee=nominee.account,
        nominator=(await decision.actor()).account, reason=data["reason"], evidence=tuple(data["evidence"]), time=now,
        expires=now + micros(offered.expires), needed=offered.approvals, acceptance=offered.acceptance,
        place=encode_place(decision.row.event.place),
    ))  # fmt: skip
    if await case.objected("nomination_will_be_made", data["reason"]):
        return
    case.tell("nomination_was_made", data["reason"], before=2)
    if case.own:
        case.nomination = structs.replace(case.nomination, accepted=now)  # who proposes themselves says yes
    elif offered.auto_approve:
        await case.approve_automatically()
    await case.proceed("NOMINATED")
