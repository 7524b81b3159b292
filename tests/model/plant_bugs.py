"""Plant bugs in a copy of the engine, one at a time, and see whether the random streams find them.

    python tests/model/plant_bugs.py [--rounds N] [WORD ...]

Each bug is one snippet of the engine's source that is replaced by another; a snippet that isn't found exactly once is an error, so the
table can't go stale unnoticed. With words, only bugs whose names have one of them. Exit status 1 where a bug was missed.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
PROPERTY = "tests/model/test_live_equals_regrade.py"
FOUND, NOT_FOUND = 1, 0  # pytest's exit statuses: some tests failed, all passed


class Bug(NamedTuple):
    """In *file*, *old* becomes *new*."""

    name: str
    file: str
    old: str
    new: str


BUGS = (
    Bug(
        "a thing's state is the last to arrive",
        "engine/batch.py", "winner = max(its, key=lambda row: (row.revised, row.seq))", "winner = max(its, key=lambda row: row.seq)",
    ),
    Bug(
        "what is retracted stays counted",
        "engine/batch.py",
        "corrected += [(row, row is winner and row.event.on) for row in its if row.event.on or row is winner]",
        "corrected += [(row, row is winner) for row in its if row.event.on or row is winner]",
    ),
    Bug("late events are added as if they came in time", "tally.py", "return (item.time, item.id) < self.last", "return False"),
    Bug("a window is closed at its old end", "tally.py", "entry[0] > item.time - terms.within", "entry[0] >= item.time - terms.within"),
    Bug(
        "a cooldown lasts a moment too long",
        "tally.py", "item.time < counted + terms.cooldown", "item.time <= counted + terms.cooldown",
    ),
    Bug(
        "a cap lets one more through",
        "tally.py", "used.get(item.cap, 0) >= terms.cap_at", "used.get(item.cap, 0) > terms.cap_at",
    ),
    Bug("a won window isn't spent", "tally.py", "            window.clear()", "            pass"),
    Bug("freezes are never used up", "streaks.py", "            used = spent", "            pass"),
    Bug("days are UTC's", "periods.py", "local = moment.astimezone(zone)", "local = moment.astimezone(UTC)"),
    Bug("a threshold is reached by more than it", "definition.py", "if peak < at <= tally.peak]", "if peak <= at < tally.peak]"),
    Bug("the actor is always a recipient", "meter.py", "(key != actor or self.allow_self)", "(key != actor or True)"),
    Bug(
        "levels granted by code go by arrival",
        "engine/case.py", "sorted(given, key=lambda g: (g.position, g.key.level))", "sorted(given, key=lambda g: (g.seq, g.key.level))",
    ),
    Bug(
        "code isn't asked again when what it read comes late",
        "engine/community.py", "for key, types in self.reads.items()", "for key, types in dict[str, set[str]]().items()",
    ),
    Bug("a gate stays open once it was", "engine/standing.py", "span.start <= at < span.end", "span.start <= at"),
    Bug("a revocation ends with the next regrade", "engine/standing.py", 'turns[-1] == "revoked"', "False"),
    Bug("an undone rule gives it all again", "engine/standing.py", "if undone.get(cause, (-NEVER[0], \"\")) < way.position", "if True"),
)  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3, help="rounds of random cases for each focus (3)")
    parser.add_argument("words", nargs="*")
    options = parser.parse_args()
    wanted = [bug for bug in BUGS if not options.words or any(word in bug.name for word in options.words)]
    missed = []
    for bug in wanted:
        began = time.monotonic()
        caught = planted(bug, options.rounds)
        missed += [] if caught else [bug.name]
        say(f"{'caught' if caught else 'MISSED'}  {bug.name}  ({time.monotonic() - began:.0f} s)")
    say(f"{len(wanted) - len(missed)} of {len(wanted)} caught")
    return 1 if missed else 0


def planted(bug: Bug, rounds: int) -> bool:
    """Whether the property fails with *bug* in the engine."""
    with tempfile.TemporaryDirectory(prefix="planted-") as folder:
        copy = Path(folder) / "engine"
        shutil.copytree(ROOT / "engine", copy, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        plant(bug, copy / "laurels" / bug.file)
        paths = os.pathsep.join([str(copy), os.environ.get("PYTHONPATH", "")])
        environment = os.environ | {"PYTHONPATH": paths, "LAURELS_MODEL_ROUNDS": str(rounds), "LAURELS_MODEL_SHRINK": "no"}
        loaded = run("-c", "import laurels; print(laurels.__file__)", environment=environment)
        if not loaded.stdout.startswith(folder):
            raise SystemExit(f"the copy in {folder} isn't what Python imports: {loaded.stdout or loaded.stderr}")
        done = run("-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", PROPERTY, environment=environment)
    if done.returncode not in (FOUND, NOT_FOUND):
        raise SystemExit(f"{bug.name}: pytest ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.returncode == FOUND


def plant(bug: Bug, path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    if (times := source.count(bug.old)) != 1:
        raise SystemExit(f"{bug.name}: {bug.file} has this {times} times, not once: {bug.old!r}")
    path.write_text(source.replace(bug.old, bug.new), encoding="utf-8")


def run(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
