"""Badge packs: modules with badges, event types and rule files."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any, Final, TypeAlias

import msgspec
from msgspec import structs

from ..badge import Badge
from ..errors import ConfigError, Problem
from ..event_type import EventType
from ..hook import Hook
from ..loaded import LOCAL, Loaded, Sourced
from ..rules import toml
from . import entries
from .hooks import made

GROUP: Final = "laurels.badges"

#: Gives a pack's settings by its name and their type. Raises ConfigError.
Settings: TypeAlias = Callable[[str, type[msgspec.Struct]], msgspec.Struct]


def _defaults(_: str, kind: type[msgspec.Struct]) -> msgspec.Struct:
    return kind()


def load_packs(selected: Sequence[str] = ("*",), settings: Settings = _defaults) -> Loaded:
    """Load the installed packs whose entry points *selected* names (globs), in that order. Runs their code: call it once, at the start."""
    chosen, problems = entries.select(entries.find(GROUP), selected, GROUP)
    loaded = Loaded(problems=tuple(problems))
    seen: set[int] = set()
    for entry in chosen:
        try:
            loaded += _unseen(_pack(entry, entries.load(entry), settings), seen)
        except entries.Broken as broken:
            loaded += Loaded(problems=(broken.problem,))
    return loaded


def load_value(value: Any) -> Loaded:
    """What *value* gives as a pack without being installed: a module, a badge, an event type, a hook. Raises Broken for anything else."""
    if isinstance(value, ModuleType):
        return _pack(EntryPoint(value.__name__, value.__name__, GROUP), value, _defaults)
    kind = value if isinstance(value, type) else type(value)
    module = LOCAL if kind is Badge else kind.__module__
    return _pack(EntryPoint(kind.__name__, f"{module}:{kind.__name__}", GROUP), value, _defaults)


def _unseen(loaded: Loaded, seen: set[int]) -> Loaded:
    """Without the badges that another entry point gave already: two may name one module."""
    badges = tuple(sourced for sourced in loaded.badges if id(sourced.badge) not in seen)
    seen |= {id(sourced.badge) for sourced in badges}
    return structs.replace(loaded, badges=badges)


def _pack(entry: EntryPoint, loaded: Any, settings: Settings) -> Loaded:
    source = Sourced(Badge(), entry.value, entries.distribution(entry), entries.release(entry), _folder(entry))
    if isinstance(loaded, ModuleType):
        return _module(entry, loaded, source) + _set_up(entry, loaded, source, settings)
    if isinstance(loaded, Badge) or (isinstance(loaded, type) and issubclass(loaded, Badge)):
        return _made(source, {entry.attr: loaded})
    if isinstance(loaded, EventType):
        return Loaded(types=(loaded,))
    if isinstance(loaded, type) and issubclass(loaded, Hook):
        return made(entry, [loaded])
    raise entries.Broken(entries.wrong(entry, f"names a {type(loaded).__name__}", "a pack is a module, a Badge class or a Badge"))


def _module(entry: EntryPoint, module: ModuleType, source: Sourced) -> Loaded:
    public = {name: value for name, value in vars(module).items() if not name.startswith("_")}
    package = module.__name__.partition(".")[0]
    badges = {name: value for name, value in public.items() if _is_badge(value, package)}
    listed = public.get("types", ())
    declared = [*public.values(), *(listed if isinstance(listed, (list, tuple)) else ())]
    types = {id(type_): type_ for type_ in declared if isinstance(type_, EventType)}
    hooks = [
        value for value in public.values() if isinstance(value, type) and issubclass(value, Hook) and value.__module__.startswith(package)
    ]
    loaded = _made(source, badges) + Loaded(types=tuple(types.values())) + _rules(entry, public.get("rules", ()), source)
    return loaded + made(entry, hooks)


def _set_up(entry: EntryPoint, module: ModuleType, source: Sourced, settings: Settings) -> Loaded:
    """What ``badges(settings)`` of a module with ``Settings`` makes, from ``[packs.NAME]`` of the configuration."""
    kind, make = getattr(module, "Settings", None), getattr(module, "badges", None)
    if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
        return Loaded()
    if not callable(make):
        return Loaded(problems=(entries.wrong(entry, "has Settings that nothing takes", "write def badges(settings), which gives badges"),))
    try:
        found = {f"badges[{number}]": badge for number, badge in enumerate(make(settings(entry.name, kind)))}
    except KeyboardInterrupt:
        raise
    except ConfigError as error:
        return Loaded(problems=error.problems)
    except BaseException as error:
        return Loaded(problems=(entries.wrong(entry, f"badges(settings) failed: {entries.told(error)}"),))
    strange = [
        entries.wrong(entry, f"{name} is {badge!r}", "badges that are made, like Badge(slug='kind')")
        for name, badge in found.items() if not isinstance(badge, Badge)
    ]  # fmt: skip
    return _made(source, {name: badge for name, badge in found.items() if isinstance(badge, Badge)}) + Loaded(problems=tuple(strange))


def _is_badge(value: Any, package: str) -> bool:
    """Badges as such, and badge classes that the pack itself defines: an imported class of another pack is only a base."""
    if isinstance(value, type):
        return issubclass(value, Badge) and value.__module__.partition(".")[0] == package
    return isinstance(value, Badge)


def _is_hook(value: Any, package: str) -> bool:
    return isinstance(value, type) and issubclass(value, Hook) and value.__module__.partition(".")[0] == package


def _made(source: Sourced, found: dict[str, Any]) -> Loaded:
    """One instance of each badge in *found*, in order; what is there under two names counts once."""
    classes = [value for value in found.values() if isinstance(value, type)]
    distinct = {id(value): name for name, value in reversed(found.items())}
    loaded = Loaded()
    for name, value in found.items():
        base = isinstance(value, type) and _is_base(value, classes)
        if distinct[id(value)] == name and not base:
            loaded += _one(structs.replace(source, origin=_origin(source, name, value)), value)
    return loaded


def _is_base(badge: type[Badge], classes: Iterable[type[Badge]]) -> bool:
    return not badge.slug and any(other is not badge and issubclass(other, badge) for other in classes)


def _one(source: Sourced, value: Any) -> Loaded:
    try:
        badge = value() if isinstance(value, type) else value
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return Loaded(problems=(source.problem("", f"can't be made: {entries.told(error)}", "a badge is made without arguments"),))
    problem = _nameless(source, badge)
    return Loaded(problems=(problem,)) if problem else Loaded((structs.replace(source, badge=badge),))


def _nameless(source: Sourced, badge: Badge) -> Problem | None:
    if not isinstance(badge.slug, str):
        return source.problem("slug", f"{badge.slug!r} is no slug", "a text, like 'first-merge'")
    if badge.slug:
        return None
    words = "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in type(badge).__name__)
    return source.problem("slug", "is missing", f"write slug = {words.strip('-_')!r}, or call a base class _{type(badge).__name__}")


def _origin(source: Sourced, name: str, value: Any) -> str:
    if isinstance(value, type):
        return f"{value.__module__}.{value.__qualname__}"
    return f"{source.origin.partition(':')[0]}.{name}"


def _rules(entry: EntryPoint, names: Any, source: Sourced) -> Loaded:
    """The pack's own rule files, named by ``rules`` relative to the module."""
    try:
        paths = list(_paths(msgspec.convert(names, str | tuple[str, ...]), source.folder))
    except msgspec.ValidationError:
        problem = entries.wrong(entry, f"rules = {names!r} names no files", "write rules = ('badges.toml',)")
        return Loaded(problems=(problem,))
    loaded = Loaded()
    for path in paths:
        loaded += toml.load(path, distribution=source.distribution, release=source.release)
    return loaded


def _paths(names: str | tuple[str, ...], folder: Path | None) -> Iterator[Path]:
    for name in (names,) if isinstance(names, str) else names:
        yield (folder or Path()) / name


def _folder(entry: EntryPoint) -> Path | None:
    """Where the pack's files are."""
    file = getattr(sys.modules.get(entry.module), "__file__", None)
    return Path(file).parent if file else None
