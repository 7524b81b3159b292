"""Entry points, and what goes wrong while one is imported."""

import re
import traceback
from collections.abc import Sequence
from fnmatch import fnmatchcase
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Final

from ..errors import Problem, nearest

API: Final = 1


class Broken(Exception):
    """A plugin can't be used; the problem says which and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def find(group: str) -> list[EntryPoint]:
    """The entry points of *group* in an order that doesn't depend on how they were installed."""
    return sorted(entry_points(group=group), key=lambda entry: (distribution(entry), entry.name))


def select(found: Sequence[EntryPoint], patterns: Sequence[str], group: str) -> tuple[list[EntryPoint], list[Problem]]:
    """Those of *found* that *patterns* name, in the order of the patterns: who is named first keeps a slug that two claim."""
    chosen: dict[int, EntryPoint] = {}
    problems = []
    for pattern in patterns:
        matching = [entry for entry in found if fnmatchcase(entry.name, pattern)]
        chosen |= {id(entry): entry for entry in matching if id(entry) not in chosen}
        if not matching and pattern != "*":
            names = [entry.name for entry in found]
            hint = nearest(pattern, names) or f"installed are {', '.join(names) or 'none'}"
            problems.append(Problem("[badges].packs", "", f"no entry point {pattern!r} in {group}", hint))
    return list(chosen.values()), problems


def distribution(entry: EntryPoint) -> str:
    """The name of the distribution in its canonical form: https://packaging.python.org/en/latest/specifications/name-normalization/."""
    return re.sub(r"[-_.]+", "-", entry.dist.name or "").lower() if entry.dist else ""


def release(entry: EntryPoint) -> str:
    """The distribution's version."""
    return entry.dist.version if entry.dist else ""


def wrong(entry: EntryPoint, what: str, hint: str = "") -> Problem:
    """A problem of the plugin behind *entry*."""
    return Problem(f"{distribution(entry)} {release(entry)}".strip(), f"entry point {entry.name} = {entry.value}", what, hint)


def load(entry: EntryPoint) -> Any:
    """Import what *entry* names. Raises Broken, whatever the import does; only Ctrl-C gets through."""
    try:
        loaded = entry.load()
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise Broken(wrong(entry, f"can't be imported: {told(error)}", _missing(entry, error))) from error
    api = getattr(loaded, "api", API)
    if api != API:
        raise Broken(wrong(entry, f"is written for api {api!r}, this is api {API}", "another version of one of the two is needed"))
    return loaded


def _missing(entry: EntryPoint, error: BaseException) -> str:
    """How to install what a plugin needs, where its distribution has an extra of the plugin's name for that."""
    extras = (entry.dist.metadata.get_all("Provides-Extra") if entry.dist else None) or ()
    needed = isinstance(error, ModuleNotFoundError) and entry.name in extras
    return f"pip install '{distribution(entry)}[{entry.name}]'" if needed else ""


def told(error: BaseException) -> str:
    """An error in one line, with the place in the plugin that raised it."""
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, SyntaxError):
        return what
    frames = traceback.extract_tb(error.__traceback__)
    return f"{what} [{frames[-1].filename}:{frames[-1].lineno}]" if frames else what
