"""Whoever decides something is there."""

from ...records import Known
from ..delivery import deliver
from . import SOURCE
from .decision import Decision


async def appear(decision: Decision) -> Known:
    """Count whoever decided as seen acting: nothing is held for them any more, and what was is theirs. Returns their ids."""
    known, row, round_ = await decision.actor(), decision.row, decision.round
    actor = row.event.actor
    if actor is None or actor.platform == SOURCE:
        return known
    decision.present.add(known.account)
    round_.changes.traced.append((known.account, row.event.type, row.time, row.seq, True))
    firsts = decision.community.first_seen({actor.key: known}, [(actor.key, row.time)])
    round_.changes.firsts.update(firsts)
    for definition in decision.community.daily if any(time <= decision.community.begun for time in firsts.values()) else ():
        round_.owe(decision.community.pair(definition, known.person))
    await deliver(round_, decision.store, known, row)
    return known
