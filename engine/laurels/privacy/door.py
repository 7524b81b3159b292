"""The door before the journal: events of whoever does not want to be tracked, or was forgotten, are not taken."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from msgspec import structs

from ..filed import Shut
from ..model import Event
from ..periods import to_micros
from ..records import SOMEBODY, Row
from ..store import Store
from ..stores.shroud import Shroud
from ..stores.veil import Veil, digest
from .preferences import TRACKING, off

CACHE: Final = 16_384  # hashes of accounts that are remembered


class Closed:
    """What is not taken in one community: nothing of the accounts *off*; of others, by the hash of their key, nothing from some times."""

    def __init__(self, off: Collection[str], shut: Iterable[Shut], secret: str) -> None:
        self.off, self.secret = frozenset(off), secret
        self.shut: dict[str, list[Shut]] = {}
        for one in shut:
            self.shut.setdefault(one.digest, []).append(one)
        self._digest = lru_cache(CACHE)(lambda key: digest(secret, key))

    def __bool__(self) -> bool:
        return bool(self.off or self.shut)

    def refuses(self, key: str, time: datetime) -> bool:
        """Whether nothing of this account's is taken that happened at *time*."""
        if key in self.off:
            return True
        its = self._of(key)
        return bool(its) and any(one.until is None or one.since <= to_micros(time) < one.until for one in its)

    def _of(self, key: str) -> Sequence[Shut]:
        return self.shut.get(self._digest(key), ()) if self.shut else ()

    def admit(self, event: Event) -> Event | None:
        """*event* as it may be taken, without those who are not to be in it; None where it may not."""
        if event.actor is not None and self.refuses(event.actor.key, event.time):
            return None
        return self._without(event) if self._may_name(event) else event

    def _may_name(self, event: Event) -> bool:
        """Whether somebody who is shut out may be in it: most events are plain, and are looked through at once."""
        if any(self.refuses(other.key, event.time) for other in event.others):
            return True
        for value in event.data.values():
            if isinstance(value, str):
                if ":" in value and self.refuses(value, event.time):
                    return True
            elif isinstance(value, list | tuple | Mapping):
                return True
        return False

    def _without(self, event: Event) -> Event:
        veil = Veil(
            lambda key: SOMEBODY if self.refuses(key, event.time) else None, event.actor.platform if event.actor else event.source
        )  # fmt: skip
        data: dict[str, Any] = veil.over(event.data)
        others = tuple(dict.fromkeys(SOMEBODY if self.refuses(other.key, event.time) else other for other in event.others))
        if not veil.found and others == event.others:
            return event
        return self._renamed(structs.replace(event, data=data, others=others), event)

    def _renamed(self, veiled: Event, event: Event) -> Event:
        """Under ids that don't tell of who was forgotten: the same that the journal's entries got then, so that nothing counts twice."""
        forgotten = [other for other in event.others if any(one.forgotten for one in self._of(other.key))]
        if not forgotten:
            return veiled
        shroud = Shroud({a.key: a for a in forgotten}, {a.name for a in forgotten}, lambda text: digest(self.secret, text))
        return structs.replace(veiled, id=shroud.rename(event.id), thing=event.thing and shroud.rename(event.thing))


class Door:
    """What is closed, by community. Where nothing is, *shut* is empty: one look."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.shut: dict[str, Closed] = {}

    async def load(self, community: str) -> None:
        """Look again at what is closed in a community."""
        people = await self.store.people(await off(self.store, community, TRACKING))
        shut = await self.store.find(Shut, community)
        closed = Closed({a.key for accounts in people.values() for a in accounts}, shut, await self.store.seal() if shut else "")
        if closed:
            self.shut[community] = closed
        else:
            self.shut.pop(community, None)

    def admit(self, event: Event) -> Event | None:
        """*event* as it may be taken; None where it may not."""
        closed = self.shut.get(event.community)
        return event if closed is None else closed.admit(event)

    async def sift(self, rows: Sequence[Row]) -> Sequence[Row]:
        """Those of *rows* that may stay, as they may be: the others got in while the door was being shut, or by another process."""
        admitted = [(row, self.admit(row.event)) for row in rows]
        erased = [row for row, event in admitted if event is None]
        changed = [row._replace(event=event) for row, event in admitted if event is not None and event is not row.event]
        gone = {row.seq for row in erased}
        if erased or changed:
            gone |= set(await self.store.sift(erased, changed))
        as_now = {row.seq: row for row in changed}
        return [as_now.get(row.seq, row) for row in rows if row.seq not in gone]
