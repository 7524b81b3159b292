"""Delivering what waited for somebody: they have appeared."""

from collections.abc import Sequence
from typing import Any

from msgspec import structs

from ..filed import HeldAward
from ..records import Key, Known, Row, Ruling
from ..store import Store
from .round import Round


async def waiting(store: Store, community: str, known: Known, **where: Any) -> Sequence[HeldAward]:
    """What waits for somebody, under any of their accounts."""
    accounts = {known.account, *(id_ for id_, _ in await store.accounts_of(known.person))}
    return await store.find(HeldAward, community, account=accounts, state="held", **where)


async def deliver(round_: Round, store: Store, known: Known, row: Row) -> bool:
    """Make what waits for somebody theirs, as of *row*: that is when they win it, and where it is announced. Whether anything waited."""
    found = await waiting(store, round_.community.name, known)
    for held in found:
        _hand_over(round_, held, known.person, row)
    return bool(found)


def _hand_over(round_: Round, held: HeldAward, person: int, row: Row) -> None:
    community = round_.community
    definition = community.registry.definitions.get(held.badge)
    if definition is None or held.level > len(definition.levels):
        return  # it waits until the badge is back
    position = max(row.position, (held.time, row.event.id))  # what is told late was there before, what was given was not
    round_.changes.rulings.append((held.account, Ruling(
        held.seq, community.badges[held.badge].id, person, Key(held.level, held.occurrence), "given", position, held.cause, held.giver,
        held.note, held.evidence,
    )))  # fmt: skip
    touch = round_.touch(definition, person)
    touch.decided, touch.place = True, touch.place or round_.place(row)
    round_.changes.saved.append(structs.replace(held, state="delivered"))
