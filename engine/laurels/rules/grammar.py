"""What a table of a rule file may say, and the badge that it makes."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, get_type_hints

import msgspec
from msgspec import structs

from ..badge import Badge, Nominations
from ..errors import nearest
from ..loaded import Sourced
from ..measures import Cap, Count, Distinct, Measure, Period, Streak, Sum
from .kinds import show
from .ladder import levels
from .needs import requirement
from .table import Table

#: Attributes of a badge that are keys just as they are.
PLAIN: Final = (
    "name", "description", "image", "emoji", "message", "tags", "points", "repeatable", "bots", "allow_self", "permanent", "expires",
    "hidden", "version", "on_change", "by_hand", "milestones", "boards",
)  # fmt: skip

#: Keys of what the badge counts, with the attribute of the measure that each sets.
MEASURED: Final = {"on": "types", "where": "where", "count": "kind", "within": "within", "per": "per", "cooldown": "cooldown", "cap": "cap",
                   "to": "to"}  # fmt: skip
#: Keys of the thresholds, of the prerequisites and of the terms of nominations.
OTHER: Final = ("levels", "at", "requires", "nominations")
KEYS: Final = (*MEASURED, *OTHER, *PLAIN)

#: What authors look for here and where it is.
ELSEWHERE: Final = {
    "slug": "the name of the table is the slug",
    "events": "write on = ...",
    "measure": "write on = ... and count = ...",
    "measures": "only a badge in Python can have more than one",
    "threshold": "write at = ...",
    **dict.fromkeys(("level_policy", "deferred", "deterministic", "timeout"), "only for badges in Python"),
    **dict.fromkeys(("awarders", "creator"), "the configuration says it, in [communities.NAME.badges.SLUG]"),
}

_COUNTS = '"events", { distinct = "event..." }, { sum = "event..." } or { streak = "week" }'
_STREAK = ("streak", "freezes", "freeze_per")
_FIELDS: Final[dict[str, Callable[..., Measure]]] = {"distinct": Distinct, "sum": Sum}
_KINDS: Final = {name: kind for name, kind in get_type_hints(Badge).items() if name in PLAIN}
_MEASURE_KINDS: Final = {"where": str, "within": str, "per": Period, "cooldown": str, "to": str}


def badge(table: Table, more: Sequence[str] = ()) -> Sourced | None:
    """Read the badge in *table*, or None where something is wrong with it (see ``table.problems``). *more* are keys that others read."""
    _unknown_keys(table, more)
    attributes: dict[str, Any] = {"slug": table.name}
    attributes |= {key: table.content[key] for key in PLAIN if key in table.content and table.fits(key, table.content[key], _KINDS[key])}
    attributes |= {name: tuple(attributes[name]) for name in ("tags", "milestones", "boards") if name in attributes}
    attributes |= {"levels": levels(table), "measure": _measure(table), "requires": requirement(table)} | _nominations(table)
    if table.problems:
        return None
    return structs.replace(table.source, badge=Badge(**attributes))


def _unknown_keys(table: Table, more: Sequence[str]) -> None:
    keys = (*KEYS, *more)
    for key in table.content:
        if key in keys:
            continue
        table.wrong(key, "no such key", ELSEWHERE.get(key) or nearest(key, keys) or f"known are {', '.join(keys)}")


def _measure(table: Table) -> Measure | None:
    given = [key for key in MEASURED if key in table.content]
    if not given:
        return None
    if "on" not in table.content:
        table.wrong(given[0], "says how to count, but nothing says what", 'add on = "message.posted", or another event type')
        return None
    kinds = {key: kind for key, kind in _MEASURE_KINDS.items() if key in table.content}
    common = {key: table.content[key] for key, kind in kinds.items() if table.fits(key, table.content[key], kind)}
    if not table.fits("on", table.content["on"], str | tuple[str, ...]):
        return None
    on = table.content["on"]
    return _counted(table, common | _cap(table) | {"types": on if isinstance(on, str) else tuple(on)})


def _cap(table: Table) -> dict[str, Cap]:
    if "cap" not in table.content:
        return {}
    content = table.content["cap"]
    if not table.fits("cap", content, dict):
        return {}
    kinds = get_type_hints(Cap)
    table.only("cap", content, tuple(kinds))
    fitting = [table.fits(f"cap.{key}", content[key], kind) for key, kind in kinds.items() if key in content]
    return {"cap": msgspec.convert(content, Cap)} if all(fitting) else {}


def _nominations(table: Table) -> dict[str, Nominations | bool]:
    if "nominations" not in table.content:
        return {}
    content = table.content["nominations"]
    if not isinstance(content, Mapping):
        return {"nominations": content} if table.fits("nominations", content, bool | dict) else {}
    kinds = get_type_hints(Nominations)
    table.only("nominations", content, tuple(kinds))
    fitting = [table.fits(f"nominations.{key}", content[key], kind) for key, kind in kinds.items() if key in content]
    return {"nominations": msgspec.convert(content, Nominations)} if all(fitting) else {}


def _counted(table: Table, common: dict[str, Any]) -> Measure | None:
    count = table.content.get("count", "events")
    if count == "events":
        return Count(**common)
    kinds = [kind for kind in ("distinct", "sum", "streak") if isinstance(count, Mapping) and kind in count]
    if len(kinds) != 1:
        hint = _misspelt(count) or f"write count = {_COUNTS}"
        table.wrong("count", f"{show(count)} is no way to count", hint)
        return None
    return _streak(table, common, count) if kinds == ["streak"] else _of_field(table, common, kinds[0], count)


def _misspelt(count: Any) -> str:
    if isinstance(count, str):
        return nearest(count, ("events",))
    return nearest(next(iter(count), ""), ("distinct", "sum", "streak")) if isinstance(count, Mapping) and len(count) == 1 else ""


def _of_field(table: Table, common: dict[str, Any], kind: str, count: Mapping[str, Any]) -> Measure | None:
    table.only("count", count, (kind,))
    return _FIELDS[kind](field=count[kind], **common) if table.fits(f"count.{kind}", count[kind], str) else None


def _streak(table: Table, common: dict[str, Any], count: Mapping[str, Any]) -> Measure | None:
    table.only("count", count, _STREAK)
    kinds: dict[str, Any] = {"streak": Period, "freezes": int, "freeze_per": Period}
    fitting = [table.fits(f"count.{key}", count[key], kinds[key]) for key in _STREAK if key in count]
    if not all(fitting):
        return None
    names = {"streak": "period", "freezes": "freezes", "freeze_per": "freeze_per"}
    return Streak(**common, **{names[key]: count[key] for key in _STREAK if key in count})
