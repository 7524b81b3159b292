"""Badges written in TOML: one table each, its name the slug."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..badge import Badge
from ..errors import Problem
from ..loaded import LOCAL, Loaded, Sourced
from .grammar import badge
from .lines import line_of, lines
from .table import Table


def load(path: Path, text: str | None = None, *, distribution: str = LOCAL, release: str = "") -> Loaded:
    """Read the badges of one file (or of *text*, which stands in it). What is wrong costs its own badge; bad syntax the file."""
    origin = str(path)
    try:
        content = path.read_text("utf-8") if text is None else text
        document = tomllib.loads(content)
    except (OSError, UnicodeDecodeError) as error:
        return Loaded(problems=(Problem(origin, "", f"can't be read: {_reason(error)}"),))
    except tomllib.TOMLDecodeError as error:
        line, what = line_of(error)
        return Loaded(problems=(Problem(f"{origin}:{line}" if line else origin, "", f"no TOML: {what}"),))
    source = Sourced(Badge(), origin, distribution, release, path.parent)
    return _read(document, source, lines(content))


def load_files(folder: Path, patterns: Sequence[str]) -> Loaded:
    """Read all files that *patterns* name, relative to *folder*; a file that is named outright has to be there."""
    loaded = Loaded()
    for pattern in patterns:
        if not matching(folder, [pattern]) and not _is_glob(pattern):
            loaded += Loaded(problems=(Problem(str(folder / pattern), "", "no such file"),))
    for path in matching(folder, patterns):
        loaded += load(path)
    return loaded


def matching(folder: Path, patterns: Iterable[str]) -> tuple[Path, ...]:
    """The files that *patterns* name, each once, sorted within its pattern."""
    found: dict[Path, None] = {}
    for pattern in patterns:
        root = Path(Path(pattern).anchor) if Path(pattern).is_absolute() else folder
        relative = str(Path(pattern).relative_to(root)) if Path(pattern).is_absolute() else pattern
        found |= dict.fromkeys(sorted(path for path in root.glob(relative) if path.is_file()))
    return tuple(found)


def _read(document: Mapping[str, Any], source: Sourced, numbers: Mapping[tuple[str, ...], int]) -> Loaded:
    badges: list[Sourced] = []
    problems: list[Problem] = []
    for name, content in document.items():
        if not isinstance(content, Mapping):
            line = numbers.get((name,))
            where = f"{source.origin}:{line}" if line else source.origin
            problems.append(Problem(where, name, "stands outside a table", "a badge is a table: [its-slug], then its keys"))
            continue
        table = Table(name, content, {path[1:]: line for path, line in numbers.items() if path[0] == name}, source)
        made = badge(table)
        problems += table.problems
        if made is not None:
            badges.append(made)
    return Loaded(tuple(badges), problems=tuple(problems))


def _is_glob(pattern: str) -> bool:
    return any(mark in pattern for mark in "*?[")


def _reason(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else "not UTF-8"
