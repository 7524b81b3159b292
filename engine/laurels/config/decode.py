"""Decodes tables into structs and finds every fault on the way; msgspec alone stops at the first."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import msgspec
from msgspec import Struct, structs

from ..errors import Problem, nearest
from ..rules.kinds import describe, fault, show

T = TypeVar("T", bound=Struct)


class Source:
    """The file that is read, with the lines of its keys and the problems found so far."""

    def __init__(self, path: Path | None, lines: Mapping[tuple[str, ...], int]) -> None:
        self.where, self._lines = str(path or "configuration"), lines
        self.problems: list[Problem] = []
        #: Where a value came from the environment: it may be secret, and no message shows it.
        self.secret: set[tuple[str, ...]] = set()

    def wrong(self, place: tuple[str, ...], what: str, hint: str = "") -> None:
        """Note what is wrong at *place*, a path of keys."""
        line = next((self._lines[place[:end]] for end in range(len(place), 0, -1) if place[:end] in self._lines), 0)
        self.problems.append(Problem(f"{self.where}:{line}" if line else self.where, written(place), what, hint))


def written(place: tuple[str, ...]) -> str:
    """A path of keys as the file has it: ``[table.inner].key``."""
    return f"[{'.'.join(place[:-1])}].{place[-1]}" if len(place) > 1 else ".".join(place)


def decode(source: Source, place: tuple[str, ...], table: Any, kind: type[T]) -> T:
    """Decode *table* strictly. A faulty key is noted and keeps its default; a missing one that has none is noted, and raises Missing."""
    if not isinstance(table, Mapping):
        source.wrong(place, f"expected a table, got {show(table)}")
        table = {}
    fields = {info.encode_name: info for info in structs.fields(kind)}
    for key in table:
        if key not in fields:
            source.wrong((*place, key), "no such key", nearest(key, tuple(fields)) or f"known are {', '.join(fields) or 'none'}")
    values: dict[str, Any] = {}
    for key, info in fields.items():
        if key in table:
            _value(source, (*place, key), table[key], info.type, values)
        elif info.required:
            source.wrong((*place, key), "is missing")
    return _made(source, place, kind, values)


class Missing(Exception):
    """A key that has no default is missing or faulty: there is no struct to give. It has been noted."""


def _made(source: Source, place: tuple[str, ...], kind: type[T], values: dict[str, Any]) -> T:
    required = [info.encode_name for info in structs.fields(kind) if info.required]
    if any(key not in values for key in required):
        raise Missing
    names = {info.encode_name: info.name for info in structs.fields(kind)}
    try:
        return kind(**{names[key]: value for key, value in values.items()})
    except (TypeError, ValueError) as error:  # a settings type may look at its values when it is made, and say "KEY: what is wrong"
        key, _, what = str(error).partition(": ")
        source.wrong(*(((*place, key), what) if key in names else (place, str(error))))
        raise Missing from error


def _value(source: Source, place: tuple[str, ...], value: Any, kind: Any, values: dict[str, Any]) -> None:
    key = place[-1]
    if _is_struct(kind):
        values[key] = decode(source, place, value, kind)
    elif get_origin(kind) is dict and _is_table_like(get_args(kind)[1]) and isinstance(value, Mapping):
        values[key] = _each(source, place, value, get_args(kind)[1])
    elif what := fault(value, kind):
        hidden = any(secret[: len(place)] == place for secret in source.secret)
        source.wrong(place, f"expected {describe(kind)}, got something else from the environment" if hidden else what)
    else:
        values[key] = msgspec.convert(value, kind, strict=True)


def _each(source: Source, place: tuple[str, ...], table: Mapping[str, Any], kind: Any) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for name, value in table.items():
        _value(source, (*place, name), value, kind, values)
    return values


def _is_struct(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Struct)


def _is_table_like(kind: Any) -> bool:
    return kind is not Any
