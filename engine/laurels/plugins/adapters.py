"""Adapters: one per platform, made later from their settings."""

from collections.abc import Callable
from importlib.metadata import EntryPoint
from typing import Any, Final

from msgspec import Struct

from ..adapter import Adapter
from ..errors import Problem
from ..event_type import EventType
from . import entries

GROUP: Final = "laurels.adapters"


class AdapterPlugin(Struct, frozen=True):
    """An installed adapter: *factory* takes an instance of *settings_type* and gives the adapter."""

    name: str
    factory: Callable[[Any], Adapter]
    settings_type: type[Struct]
    distribution: str
    release: str = ""
    types: tuple[EventType, ...] = ()


def load_adapters(wanted: frozenset[str] | None = None) -> tuple[dict[str, AdapterPlugin], tuple[Problem, ...]]:
    """Load the installed adapters by the names of their entry points (only those *wanted*, if given), and the problems of the broken."""
    found: dict[str, AdapterPlugin] = {}
    problems: list[Problem] = []
    for entry in entries.find(GROUP):
        if wanted is not None and entry.name not in wanted:
            continue
        try:
            plugin = _adapter(entry, entries.load(entry))
        except entries.Broken as broken:
            problems.append(broken.problem)
            continue
        if entry.name in found:
            problems.append(entries.wrong(entry, f"{found[entry.name].distribution} has an adapter of this name", "that one is used"))
        found.setdefault(entry.name, plugin)
    return found, tuple(problems)


def _adapter(entry: EntryPoint, factory: Any) -> AdapterPlugin:
    if not callable(factory):
        raise entries.Broken(entries.wrong(entry, f"names a {type(factory).__name__}", "an adapter is a class or function that makes it"))
    settings = getattr(factory, "Settings", None)
    if not (isinstance(settings, type) and issubclass(settings, Struct)):
        raise entries.Broken(entries.wrong(entry, "has no settings", "set Settings to a msgspec.Struct, with no fields if it takes none"))
    types = tuple(type_ for type_ in getattr(factory, "types", ()) if isinstance(type_, EventType))
    return AdapterPlugin(entry.name, factory, settings, entries.distribution(entry), entries.release(entry), types)
