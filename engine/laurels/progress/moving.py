"""Somebody's progress was moved by hand."""

from ..definition import Definition
from ..engine.decisions import MOVED
from ..engine.decisions.awarding import accounts
from ..engine.decisions.decision import Decision
from ..records import Known
from ..tally import Tally


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
    owing = await decision.store.owing({known.person})
    tally = (await decision.store.tallies([pair])).get(pair, Tally())
    if not definition.badge.repeatable and tally.peak >= definition.thresholds[-1][1]:
        decision.say("ALREADY_HELD", known, badge=definition.slug)
        return
    row = decision.row
    decision.round.changes.traced.append((known.account, MOVED, row.time, row.seq, False))
    decision.round.owe(pair, row)
    value = decision.data["amount"] + (0 if decision.data["to"] else tally.value)
    decision.say("MOVED", known, badge=definition.slug, reason="" if pair in owing else f"{value:g}")


def unmovable(definition: Definition | None) -> str:
    """Why nobody can move progress towards a badge; empty where it can be moved."""
    if definition is None:
        return "badge-away"
    if definition.kind == "measured":
        return "progress-counted"
    return "" if definition.thresholds else "progress-none"
