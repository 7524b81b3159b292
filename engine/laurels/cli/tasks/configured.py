"""The configuration, and what it makes of what is installed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, structs

from ...adapter import Adapter
from ...config import Config, adapter_settings, load, pack_settings
from ...definition import Definition
from ...engine.watchdog import Quarantine, breadcrumb
from ...errors import ConfigError, LaurelsError, Problem, UnknownBadge, nearest
from ...generation import Generation, build
from ...loaded import Loaded
from ...plugins import AdapterPlugin, adapters, entries, load_adapters, load_hooks, load_packs
from ...workshop.made import Made
from ..errors import NoCommunity, Wrong

FILE: Final = Path("laurels.toml")


class Installed(Struct, frozen=True):
    """What the configuration asks for of what is installed. *packs* has the badges and also the adapters' event types."""

    packs: Loaded
    adapters: Mapping[str, AdapterPlugin]
    problems: tuple[Problem, ...]


def configuration(path: Path | None) -> Config:
    """Read the file named, which has to be there then, or ``laurels.toml``. Raises ConfigError."""
    return load(path or FILE, required=path is not None)


def installed(config: Config) -> Installed:
    """Load packs and adapters. Problems of packs are in the packs; those here are the adapters'."""
    found, problems = load_adapters(frozenset(config.adapters))
    types = tuple(type_ for plugin in found.values() for type_ in plugin.types)
    return Installed(_packs(config) + load_hooks() + Loaded(types=types), found, problems)


def _packs(config: Config) -> Loaded:
    """The packs, with their settings; where the configuration names one that is not there, its line is told."""
    asked: set[str] = set()

    def settings(name: str, kind: type[Struct]) -> Struct:
        asked.add(name)
        return pack_settings(config, name, kind)

    loaded = load_packs(config.badges.packs, settings)
    here = config.where("badges", "packs")
    problems = [
        Problem(here, problem.where, problem.what, problem.hint) if problem.where == "[badges].packs" else problem
        for problem in loaded.problems
    ]  # fmt: skip
    problems += [
        Problem(config.where("packs", name), f"[packs.{name}]", "no pack of this name takes settings", nearest(name, sorted(asked)))
        for name in config.packs if name not in asked
    ]  # fmt: skip
    return structs.replace(loaded, problems=tuple(problems))


def unknown(config: Config) -> list[Problem]:
    """Tables of adapters that are not installed."""
    names = sorted({entry.name for entry in entries.find(adapters.GROUP)})
    hint = f"installed are {', '.join(names) or 'none'}"
    return [
        Problem(config.where("adapters", name), f"[adapters.{name}]", "no adapter of this name is installed", nearest(name, names) or hint)
        for name in config.adapters if name not in names
    ]  # fmt: skip


def made(config: Config, plugin: AdapterPlugin) -> Adapter:
    """The adapter, from its settings. Raises ConfigError with all that is wrong in them."""
    settings = adapter_settings(config, plugin)
    try:
        return plugin.factory(settings)
    except LaurelsError:
        raise
    except Exception as error:  # a plugin's own fault, named as such
        what = f"the adapter can't be made: {type(error).__name__}: {error}"
        raise ConfigError([Problem(config.where("adapters", plugin.name), f"[adapters.{plugin.name}]", what)]) from error


def quarantine(config: Config) -> Quarantine:
    """The badges that held up a process."""
    return Quarantine(breadcrumb(config.store.url))


def generation(config: Config, packs: Loaded, made: Mapping[str, Made] | None = None) -> Generation:
    """The badges of every community, those that people *made* among them, as ``laurels run`` would have them."""
    return build(config, packs, made, quarantined=quarantine(config).causes())


def community(config: Config, name: str | None) -> str:
    """The community that is meant. Raises NoCommunity."""
    known = list(config.communities)
    if name in config.communities or (name is None and len(known) == 1):
        return name or known[0]
    raise NoCommunity(name, known)


def definition(generation: Generation, community: str, slug: str) -> Definition:
    """The badge that is meant. Raises UnknownBadge, or says why it was left out."""
    try:
        return generation.registries[community].definition(slug)
    except UnknownBadge:
        for problem in generation.problems:
            if slug in (problem.place, problem.place.partition("]")[0].lstrip("[")):
                raise Wrong(f"the badge {slug!r} is left out: {problem}") from None
        raise
