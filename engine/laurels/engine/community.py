"""One community in the engine: its registry, with the ids that the store gave to units and badges."""

from collections.abc import Callable, Collection, Iterable, Mapping

from ..claims.guesses import Guesses
from ..definition import Definition
from ..domain import CLOCK_DAY
from ..event_type import EventType
from ..filed import Forgotten, HeldAward, Link
from ..meter import Meter
from ..model import Account, Actor, Event
from ..policy import Deed
from ..records import EVERYONE, SOMEBODY, BadgeRow, BadgeSpec, Key, Known, Pair, UnitRow
from ..registry import Registry, listens
from ..store import Store
from ..stores.codec import encode
from ..tally import Tally


class Community:
    """A generation of one community's badges. A reload makes another and leaves this one to what is under way."""

    def __init__(self, name: str, registry: Registry, units: Iterable[UnitRow], badges: Iterable[BadgeRow]) -> None:
        self.name, self.registry = name, registry
        self.units = {unit.key: unit for unit in units if unit.key in registry.by_unit or unit.key in registry.meters}
        self.unit_keys = {unit.id: unit.key for unit in self.units.values()}
        self.badges = {badge.slug: badge for badge in badges if badge.slug in registry.definitions}
        self.changed = {badge.slug: badge.changed for badge in self.badges.values() if badge.changed}
        self.slugs = {badge.id: slug for slug, badge in self.badges.items()}
        self.reads = {unit.key: set(unit.reads) for unit in self.units.values()}
        self.firsts: dict[int, int] = {}
        self._unsettled: dict[int, tuple[list[Definition], list[Definition]]] = {}
        self.awaited: set[int] = set()  # accounts and persons that an award may wait for
        self.linked: set[int] = set()  # persons that may have several accounts
        self.guesses = Guesses()
        self.may: Callable[[Actor, Deed, str], bool] = _anybody_may
        self.marked = {
            self.units[key].id: found for key, its in registry.by_unit.items()
            if key in self.units and (found := [definition for definition in its if definition.badge.milestones])
        }  # fmt: skip
        self.passed: dict[tuple[str, int], int] = {}  # by badge and person, the last milestone that was noted
        self.gone: set[int] = set()  # persons who were forgotten: they win nothing
        self.begun = 0  # the time of the newest day that was counted
        self.undone: set[str] = set()  # causes: where there is one, it matters when something was won
        self._fields: dict[str, tuple[str, ...]] = {}

    @classmethod
    async def load(cls, name: str, registry: Registry, store: Store) -> "Community":
        """Make the registry known to the store."""
        units = dict.fromkeys((*registry.meters, *registry.by_unit))
        specs = [
            BadgeSpec(d.slug, d.cause, d.name, encode([level.name for level in d.levels])) for d in registry.definitions.values()
        ]  # fmt: skip
        before = {unit.key for unit in (await store.defined(name))[0]}
        made = cls(name, registry, *await store.define(name, list(units), specs))
        await made._build(store, before)
        waiting = await store.accounts({held.account for held in await store.find(HeldAward, name, state="held")})
        made.awaited = {id_ for known in (await store.know(name, waiting.values())).values() for id_ in known}
        linked = await store.accounts({account for link in await store.find(Link, name) for account in (link.account, link.other)})
        made.linked = {known.person for known in (await store.know(name, linked.values())).values()}
        made.gone = {one.account for one in await store.find(Forgotten, name)}
        made.undone = set(await store.undone(name))
        if made.daily:
            everyone = (await store.know(name, [EVERYONE]))[EVERYONE.key].person
            made.begun = max((row.time for row in await store.history(everyone, [CLOCK_DAY], own=False)), default=0)
        return made

    async def _build(self, store: Store, before: Collection[str]) -> None:
        """Have what leaderboards count, and nobody counted before, counted for everybody from the journal: nobody is awarded for it."""
        for definition in self.registry.definitions.values():
            for meter in definition.boards.values():
                unit = self.units[meter.key]
                if meter.key not in before and unit.since:
                    await store.enroll(self.name, unit.id, silent=True, whole=True)

    @classmethod
    async def look(cls, name: str, registry: Registry, store: Store) -> "Community":
        """The registry with what the store knows of it already, for who may not write: what it doesn't know gets ids that nothing has."""
        units, badges = await store.defined(name)
        known = {unit.key for unit in units} | {badge.slug for badge in badges}
        keys = [key for key in dict.fromkeys((*registry.meters, *registry.by_unit)) if key not in known]
        slugs = [slug for slug in registry.definitions if slug not in known]
        new_units = [UnitRow(-number, key, 0, ()) for number, key in enumerate(keys, 1)]
        new_badges = [BadgeRow(-number, slug, False, "") for number, slug in enumerate(slugs, 1)]
        made = cls(name, registry, [*units, *new_units], [*badges, *new_badges])
        made.gone = {one.account for one in await store.find(Forgotten, name)}
        return made

    def follow(self, before: "Community") -> None:
        """Take over what the generation *before* this one knows, and may still learn from what is under way."""
        before.awaited |= self.awaited
        before.linked |= self.linked
        self.gone |= before.gone
        before.undone |= self.undone
        self.awaited, self.linked, self.undone, self.guesses = before.awaited, before.linked, before.undone, before.guesses

    def pair(self, definition: Definition, person: int) -> Pair:
        """The (unit, person) pair that a badge is folded in."""
        return Pair(self.units[definition.unit].id, person)

    def badge_pair(self, definition: Definition, person: int) -> Pair:
        """The (badge, person) pair that its awards hang on."""
        return Pair(self.badges[definition.slug].id, person)

    def definitions(self, unit: int) -> list[Definition]:
        """The badges that rest on a unit."""
        return self.registry.by_unit.get(self.unit_keys.get(unit, ""), [])

    def unsettled(self, unit: int) -> tuple[list[Definition], list[Definition]]:
        """Of the badges that rest on a unit, and of the metas that rest on these, those whose past is taken in person by person."""
        found = self._unsettled.get(unit)
        if found is None:
            own = self.definitions(unit)
            metas: dict[str, Definition] = {}
            waiting = list(own)
            while waiting:
                dependents = self.registry.dependents.get(waiting.pop().slug, ())
                waiting += [d for d in dependents if d.slug not in metas]
                metas.update({d.slug: d for d in dependents})
            new = [[d for d in its if not self.badges[d.slug].settled] for its in (own, metas.values())]
            found = self._unsettled[unit] = (new[0], [d for d in new[1] if d.kind == "meta"])
        return found

    def meter(self, unit: int) -> Meter | None:
        """The unit's meter, where it is a measure."""
        return self.registry.meters.get(self.unit_keys.get(unit, ""))

    def leading(self, meter: Meter) -> list[Definition]:
        """The measured badges that follow a meter."""
        return self.registry.by_unit.get(meter.key, [])

    def reached(self, meter: Meter, before: tuple[float, int], tally: Tally, local: int) -> list[tuple[Definition, list[Key]]]:
        """What a step of the meter's tally won, by badge; see :meth:`laurels.registry.Ladder.reached`."""
        ladder = self.registry.ladders.get(meter.key)
        return ladder.reached(before, tally, local) if ladder is not None else []

    def readers(self, type_: str) -> list[Definition]:
        """Badges whose code was seen to read events of a type, though it doesn't listen to it."""
        return [
            definition for key, types in self.reads.items() if types and any(listens(pattern, type_) for pattern in types)
            for definition in self.registry.by_unit.get(key, ())
        ]  # fmt: skip

    def cast(self, event: Event) -> dict[str, Account]:
        """Every account in an event, by key: actor, others, and those that its declared fields name."""
        found = {account.key: account for account in event.others} if event.others else {}
        for name in self._account_fields(event.type):
            value = event.data.get(name)
            for key in value if isinstance(value, list | tuple) else (value,):
                if isinstance(key, str) and key and key not in found and (account := _parsed(key)):
                    found[key] = account
        actor = EVERYONE if event.type == CLOCK_DAY else event.actor
        if actor is not None:
            found[actor.key] = actor
        found.pop(SOMEBODY.key, None)
        return found

    def _account_fields(self, type_: str) -> tuple[str, ...]:
        fields = self._fields.get(type_)
        if fields is None:
            kind = self.registry.types.get(type_) or EventType(type_)
            fields = self._fields[type_] = tuple(name for name, of in kind.fields.items() if of in (Account, list[Account]))
        return fields

    def first_seen(self, known: Mapping[str, Known], rows: Collection[tuple[str, int]]) -> dict[int, int]:
        """By account id, the times that are earlier than what was known of when they were first seen."""
        firsts: dict[int, int] = {}
        for key, time in rows:
            account = known[key].account
            if time < self.firsts.get(account, 2**62):
                self.firsts[account] = firsts[account] = time
        return firsts

    def unsee(self, account: int, time: int) -> bool:
        """What an account was seen by at *time* is gone. Whether it may have been the first, so that it is not known now when that was."""
        if time > self.firsts.get(account, 2**62):
            return False
        self.firsts.pop(account, None)
        return True

    @property
    def daily(self) -> list[Definition]:
        """The badges whose code is asked every day."""
        return list(self.registry.listeners(CLOCK_DAY).codes)


def _anybody_may(_: Actor, __: Deed, ___: str) -> bool:
    return True


def _parsed(key: str) -> Account | None:
    try:
        return Account.parse(key)
    except ValueError:
        return None
