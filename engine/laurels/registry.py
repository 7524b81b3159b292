"""The badges of one community, indexed by what they listen to. Never changed: a reload builds another."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from .definition import Definition, leaves
from .domain import CLOCK_DAY
from .errors import Problem, UnknownBadge
from .event_type import EventType
from .meter import Meter
from .records import Key
from .tally import Tally


class Listeners(NamedTuple):
    """What an event type concerns: the meters that count it, the badges whose code is asked, the rest of what may have to be refolded."""

    meters: tuple[Meter, ...]
    codes: tuple[Definition, ...]


class Ladder:
    """The thresholds of all badges that follow one number, in order: a step asks only the badges that it may have reached."""

    def __init__(self, definitions: Iterable[Definition]) -> None:
        its = [definition for definition in definitions if definition.thresholds]
        rungs = [(at, definition) for definition in its if not definition.badge.repeatable for _, at in definition.thresholds]
        rungs.sort(key=lambda rung: rung[0])
        self._heights, self._owners = [at for at, _ in rungs], [definition for _, definition in rungs]
        self._repeatable = [definition for definition in its if definition.badge.repeatable]

    def reached(self, before: tuple[float, int], tally: Tally, local: int) -> list[tuple[Definition, list[Key]]]:
        """What the last step of *tally* won, by badge; it stood at *before* (peak, wins)."""
        first, last = bisect_right(self._heights, before[0]), bisect_right(self._heights, tally.peak)
        if first == last and not self._repeatable:
            return []
        asked = dict.fromkeys((*self._owners[first:last], *self._repeatable))
        return [(definition, keys) for definition in asked if (keys := definition.crossings(before, tally, local))]


class Registry:
    """An immutable generation of badges. *problems* names what was left out of it, and why.

    *texts_kept* says whether rules may look at what people write; *taken* are all slugs that somebody uses, also for what was left out.
    """

    def __init__(
        self, definitions: Iterable[Definition], types: Mapping[str, EventType], problems: Sequence[Problem] = (), *,
        texts_kept: bool = False, taken: Iterable[str] = (),
    ) -> None:  # fmt: skip
        self.types, self.problems, self.texts_kept, self.taken = types, tuple(problems), texts_kept, frozenset(taken)
        self.definitions = {definition.slug: definition for definition in ordered(definitions)}
        self.meters: dict[str, Meter] = {}
        self.by_unit: dict[str, list[Definition]] = {}
        self.dependents: dict[str, list[Definition]] = {}
        for definition in self.definitions.values():
            self.by_unit.setdefault(definition.unit, []).append(definition)
            for meter in (*definition.meters.values(), *definition.boards.values()):
                self.meters.setdefault(meter.key, meter)
            for slug in definition.needs:
                self.dependents.setdefault(slug, []).append(definition)
        self.ladders = {unit: Ladder(its) for unit, its in self.by_unit.items()}
        self._listeners: dict[str, Listeners] = {}

    def definition(self, slug: str) -> Definition:
        """The badge with this slug. Raises UnknownBadge with the nearest slugs."""
        found = self.definitions.get(slug)
        if found is None:
            raise UnknownBadge(slug, list(self.definitions))
        return found

    def listeners(self, name: str) -> Listeners:
        """Who listens to events of this type."""
        found = self._listeners.get(name)
        if found is None:
            found = self._listeners[name] = Listeners(
                tuple(meter for meter in self.meters.values() if any(listens(pattern, name) for pattern in meter.types)),
                tuple(d for d in self.definitions.values() if d.code and any(listens(pattern, name) for pattern in d.badge.events)),
            )
        return found

    @property
    def daily(self) -> bool:
        """Whether any badge waits for the day to begin."""
        return any(self.listeners(CLOCK_DAY))


def listens(pattern: str, name: str) -> bool:
    """Whether *pattern*, a type or ``github.*``, takes in the type *name*."""
    return pattern == name or (pattern.endswith("*") and name.startswith(pattern[:-1]))


def ordered(definitions: Iterable[Definition]) -> list[Definition]:
    """Prerequisites before what needs them; otherwise the order of registration. Cycles were refused before."""
    known = {definition.slug: definition for definition in definitions}
    done: dict[str, Definition] = {}

    def visit(definition: Definition) -> None:
        if definition.slug in done:
            return
        for leaf in leaves(definition.requirement) if definition.requirement else ():
            if leaf.slug in known:
                visit(known[leaf.slug])
        done[definition.slug] = definition

    for definition in known.values():
        visit(definition)
    return list(done.values())
