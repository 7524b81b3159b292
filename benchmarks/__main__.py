"""The benchmark: ``python -m benchmarks [W1 W2 …]``.

Each workload goes through the whole engine (journal to outbox, 256 puts under way, synchronous=FULL) and, in turn with it, through plain
sqlite3 that does the least SQL for the same rows. What is printed is events a second, best and median of the runs, and the ratio of the
two bests. The awards have to be just those of the workload, otherwise it ends with status 1; with ``--assert`` also where a ratio is
missed. Machines are noisy: compare only within one run of this command, on a machine that does nothing else.
"""

import argparse
import asyncio
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from . import engine, ground, raw
from .statements import compare
from .workload import WORKLOADS, Workload, digest, expected

WANTED: Final = {"W1": 0.3, "W2": 0.3, "W3": 0.2}  # of plain sqlite3
SPREAD: Final = 0.25  # by which W4's rows may differ
IDLE: Final = 500  # badges that listen to what never happens


class Bench:
    """Runs and remembers the best."""

    def __init__(self, folder: Path, runs: int, limit: int | None) -> None:
        self.folder, self.runs, self.limit = folder, runs, limit
        self.best: dict[str, float] = {}
        self.missed: list[str] = []

    def workload(self, work: Workload) -> None:
        """The engine and plain sqlite3 in turn."""
        badges = ground.registry(work)
        base = self.lay(work, work.name)
        rates: dict[str, list[float]] = {"raw": [], "engine": []}
        for _ in range(self.runs):
            rates["raw"].append(self.once(base, work, lambda path: raw.run(path, work, self.limit)))
            rates["engine"].append(self.once(base, work, lambda path: asyncio.run(engine.measured(path, work, badges, self.limit))))
        self.best[work.name] = max(rates["engine"])
        ratio = max(rates["engine"]) / max(rates["raw"])
        self.row(work.name, rates["raw"], rates["engine"], ratio, WANTED.get(work.name))

    def idle(self) -> None:
        """W1 with and without badges that have nothing to do."""
        work = WORKLOADS["W1"]
        rates: list[list[float]] = [[], []]
        for _ in range(self.runs):
            for rate, idle in zip(rates, (0, IDLE), strict=True):
                badges = ground.registry(work, idle)
                base = self.lay(work, f"idle-{idle}", idle)
                rate.append(self.once(base, work, lambda path, its=badges: asyncio.run(engine.measured(path, work, its, self.limit))))
        self.row(f"W1, {IDLE} idle", rates[0], rates[1], max(rates[1]) / max(rates[0]), None)

    def history(self) -> None:
        """How W4's rows compare with each other, and what SQL they run."""
        for name in ("W4l", "W4k"):
            if {"W4s", name} <= self.best.keys():
                ratio = self.best[name] / self.best["W4s"]
                self.say(f"{name} / W4s", f"{ratio:.2f}", name != "W4l" or 1 - SPREAD <= ratio <= 1 / (1 - SPREAD))
        if {"W4s", "W4l"} <= self.best.keys():
            work = WORKLOADS["W4s"], WORKLOADS["W4l"]
            paths = [self.copy(self.folder / f"{its.name}.db", "plans") for its in work]
            different, scanning = compare(paths[0], paths[1], work, ground.registry(work[0]))
            self.say("W4s and W4l run the same statements", "; ".join(sorted(different)) or "yes", not different)
            self.say("no growing table is scanned", "; ".join(scanning) or "none", not scanning)

    def lay(self, work: Workload, name: str, idle: int = 0) -> Path:
        """The database that runs of a workload start from."""
        path = self.folder / f"{name}.db"
        if not path.exists():
            asyncio.run(ground.lay(path, work, ground.registry(work, idle)))
        return path

    def copy(self, base: Path, name: str) -> Path:
        """A fresh copy of a database."""
        path = base.with_name(f"{base.stem}-{name}.db")
        for old in base.parent.glob(path.name + "*"):
            old.unlink()
        shutil.copy(base, path)
        os.sync()  # what the copy still has to write is nobody's time
        return path

    def once(self, base: Path, work: Workload, run: Callable[[Path], float]) -> float:
        """One run on a fresh copy: events a second. Ends the program where the awards are wrong."""
        path = self.copy(base, "run")
        seconds = run(path)
        right = work.digest if self.limit is None else digest(expected(work, self.limit))
        if (found := digest(ground.awards_since(path))) != right:
            raise SystemExit(f"{work.name}: awards {found}, but {right} are right")
        return (self.limit or work.events) / seconds

    def row(self, name: str, first: list[float], second: list[float], ratio: float, wanted: float | None) -> None:
        """A line of the table."""
        cells = [f"{max(rates):>8,.0f} {statistics.median(rates):>8,.0f}" for rates in (first, second)]
        verdict = "" if wanted is None else f"   at least {wanted}: {'met' if ratio >= wanted else 'MISSED'}"
        print(f"{name:<14}{cells[0]}  {cells[1]}  {ratio:6.2f}{verdict}", flush=True)
        if wanted is not None and ratio < wanted:
            self.missed.append(name)

    def say(self, what: str, found: str, right: bool) -> None:
        """A line of findings."""
        print(f"{what}: {found}{'' if right else '   MISSED'}", flush=True)
        if not right:
            self.missed.append(what)


def main(arguments: list[str] | None = None) -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("workloads", nargs="*", default=list(WORKLOADS), metavar="WORKLOAD", help="W1 W2 W3 W4s W4l W4k; default all")
    parser.add_argument("--runs", type=int, default=5, help="how often each is run")
    parser.add_argument("--quick", type=int, metavar="EVENTS", help="only the first so many events of each")
    parser.add_argument("--assert", dest="strict", action="store_true", help="exit status 1 where a ratio is missed")
    asked = parser.parse_args(arguments)
    if unknown := set(asked.workloads) - set(WORKLOADS):
        parser.error(f"no workload {', '.join(sorted(unknown))}; there are {', '.join(WORKLOADS)}")
    with tempfile.TemporaryDirectory(prefix="laurels-bench-") as folder:
        bench = Bench(Path(folder), asked.runs, asked.quick)
        print(f"{'events/s':<14}{'sqlite3':>8} {'median':>8}  {'engine':>8} {'median':>8}  {'ratio':>6}")
        for name in asked.workloads:
            bench.workload(WORKLOADS[name])
        if "W1" in asked.workloads:
            bench.idle()
        bench.history()
    return 1 if asked.strict and bench.missed else 0


if __name__ == "__main__":
    sys.exit(main())
