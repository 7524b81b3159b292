"""Undone, regraded, redefined."""

from msgspec import structs

from ...filed import HeldAward
from ...records import AwardChange
from .decision import Decision


async def undone(decision: Decision) -> None:
    """Withdraw all that one cause gave up to now; what else supports an award is asked for again."""
    round_, store, cause = decision.round, decision.store, decision.data["cause"]
    round_.community.undone.add(cause)
    round_.changes.undone.append((decision.row.seq, cause, decision.row.position))
    for held in await store.caused(round_.community.name, cause):
        slug = round_.community.slugs.get(held.badge)
        if slug is None:
            if held.state in ("active", "revoked"):
                round_.changes.awards.append(
                    AwardChange(held.badge, held.person, held.key, "withdrawn", held.cause, held.position, id=held.id)
                )
            continue
        pair = round_.community.pair(round_.community.registry.definitions[slug], held.person)
        round_.owe(pair)
        round_.changes.due[pair].silent = True
    waiting = await store.find(HeldAward, round_.community.name, state="held")
    decision.save(*(structs.replace(one, state="withdrawn") for one in waiting if one.cause == cause))
    decision.say("UNDONE")


async def regraded(decision: Decision) -> None:
    """Everybody's pairs of a badge become due, silently."""
    community = decision.community
    definition = decision.definition(decision.data["badge"])
    if definition is not None:
        await decision.store.enroll(community.name, community.units[definition.unit].id, silent=True, whole=True)


async def redefined(decision: Decision) -> None:
    """A badge's rule changed; where it says so, everybody is folded again, silently. Otherwise what they hold is a fact."""
    definition = decision.definition(decision.data["badge"])
    if definition is not None and definition.badge.on_change != "keep":
        await regraded(decision)
