"""Looking at the fold without writing: what a regrade would change, and why somebody has a badge or has it not."""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Sequence
from typing import TypeAlias

from msgspec import Struct

from .definition import Definition
from .engine.community import Community
from .engine.conclude import Conclusion
from .engine.refold import Folded, Refold
from .engine.round import Round
from .engine.standing import Standing, Win, holds
from .engine.suspension import Suspensions
from .engine.watchdog import Watchdog
from .records import AwardChange, Due, Given, Key, Pair, Row
from .requirements import AtLeast, Held
from .store import Store

Met: TypeAlias = Callable[[Held | AtLeast], bool]


class Line(Struct, frozen=True):
    """One requirement of a meta-badge, and whether it is met."""

    text: str
    met: bool


class Explanation(Struct, frozen=True):
    """Why: what stands, by which event; the number, what is next; the events that count (newest last), the requirements."""

    badge: Definition
    person: int
    standing: dict[Key, Standing]
    deciding: dict[Key, Row]
    value: float | None
    goal: float | None
    counted: Sequence[Row]
    needs: Sequence[Line]
    failed: str = ""


class Looker:
    """Folds pairs and concludes on them, and writes nothing."""

    def __init__(self, community: Community, store: Store, watchdog: Watchdog) -> None:
        self.community, self.store = community, store
        self.refold = Refold(community, store, watchdog, Suspensions())

    async def changes(self, definition: Definition, persons: Sequence[int]) -> AsyncIterator[list[AwardChange]]:
        """Person by person, what a regrade of the badge would change, metas that follow from it included."""
        for person in persons:
            round_, _, _ = await self._concluded(definition, person)
            yield round_.changes.awards

    async def why(self, definition: Definition, person: int) -> Explanation:
        """Why the person has the badge, or what is missing."""
        _, conclusion, folded = await self._concluded(definition, person)
        value, goal = _numbers(definition, folded)
        needs: list[Line] = []
        if definition.requirement is not None:
            spans = await self.refold.spans(definition, person)
            now = max((span.start for its in spans.values() for span in its), default=(0, ""))
            needs = _lines(definition.requirement, lambda part: holds(part, spans, now))
        return Explanation(
            definition, person, conclusion.stands.get((definition.slug, person), {}),
            {key: row for (slug, key), row in folded.deciding.items() if slug == definition.slug},
            value, goal, folded.counted, needs, folded.case.failed[1] if folded.case and folded.case.failed else "",
        )  # fmt: skip

    async def _concluded(self, definition: Definition, person: int) -> tuple[Round, Conclusion, Folded]:
        round_ = Round(self.community, 0)
        folded = await self.refold.fold(Due(self.community.pair(definition, person)))
        touch = round_.touch(definition, person, whole=True)
        touch.wins.update(folded.wins.get(definition.slug, {}))
        if folded.case is not None:
            round_.changes.ungiven.add(self.community.pair(definition, person))
            known = await self.store.know(self.community.name, folded.case.accounts)
            round_.changes.given += folded.case.grants(known)
        conclusion = Conclusion(round_, self.store)
        await conclusion.reach()
        return round_, conclusion, folded


class Change(Struct, frozen=True):
    """An award as a regrade would have it, and the state in which it is now: empty where there is none."""

    award: AwardChange
    before: str


class Forecast:
    """What a regrade of one badge would change. Everybody is folded first, then concluded, as a badge's code may give to others."""

    def __init__(self, looker: Looker, definition: Definition) -> None:
        self.looker, self.definition, self.community = looker, definition, looker.community
        #: By person, why their fold can't be finished; nothing would change for them.
        self.failed: dict[int, str] = {}
        self._wins: dict[int, dict[Key, Win]] = {}
        self._given: dict[int, list[Given]] = defaultdict(list)
        self._asked: set[Pair] = set()

    async def fold(self, person: int) -> None:
        """Fold one person's events."""
        pair = self.community.pair(self.definition, person)
        folded = await self.looker.refold.fold(Due(pair))
        if folded.case is not None and folded.case.failed is not None:
            self.failed[person] = folded.case.failed[1]
            return
        self._wins[person] = folded.wins.get(self.definition.slug, {})
        if folded.case is not None:
            self._asked.add(pair)
            for given in folded.case.grants(await self.looker.store.know(self.community.name, folded.case.accounts)):
                self._given[given.recipient].append(given)

    @property
    def persons(self) -> list[int]:
        """Whom it may change something for, once everybody is folded."""
        return sorted({*self._wins, *self._given} - self.failed.keys())

    async def changes(self, person: int) -> list[Change]:
        """What it would change for one person, metas that follow from it included."""
        round_ = Round(self.community, 0)
        round_.touch(self.definition, person, whole=True).wins.update(self._wins.get(person, {}))
        round_.changes.ungiven = self._asked
        round_.changes.given = self._given.get(person, [])
        conclusion = Conclusion(round_, self.looker.store)
        await conclusion.reach()
        return [Change(award, _state_before(conclusion, award)) for award in round_.changes.awards]


def _state_before(conclusion: Conclusion, award: AwardChange) -> str:
    held = conclusion.rows[Pair(award.badge, award.person)].get(award.key)
    return held.state if held else ""


def _numbers(definition: Definition, folded: Folded) -> tuple[float | None, float | None]:
    """The value and the next threshold; None where the badge has no number."""
    if not definition.thresholds:
        return None, None
    value = folded.tally.value
    if definition.badge.repeatable:
        at = definition.thresholds[0][1]
        return value, (value // at + 1) * at
    return value, next((at for _, at in definition.thresholds if at > folded.tally.peak), None)


def _lines(requirement: Held | AtLeast | object, met: Met, depth: int = 0) -> list[Line]:
    if isinstance(requirement, Held):
        level = f" at level {requirement.level} or higher" if requirement.level > 1 else ""
        return [Line("  " * depth + requirement.slug + level, met(requirement))]
    if not isinstance(requirement, AtLeast):
        return []
    words = "all of" if requirement.n == len(requirement.of) else f"{requirement.n} of"
    inner = [line for part in requirement.of for line in _lines(part, met, depth + 1)]
    return [Line("  " * depth + words, met(requirement)), *inner]
