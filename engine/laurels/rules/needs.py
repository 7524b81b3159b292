"""What a badge in a rule file requires: other badges, all, any, or some number of them."""

from collections.abc import Mapping
from typing import Any, Final

from ..requirements import Requirement, all_of, any_of, at_least
from .kinds import show
from .table import Table

KEYS: Final = ("all", "any", "at_least", "of")
_SHAPE: Final = 'write requires = { all = ["one", "another@2"] }, { any = [...] }, or { at_least = 2, of = [...] }'


def requirement(table: Table) -> Requirement | None:
    """What ``requires`` of *table* says; problems are noted there."""
    return _one(table, "requires", table.content["requires"]) if "requires" in table.content else None


def _one(table: Table, place: str, value: Any) -> Requirement | None:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return all_of(*_several(table, place, value))
    if isinstance(value, Mapping):
        return _combined(table, place, value)
    table.wrong(place, f"expected a badge, a list or a table, got {show(value)}", _SHAPE)
    return None


def _several(table: Table, place: str, value: Any) -> tuple[Requirement, ...]:
    if not isinstance(value, list):
        table.wrong(place, f"expected a list of badges, got {show(value)}", _SHAPE)
        return ()
    parts = [_one(table, f"{place}.{number}", item) for number, item in enumerate(value, 1)]
    return tuple(part for part in parts if part is not None)


def _combined(table: Table, place: str, value: Mapping[str, Any]) -> Requirement:
    table.only(place, value, KEYS)
    parts: list[Requirement] = list(_several(table, f"{place}.all", value["all"])) if "all" in value else []
    groups: list[Requirement] = []
    if "any" in value:
        groups.append(any_of(*_several(table, f"{place}.any", value["any"])))
    if ("at_least" in value) != ("of" in value):
        table.wrong(place, "at_least and of go together", _SHAPE)
    elif "at_least" in value and table.fits(f"{place}.at_least", value["at_least"], int):
        groups.append(at_least(value["at_least"], _several(table, f"{place}.of", value["of"])))
    return groups[0] if len(groups) == 1 and "all" not in value else all_of(*parts, *groups)
