"""What people decided, as journal entries: given, revoked, reinstated, undone, regraded, redefined, linked."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

from ..model import Account
from ..records import AwardChange, Key, Pair, Row, Ruling
from ..store import Store
from .round import Round

PREFIX: Final = "laurels."
SOURCE: Final = "laurels"
AWARDED: Final = "laurels.awarded"
REVOKED: Final = "laurels.revoked"
REINSTATED: Final = "laurels.reinstated"
UNDONE: Final = "laurels.undone"
REGRADE: Final = "laurels.regrade"
REDEFINED: Final = "laurels.redefined"
LINKED: Final = "laurels.linked"

_KINDS: Final = {AWARDED: "given", REVOKED: "revoked", REINSTATED: "reinstated"}


async def take(round_: Round, store: Store, rows: Sequence[Row]) -> None:
    """Put what people decided into the round."""
    for row in rows:
        if row.event.type in _KINDS:
            await _rule(round_, store, row, _KINDS[row.event.type])
        elif (handler := _HANDLERS.get(row.event.type)) is not None:
            await handler(round_, store, row)


async def _rule(round_: Round, store: Store, row: Row, kind: str) -> None:
    data: Mapping[str, Any] = row.event.data
    community = round_.community
    definition = community.registry.definitions.get(data["badge"])
    badge = await _badge_id(round_, store, data["badge"])
    if badge is None:
        return
    account = Account.parse(data["account"], data.get("name", ""))
    known = (await store.know(community.name, [account]))[account.key]
    actor = row.event.actor
    giver = (actor.name or actor.key) if actor is not None and actor.platform != SOURCE else ""  # laurels itself gives nothing
    ruling = Ruling(
        row.seq, badge, known.person, Key(data["level"], data["occurrence"]), kind, row.position, giver, data.get("note", ""),
        tuple(data.get("evidence", ())),
    )  # fmt: skip
    round_.changes.rulings.append((known.account, ruling))
    if definition is not None:
        touch = round_.touch(definition, known.person)
        touch.decided = True
        touch.place = round_.place(row)


async def _badge_id(round_: Round, store: Store, slug: str) -> int | None:
    """The badge's id, also where it is away at the moment: what was decided holds when it returns."""
    if slug in round_.community.badges:
        return round_.community.badges[slug].id
    _, badges = await store.defined(round_.community.name)
    return next((badge.id for badge in badges if badge.slug == slug), None)


async def _undo(round_: Round, store: Store, row: Row) -> None:
    """Withdraw all that one cause gave up to now; what else supports an award is asked for again."""
    cause = row.event.data["cause"]
    round_.changes.undone.append((row.seq, cause, row.position))
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


async def _regrade(round_: Round, store: Store, row: Row) -> None:
    """Everybody's pairs of a badge become due, silently."""
    definition = round_.community.registry.definitions.get(row.event.data["badge"])
    if definition is not None:
        unit = round_.community.units[definition.unit].id
        await store.enroll(round_.community.name, unit, silent=True, whole=True)


async def _redefine(round_: Round, store: Store, row: Row) -> None:
    """A badge's rule changed; where it says so, those who hold it are folded again. Otherwise what they hold is a fact."""
    definition = round_.community.registry.definitions.get(row.event.data["badge"])
    if definition is None or definition.badge.on_change == "keep":
        return
    for held in await store.caused(round_.community.name, row.event.data["before"]):
        pair = round_.community.pair(definition, held.person)
        round_.owe(pair)
        round_.changes.due[pair].silent = True


async def _link(round_: Round, store: Store, row: Row) -> None:
    """An account was proved to belong to a person: everything of theirs is folded again, the twin's awards are merged into it."""
    community = round_.community
    keys = [Account.parse(row.event.data[name]) for name in ("person", "account")]
    known = await store.know(community.name, keys)
    person, other = (known[account.key] for account in keys)
    if person.person == other.person:
        return
    round_.changes.links.append((other.account, person.person))
    for slug, badge in community.badges.items():
        definition = community.registry.definitions[slug]
        round_.owe(community.pair(definition, person.person))
        round_.changes.due[community.pair(definition, person.person)].silent = True
        for held in await store.holdings([Pair(badge.id, other.person)]):
            round_.changes.awards.append(
                AwardChange(held.badge, held.person, held.key, "merged", held.cause, held.position, id=held.id, silent=True)
            )


_HANDLERS: Final[dict[str, Callable[[Round, Store, Row], Awaitable[None]]]] = {
    UNDONE: _undo, REGRADE: _regrade, REDEFINED: _redefine, LINKED: _link,
}  # fmt: skip
