"""Whatever happened, and whoever is forgotten then: all others hold what they held, and a regrade agrees."""

import asyncio
import itertools
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from decision import Decision
from driver import COMPUTED, NOW, Holding, at_rest, bites, entries, holdings, make_store
from laurels import Account, Event
from laurels.engine import decisions
from small import NAME, Small, small
from strategies import ANA, BEN, CEM, TYPES, Case, cases, needed

ROUNDS = int(os.environ.get("LAURELS_MODEL_ROUNDS", "1"))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("model") / "empty.db"
    asyncio.run(make_store(path))
    return path


@pytest.mark.timeout(900)
@pytest.mark.parametrize("round_", range(ROUNDS))
def test_others_hold_what_they_held_and_live_equals_regrade(round_: int, empty: Path, tmp_path: Path) -> None:
    numbers = itertools.count()

    @settings(
        max_examples=12,
        phases=[Phase.generate, Phase.reuse],
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(cases(), st.sampled_from((ANA, ANA, BEN, CEM)), st.integers(0, 100))
    def holds(case: Case, who: Account, when: int) -> None:
        path = tmp_path / f"{next(numbers)}.db"
        shutil.copy(empty, path)
        asyncio.run(compare(case, who, when, path))
        assert who.key.encode() not in path.read_bytes()

    holds()


async def compare(case: Case, who: Account, when: int, path: Path) -> None:
    """Take part of what arrives, forget *who*, and take the rest: again what was there, and what comes too late."""
    rows = [telling(row, who) for row in case.arrivals]
    before, after = rows[: len(rows) * when // 100], rows[len(rows) * when // 100 :]
    async with small(path, case.badges, TYPES, zone=case.zone, clock=lambda: NOW, run=False) as it:
        await take(it, before, case.batches)
        held = others(await holdings(it), who)
        await it.intake.put(Event("forget", "laurels", decisions.FORGOTTEN, NOW, who, community=NAME))
        await at_rest(it)
        assert others(await holdings(it), who) == held
        assert {person for person, *_ in await holdings(it)} <= {person for person, *_ in held}
        await take(it, before, case.batches)  # a backfill brings nobody back, and nothing twice
        assert others(await holdings(it), who) == held
        await take(it, [row for row in after if isinstance(row, Event)], case.batches)
        live = await holdings(it)
        for definition in it.engine.communities[NAME].registry.definitions.values():
            await it.desk.regrade(definition)
        await at_rest(it)
        assert lasting(case, await holdings(it)) == lasting(case, live)
        for table in COMPUTED:
            await it.store.db.writer.submit(lambda connection, table=table: connection.execute(f"DELETE FROM {table}"))
        for definition in it.engine.communities[NAME].registry.definitions.values():
            await it.desk.regrade(definition)
        await at_rest(it)
        assert lasting(case, await holdings(it)) == lasting(case, live)


def telling(row: Event | Decision, who: Account) -> Event | Decision:
    """Some ids tell of somebody, as those of reactions do."""
    if not isinstance(row, Event) or row.actor != who:
        return row
    return replace(row, id=f"{row.id}:{who.id}", thing=row.thing and f"{row.thing}:{who.id}")


async def take(it: Small, rows: list[Event | Decision], batches: tuple[int, ...]) -> None:
    for bite in bites(rows, batches):
        await asyncio.gather(*(it.intake.put(entry) for row in bite for entry in entries(it, row)))
        await it.engine.count_some()
    await at_rest(it)


def others(found: set[Holding], who: Account) -> set[Holding]:
    """What others hold; an occurrence that told of somebody tells it no more."""
    return {
        (person, slug, level, occurrence.partition(":")[0], state) for person, slug, level, occurrence, state in found if person != who.key
    }


def lasting(case: Case, found: set[Holding]) -> set[Holding]:
    """Without what a regrade may take away or give: what rests on permanent badges."""
    permanent = {badge.slug for badge in case.badges if badge.permanent}
    return {holding for holding in found if not needed(case.badges, holding[1]) & permanent}
