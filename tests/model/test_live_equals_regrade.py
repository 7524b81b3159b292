"""Whatever comes in whatever order, the engine ends with what a regrade gives, and with what the naive model gives."""

import asyncio
import itertools
import os
import shutil
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from driver import EngineDriver, Holding, make_store
from naive import naive
from plant_bugs import BUGS, ROOT
from strategies import CONDITIONS, TYPES, Case, Focus, cases, needed

#: Hypothesis makes its first dozen cases afresh and then mostly varies what it had; many short rounds see more than a long one.
ROUND = 12
ROUNDS = int(os.environ.get("LAURELS_MODEL_ROUNDS", "1"))

#: With planted bugs it is enough that something fails: nothing is shrunk, and nothing remembered for the next run.
PLANTED = os.environ.get("LAURELS_MODEL_SHRINK") == "no"
SETTINGS = settings(
    max_examples=ROUND, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    **({"phases": [Phase.generate], "database": None} if PLANTED else {}),
)  # fmt: skip


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which nothing happened yet: copying it is quicker than migrating a new one for each case."""
    path = tmp_path_factory.mktemp("model") / "empty.db"
    asyncio.run(make_store(path))
    return path


@pytest.mark.timeout(900)  # a case that fails is run again and again until it is small
@pytest.mark.parametrize("round_", range(ROUNDS))
@pytest.mark.parametrize("focus", get_args(Focus))
def test_live_equals_regrade_and_the_naive_model(focus: Focus, round_: int, empty: Path, tmp_path: Path) -> None:
    numbers = itertools.count()

    @SETTINGS
    @given(cases(focus))
    def holds(case: Case) -> None:
        path = tmp_path / f"{next(numbers)}.db"
        shutil.copy(empty, path)
        asyncio.run(compare(case, path))

    holds()


async def compare(case: Case, path: Path) -> None:
    expected = naive(case.badges, case.arrivals, case.zone, TYPES, CONDITIONS)
    driver = EngineDriver(path)
    live = await driver.run(case.badges, TYPES, case.arrivals, case.zone, case.batches)
    assert_agree(case, live, expected, "live, against the naive model")
    again = await driver.regrade(case.badges, TYPES, case.zone, empty=False)
    assert_agree(case, again, expected, "regraded over what was there, against the naive model")
    afresh = await driver.regrade(case.badges, TYPES, case.zone, empty=True)
    assert_agree(case, afresh, expected, "regraded from an empty fold, against the naive model")


def assert_agree(case: Case, found: set[Holding], expected: set[Holding], what: str) -> None:
    """*found* is *expected*; of permanent badges, and of what requires one, it may be more."""
    permanent = {badge.slug for badge in case.badges if badge.permanent}
    lasting = {badge.slug for badge in case.badges if needed(case.badges, badge.slug) & permanent}
    missing, more = expected - found, {holding for holding in found - expected if holding[1] not in lasting}
    assert not (missing or more), f"{what}: missing {sorted(missing)}, too many {sorted(more)}"


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.name)
def test_the_bugs_to_plant_are_still_in_step_with_the_engine(bug) -> None:
    assert (ROOT / "engine" / "laurels" / bug.file).read_text(encoding="utf-8").count(bug.old) == 1
