"""In which line of a TOML file a table or key stands; tomllib doesn't say."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any

_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_.\s-]|"[^"]*"|'[^']*')+?)\s*=""")
_AT = re.compile(r"\(at line (\d+), column \d+\)")


def lines(text: str) -> dict[tuple[str, ...], int]:
    """The line of every table and key, by path. A guess from the shape of lines, good enough to point at an error."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("["):
            path = _path(line)
            table = path or table
        else:
            key = _KEY.match(line)
            path = (*table, *_path(f"{key[1]} = {{}}")) if key else ()
        if path:
            found.setdefault(path, number)
    return found


def line_of(error: tomllib.TOMLDecodeError) -> tuple[int, str]:
    """The line that a syntax error names (0 where it is the end of the file), and the message without it."""
    message = str(error)
    at = _AT.search(message)
    return (int(at[1]) if at else 0), _AT.sub("", message).replace("(at end of document)", "at the end of the file").strip()


def _path(line: str) -> tuple[str, ...]:
    try:
        return tuple(_first_keys(tomllib.loads(line)))
    except tomllib.TOMLDecodeError:
        return ()


def _first_keys(table: Mapping[str, Any]) -> list[str]:
    path: list[str] = []
    inner: Any = table
    while isinstance(inner, Mapping) and inner:
        name = next(iter(inner))
        path.append(name)
        inner = inner[name][0] if isinstance(inner[name], list) and inner[name] else inner[name]
    return path
