"""Whatever comes in whatever order, the engine ends with what a regrade gives, and with what the naive model gives."""

import asyncio
import itertools
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from driver import EngineDriver, Holding
from naive import naive
from strategies import CONDITIONS, TYPES, Case, Focus, cases, needed

#: Hypothesis makes its first dozen cases afresh and then mostly varies what it had; many short rounds see more than a long one.
ROUND = 12
ROUNDS = int(os.environ.get("LAURELS_MODEL_ROUNDS", "2"))

_numbers = itertools.count()


@pytest.mark.parametrize("round_", range(ROUNDS))
@pytest.mark.parametrize("focus", ["all", "count", "distinct", "streak", "sum", "code"])
def test_live_equals_regrade_and_the_naive_model(focus: Focus, round_: int, tmp_path: Path) -> None:
    @settings(max_examples=ROUND, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(cases(focus))
    def holds(case: Case) -> None:
        asyncio.run(compare(case, tmp_path / f"{next(_numbers)}.db"))

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
