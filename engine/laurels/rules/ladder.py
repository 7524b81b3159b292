"""The levels of a badge in a rule file: thresholds with names."""

import re
from collections.abc import Mapping
from typing import Any, Final, get_type_hints

from ..badge import Level
from .kinds import show
from .table import Table

_THRESHOLD = re.compile(r"[0-9]+(\.[0-9]+)?")
_KINDS: Final = get_type_hints(Level)
_WITHOUT_AT: Final = tuple(key for key in _KINDS if key != "at")
_SHAPE: Final = 'write levels = { 10 = "Bronze", 50 = "Silver" }'


def levels(table: Table) -> tuple[Level | str, ...]:
    """What ``levels`` or ``at`` of *table* says; problems are noted there."""
    content = table.content.get("levels")
    if "at" in table.content:
        return _single(table)
    if content is None:
        return ()
    if isinstance(content, Mapping):
        return tuple(sorted(_by_threshold(table, content), key=lambda level: level.at or 0))
    if isinstance(content, list):
        return tuple(_item(table, f"levels.{number}", item) for number, item in enumerate(content, 1))
    table.wrong("levels", f"expected a table or a list, got {show(content)}", _SHAPE)
    return ()


def _single(table: Table) -> tuple[Level, ...]:
    if "levels" in table.content:
        table.wrong("at", "stands beside levels", "one threshold: at; several: levels")
        return ()
    at = table.content["at"]
    return (Level(at=at),) if table.fits("at", at, float) else ()


def _by_threshold(table: Table, content: Mapping[str, Any]) -> list[Level]:
    made = []
    for key, value in content.items():
        place = f"levels.{key}"
        if not _THRESHOLD.fullmatch(key):
            table.wrong(place, f"{key!r} is no threshold", _SHAPE)
            continue
        at = float(key) if "." in key else int(key)
        if isinstance(value, str):
            made.append(Level(value, at))
        elif table.fits(place, value, dict):
            made.append(_described(table, place, value, _WITHOUT_AT, at))
    return made


def _item(table: Table, place: str, item: Any) -> Level | str:
    if isinstance(item, str):
        return item
    if isinstance(item, Mapping):
        return _described(table, place, item, tuple(_KINDS))
    table.wrong(place, f"expected a name or a table, got {show(item)}", 'write levels = [{ at = 10, name = "Bronze" }]')
    return ""


def _described(table: Table, place: str, content: Mapping[str, Any], known: tuple[str, ...], at: float | None = None) -> Level:
    table.only(place, content, known)
    fitting = [table.fits(f"{place}.{key}", content[key], _KINDS[key]) for key in known if key in content]
    if not all(fitting):
        return Level()
    return Level(**{"at": at} | {key: content[key] for key in known if key in content})
