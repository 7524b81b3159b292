"""Whatever is linked and parted in between, the engine ends with what it would have had who was who been clear from the start."""

import asyncio
import itertools
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from decision import Decision
from driver import COMPUTED, NOW, at_rest, bites, entries, make_store
from laurels import Event
from small import NAME, Small, small
from strategies import ANA, BEN, CEM, TYPES, Case, cases, needed

CASES = int(os.environ.get("LAURELS_LINK_CASES", "5"))
ACCOUNTS = (ANA.key, BEN.key, CEM.key)
Holding = tuple[str, str, int, str, str]  # the first of a person's accounts, badge, level, occurrence, state


@dataclass(frozen=True)
class Turn:
    """Accounts are linked, or one is parted from the others."""

    one: str
    other: str = ""

    def event(self, number: int) -> Event:
        data = {"person": self.one, "account": self.other} if self.other else {"account": self.one}
        verb = "linked" if self.other else "unlinked"
        return Event(f"turn{number}", "laurels", f"laurels.{verb}", NOW + timedelta(seconds=number), data=data, community=NAME)


@dataclass(frozen=True)
class Life:
    """A case, and before which of its arrivals who is linked or parted."""

    case: Case
    turns: tuple[tuple[int, Turn], ...]

    @property
    def arrivals(self) -> list[Event | Decision | Turn]:
        found: list[Event | Decision | Turn] = []
        for number, arrival in enumerate((*self.case.arrivals, None)):
            found += [turn for at, turn in self.turns if at == number]
            found += [arrival] if arrival is not None else []
        return found

    @property
    def links(self) -> list[Turn]:
        """Links that come to the same as all turns."""
        groups = {key: {key} for key in ACCOUNTS}
        for _, turn in sorted(self.turns, key=lambda at: at[0]):
            if turn.other:
                both = groups[turn.one] | groups[turn.other]
                groups.update(dict.fromkeys(both, both))
            else:
                rest = groups[turn.one] - {turn.one}
                groups.update({turn.one: {turn.one}, **dict.fromkeys(rest, rest)})
        return [Turn(min(group), key) for group in map(frozenset, groups.values()) for key in sorted(group - {min(group)})]


@st.composite
def lives(draw: st.DrawFn) -> Life:
    case = draw(cases())
    turns = []
    for _ in range(draw(st.integers(1, 6))):
        one, other = draw(st.permutations(ACCOUNTS))[:2]
        at = draw(st.integers(0, len(case.arrivals)))
        turns.append((at, Turn(one, draw(st.sampled_from((other, other, ""))))))
    return Life(case, tuple(sorted(turns, key=lambda turn: turn[0])))


async def holdings(it: Small) -> set[Holding]:
    """What is held or revoked."""
    found = await it.store.awards(NAME, standing=False, hidden=True, now=0)
    return {(min(a.accounts), a.badge, a.level, a.occurrence, a.state) for a in found if a.state in ("active", "revoked")}


async def take(it: Small, arrivals: Sequence[Event | Decision | Turn], batches: Sequence[int]) -> None:
    """Take all in, in bites; what is due waits sometimes, while more comes."""
    numbers = itertools.count()
    for number, bite in enumerate(bites(arrivals, batches)):
        for row in bite:
            for entry in [row.event(next(numbers))] if isinstance(row, Turn) else entries(it, row):
                await it.intake.put(entry)
        await it.engine.count_some()
        if number % 2:
            await it.engine.settle_some()
    await at_rest(it)


async def regraded(it: Small, *, empty: bool) -> set[Holding]:
    for table in COMPUTED if empty else ():
        await it.store.db.writer.submit(lambda connection, table=table: connection.execute(f"DELETE FROM {table}"))
    for definition in it.engine.communities[NAME].registry.definitions.values():
        await it.desk.regrade(definition)
    await at_rest(it)
    return await holdings(it)


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("links") / "empty.db"
    asyncio.run(make_store(path))
    return path


class Lab:
    """Makes engines, each on a file of its own."""

    def __init__(self, blank: Path, folder: Path) -> None:
        self.blank, self.folder, self.numbers = blank, folder, itertools.count()

    def engine(self, case: Case):
        path = self.folder / f"{next(self.numbers)}.db"
        shutil.copy(self.blank, path)
        return small(path, case.badges, TYPES, zone=case.zone, clock=lambda: NOW + timedelta(hours=1), run=False)

    async def ends(self, case: Case, arrivals: Sequence[Event | Decision | Turn]) -> set[Holding]:
        async with self.engine(case) as it:
            await take(it, arrivals, case.batches)
            return await holdings(it)


def assert_same(life: Life, found: set[Holding], expected: set[Holding], what: str) -> None:
    """Left out are badges that rest on a permanent one: what was held for a moment stays, and who was who at that moment matters."""
    permanent = {badge.slug for badge in life.case.badges if badge.permanent}
    lasting = {badge.slug for badge in life.case.badges if needed(life.case.badges, badge.slug) & permanent}
    missing, more = (sorted(one for one in its if one[1] not in lasting) for its in (expected - found, found - expected))
    assert not (missing or more), f"{what}: missing {missing}, too many {more}, in {life}"


async def compare(lab: Lab, life: Life) -> None:
    case = life.case
    async with lab.engine(case) as it:
        await take(it, life.arrivals, case.batches)
        live = await holdings(it)
        again = await regraded(it, empty=False)
        afresh = await regraded(it, empty=True)
    known = await lab.ends(case, [*life.links, *case.arrivals])
    assert_same(life, live, known, "linked in between, against linked from the start")
    assert_same(life, again, live, "regraded over what was there, against live")
    assert_same(life, afresh, live, "regraded from an empty fold, against live")


async def part(lab: Lab, life: Life) -> None:
    case = life.case
    never = await lab.ends(case, case.arrivals)
    parted = await lab.ends(case, [*life.arrivals, *(Turn(key) for key in ACCOUNTS)])
    assert_same(life, parted, never, "parted again, against never linked")


#: With planted bugs it is enough that something fails.
PHASES = {"phases": [Phase.generate], "database": None} if os.environ.get("LAURELS_MODEL_SHRINK") == "no" else {}
SETTINGS = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck), **PHASES)


@pytest.mark.timeout(900)
def test_links_made_in_between_come_to_the_same_as_links_from_the_start(blank: Path, tmp_path: Path) -> None:
    lab = Lab(blank, tmp_path)

    @SETTINGS
    @given(lives())
    def holds(life: Life) -> None:
        asyncio.run(compare(lab, life))

    holds()


@pytest.mark.timeout(900)
def test_accounts_that_are_parted_again_hold_what_they_would_never_having_been_linked(blank: Path, tmp_path: Path) -> None:
    lab = Lab(blank, tmp_path)

    @SETTINGS
    @given(lives())
    def holds(life: Life) -> None:
        asyncio.run(part(lab, life))

    holds()
