"""One decision while it is applied: what it says, what it touches, what comes of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ...definition import Definition
from ...filed import Asked, Filed
from ...hooks import Hooks
from ...model import Account, Result
from ...records import Key, Known, Row, Ruling
from ...store import Store
from ..community import Community
from ..round import Round
from . import SOURCE


class Decision:
    """Gathers into *round* what a journal entry of people's does; :meth:`settle` says what came of it once the awards are concluded."""

    def __init__(self, round_: Round, store: Store, row: Row, hooks: Hooks) -> None:
        self.round, self.store, self.row, self.hooks = round_, store, row, hooks
        self.present: set[int] = set()  # accounts that were seen acting by this very entry
        self._then: list[Callable[[], None]] = []

    @property
    def community(self) -> Community:
        """Where it was decided."""
        return self.round.community

    @property
    def data(self) -> Mapping[str, Any]:
        """What the entry says."""
        return self.row.event.data

    @property
    def now(self) -> int:
        """When it was decided, in microseconds: not when it is applied, which may be later."""
        return self.row.time

    @property
    def giver(self) -> str:
        """What whoever decided is called; empty for laurels itself, which gives nothing."""
        actor = self.row.event.actor
        return self.called(actor) if actor is not None else ""

    @staticmethod
    def called(giver: Account) -> str:
        """What an award says of who gave it."""
        return (giver.name or giver.key) if giver.platform != SOURCE else ""

    def definition(self, slug: str) -> Definition | None:
        """The badge of this slug, if there is one at the moment."""
        return self.community.registry.definitions.get(slug)

    async def know(self, *accounts: Account) -> Mapping[str, Known]:
        """The ids of accounts, by key."""
        return await self.store.know(self.community.name, accounts)

    async def actor(self) -> Known:
        """The ids of whoever decided."""
        actor = self.row.event.actor or Account(SOURCE, "operator")
        return (await self.know(actor))[actor.key]

    async def badge_id(self, slug: str) -> int | None:
        """The badge's id, also where it is away at the moment: what was decided holds when it returns."""
        if slug in self.community.badges:
            return self.community.badges[slug].id
        _, badges = await self.store.defined(self.community.name)
        return next((badge.id for badge in badges if badge.slug == slug), None)

    def rule(self, known: Known, badge: int, key: Key, kind: str, slug: str, **said: Any) -> None:
        """Put a ruling on an award into the round."""
        self.round.changes.rulings.append((known.account, Ruling(self.row.seq, badge, known.person, key, kind, self.row.position, **said)))
        if (definition := self.definition(slug)) is not None:
            touch = self.round.touch(definition, known.person)
            touch.decided = True
            touch.place = touch.place or self.round.place(self.row)

    def save(self, *records: Filed) -> None:
        """Keep records."""
        self.round.changes.saved += records

    def say(self, result: Result, known: Known | None = None, **said: Any) -> None:
        """Say what came of it, for one account or for none. The last word about an account and level holds."""
        asked = Asked(seq=self.row.seq, account=known.account if known else 0, result=result, **said)
        self.round.changes.saved.append(asked)

    def then(self, callback: Callable[[], None]) -> None:
        """Call back once the awards are concluded, before anything is written."""
        self._then.append(callback)

    def settle(self) -> None:
        """The awards are concluded."""
        for callback in self._then:
            callback()

    def stands(self, definition: Definition, person: int, keys: Sequence[Key]) -> bool:
        """Whether one of these awards was made or came back in this round."""
        badge = self.community.badges[definition.slug].id
        made = {(change.badge, change.person, change.key) for change in self.round.changes.awards if change.state == "active"}
        return any((badge, person, key) in made for key in keys)
