"""Delivering what waited for somebody: they have appeared."""

from msgspec import structs

from ..filed import HeldAward
from ..records import Key, Known, Row, Ruling
from ..store import Store
from .round import Round


async def deliver(round_: Round, store: Store, known: Known, row: Row) -> None:
    """Make what waits for an account theirs, as of *row*: that is when they win it, and where it is announced."""
    community = round_.community
    for held in await store.find(HeldAward, community.name, account=known.account, state="held"):
        definition = community.registry.definitions.get(held.badge)
        if definition is None:
            continue  # it waits until the badge is back
        badge = community.badges[held.badge].id
        key = Key(held.level, held.occurrence)
        round_.changes.rulings.append((known.account, Ruling(
            held.seq, badge, known.person, key, "given", row.position, held.cause, held.giver, held.note, held.evidence
        )))  # fmt: skip
        touch = round_.touch(definition, known.person)
        touch.decided, touch.place = True, touch.place or round_.place(row)
        round_.changes.saved.append(structs.replace(held, state="delivered"))
