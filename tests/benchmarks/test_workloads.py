"""The benchmark's work ends with the awards that it must end with, on both sides; how fast is not a test's business."""

import asyncio
from pathlib import Path

import pytest
from benchmarks import engine, ground, raw
from benchmarks.statements import compare
from benchmarks.workload import WORKLOADS, awards_before, digest, expected

SOME = 1200


@pytest.mark.parametrize("work", WORKLOADS.values(), ids=WORKLOADS)
def test_what_the_events_give_is_the_digest(work):
    assert digest(expected(work)) == work.digest


@pytest.mark.parametrize("name", ["W1", "W2", "W3", "W4s"])
def test_the_engine_and_the_yardstick_end_with_the_same_awards_and_rows(name, tmp_path: Path):
    work = WORKLOADS[name]
    badges = ground.registry(work)
    rows = []
    for side in ("raw", "engine"):
        path = tmp_path / f"{side}.db"
        asyncio.run(ground.lay(path, work, badges))
        if side == "raw":
            raw.run(path, work, SOME)
        else:
            asyncio.run(engine.measured(path, work, badges, SOME))
        assert ground.awards_since(path) == expected(work, SOME)
        rows.append(ground.rows_of(path))
    assert rows[0] == rows[1]


def test_a_long_history_is_as_long_as_it_says():
    assert sum(1 for _ in awards_before(WORKLOADS["W4l"])) == 1_000_000


def test_the_same_statements_run_whatever_the_history_and_none_scans_a_growing_table(tmp_path: Path):
    works = WORKLOADS["W4s"], WORKLOADS["W1"]
    badges = ground.registry(works[0])
    paths = [tmp_path / f"{work.name}.db" for work in works]
    for path, work in zip(paths, works, strict=True):
        asyncio.run(ground.lay(path, work, badges))
    _, scanning = compare(paths[0], paths[1], works, badges, 300)
    assert scanning == []
