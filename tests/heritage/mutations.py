"""Break laurels in one way after the other, and see the test that is there for it fail.

    python tests/heritage/mutations.py [--only WORD ...] [--jobs N]

Each test of a case of the two seed systems (``test_tb…``, ``test_tp…``) and of a decision about them (``test_decision_…``) has a mutation
in ``mutations.toml``, or several, told apart behind a colon: a snippet of the source that stands there once, and what it becomes. It is
planted in a copy; the working tree is never touched, and may change meanwhile. Exit status 1 where a test passes in spite of its mutation.
"""

import argparse
import ast
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from msgspec import Struct, convert

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("engine", "badges", "adapters/console", "adapters/github_webhooks")
KINDS = ("test_tb", "test_tp", "test_decision_")
FOUND, NOT_FOUND = 1, 0  # pytest's exit statuses: some tests failed, all passed


class Mutation(Struct, frozen=True, forbid_unknown_fields=True):
    """In *file*, *old* becomes *new*."""

    file: str
    old: str
    new: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", nargs="*", default=[], metavar="WORD", help="only tests whose names have one of these")
    parser.add_argument("--jobs", type=int, default=1, help="how many to try at once (1)")
    options = parser.parse_args()
    planned = mutations()
    chosen = {name: planned[name] for name in sorted(planned) if not options.only or any(word in name for word in options.only)}
    if faults := [fault for name in chosen for fault in (misplaced(name, chosen[name]),) if fault]:
        raise SystemExit("\n".join(faults))
    with tempfile.TemporaryDirectory(prefix="unharmed-") as unharmed:
        snapshot = Path(unharmed)
        copy(ROOT, snapshot, *PACKAGES, "tests")
        shutil.copy(ROOT / "pyproject.toml", snapshot)
        return attempt(snapshot, chosen, options.jobs)


def attempt(snapshot: Path, chosen: dict[str, Mutation], jobs: int) -> int:
    """See all tests pass on the snapshot, and each fail with its mutation."""
    places = tests()
    whole = run(snapshot, snapshot, *{places[test_of(name)] for name in chosen})
    if whole.returncode != NOT_FOUND:
        raise SystemExit(f"these tests have to pass without any mutation first\n{whole.stdout}\n{whole.stderr}")
    began = time.monotonic()
    with ThreadPoolExecutor(jobs) as pool:
        caught = list(pool.map(lambda name: tried(snapshot, name, chosen[name], places[test_of(name)]), chosen))
    say(f"{sum(caught)} of {len(chosen)} caught in {time.monotonic() - began:.0f} s")
    return 0 if all(caught) else 1


def mutations() -> dict[str, Mutation]:
    """By the name of the test that has to fail, and what else tells them apart."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return convert(table, dict[str, Mutation])


def test_of(name: str) -> str:
    """The test that a mutation is for."""
    return name.partition(":")[0]


def tests() -> dict[str, str]:
    """Where each test of a case or a decision is, as pytest is told. Two tests of one name are an error."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for name in defined(path):
            if name.startswith(KINDS):
                if name in found:
                    raise SystemExit(f"{name} is in {found[name]} and in {path}")
                found[name] = f"{path.relative_to(ROOT).as_posix()}::{name}"
    return found


def defined(path: Path) -> list[str]:
    """The functions of a module that pytest takes for tests."""
    return [
        node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def misplaced(name: str, mutation: Mutation) -> str:
    """What is wrong with where a mutation is to be planted; empty where it can be."""
    path = ROOT / mutation.file
    times = path.read_text(encoding="utf-8").count(mutation.old) if path.is_file() else 0
    return (
        "" if times == 1 and mutation.old != mutation.new else f"{name}: {mutation.file} has this {times} times, not once: {mutation.old!r}"
    )


def tried(snapshot: Path, name: str, mutation: Mutation, test: str) -> bool:
    """Whether *test* fails with *mutation* in the source."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutated-") as folder:
        copy(snapshot, Path(folder), *PACKAGES)
        path = Path(folder, mutation.file)
        path.write_text(path.read_text(encoding="utf-8").replace(mutation.old, mutation.new), encoding="utf-8")
        done = run(snapshot, Path(folder), test)
    caught = done.returncode == FOUND
    word = "caught" if caught else "SURVIVED" if done.returncode == NOT_FOUND else f"BROKEN, pytest ended with {done.returncode}"
    say(f"{word}  {name}  ({time.monotonic() - began:.0f} s)")
    return caught


def copy(source: Path, target: Path, *folders: str) -> None:
    """Copy folders with what is compiled of them: Python looks at the times of the sources, which are kept."""
    for folder in folders:
        shutil.copytree(source / folder, target / folder, ignore=shutil.ignore_patterns(".*", "node_modules"))


def run(snapshot: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run tests of the snapshot against the packages in *folder*. Which laurels they get is looked at first."""
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(str(folder / package) for package in PACKAGES),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    where = "import importlib.util as i; print(i.find_spec('laurels').origin)"
    loaded = subprocess.run([sys.executable, "-c", where], cwd=snapshot, env=environment, capture_output=True, text=True, check=True)
    if not loaded.stdout.startswith(str(folder)):
        raise SystemExit(f"the copy in {folder} isn't what Python imports: {loaded.stdout}")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-o", "timeout=60", *arguments]
    return subprocess.run(command, cwd=snapshot, env=environment, capture_output=True, text=True, check=False)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
