"""Somebody's progress was moved by hand."""

from ..definition import Definition
from ..engine.case import Case
from ..engine.decisions import MOVED
from ..engine.decisions.awarding import accounts
from ..engine.decisions.decision import Decision
from ..engine.history import History
from ..model import Person
from ..records import Known, Pair
from ..tally import START, Tally


async def moved(decision: Decision) -> None:
    """The move becomes part of the person's fold for this badge, at its place in time; behind the last level there is nothing to move."""
    data = decision.data
    (account,) = accounts(decision)
    known = (await decision.know(account))[account.key]
    definition = decision.definition(data["badge"])
    if detail := unmovable(definition):
        decision.say("INVALID", known, badge=data["badge"], detail=detail)
    elif definition is not None:
        await _move(decision, definition, known)


async def _move(decision: Decision, definition: Definition, known: Known) -> None:
    pair = decision.community.pair(definition, known.person)
    due = pair in await decision.store.owing({known.person})
    tally = await (_folded(decision, definition, pair) if due and not definition.code else _kept(decision, pair))
    if not definition.badge.repeatable and tally.peak >= definition.thresholds[-1][1]:
        decision.say("ALREADY_HELD", known, badge=definition.slug)
        return
    row = decision.row
    decision.round.changes.traced.append((known.account, MOVED, row.time, row.seq, False))
    decision.round.owe(pair, row)
    value = decision.data["amount"] + (0 if decision.data["to"] else tally.value)
    decision.say("MOVED", known, badge=definition.slug, reason="" if due and definition.code else f"{value:g}")


async def _kept(decision: Decision, pair: Pair) -> Tally:
    """The person's tally, as it was folded last."""
    return (await decision.store.tallies([pair])).get(pair, Tally())


async def _folded(decision: Decision, definition: Definition, pair: Pair) -> Tally:
    """The person's tally with the moves that are only due: two at once are to know of each other."""
    store, community = decision.store, decision.community
    person = Person(pair.person, community.name, "")
    case = Case(definition, pair, Tally(), History(store, community.registry, pair.person), person, ids={})
    for row in await store.history(pair.person, [MOVED], own=False):
        if row.event.data["badge"] == definition.slug:
            case.move(row, START)
    return case.tally


def unmovable(definition: Definition | None) -> str:
    """Why nobody can move progress towards a badge; empty where it can be moved."""
    if definition is None:
        return "badge-away"
    if definition.kind == "measured":
        return "progress-counted"
    return "" if definition.thresholds else "progress-none"
