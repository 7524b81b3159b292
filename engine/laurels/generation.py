"""One generation of badges: everything that is installed and configured, checked, as a registry for each community."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, structs

from .config import CommunityConfig, Config, overridden
from .definition import Definition
from .errors import LaurelsError, Problem, nearest
from .event_type import EventType
from .loaded import Loaded, Sourced
from .plugins import qualify
from .registry import Registry
from .rules.toml import load_files
from .validate import Catalog, check, types_of


class Generation(Struct, frozen=True):
    """The registries, by community, and everything that was left out of them, and why."""

    registries: Mapping[str, Registry]
    problems: tuple[Problem, ...]


def build(config: Config, packs: Loaded, *, more_types: Sequence[EventType] = (), quarantined: Collection[str] = ()) -> Generation:
    """Build a generation from the loaded *packs* and the configuration's rule files. *quarantined* names causes that are left out."""
    files = load_files(config.folder, config.badges.files)
    loaded = qualify(packs, files)
    types, wrong = types_of([Loaded(types=tuple(more_types)), loaded])
    problems = [*loaded.problems, *wrong]
    ground = _Ground(config, types, quarantined, problems)
    registries = {community.name: _registry(ground, community, loaded.badges) for community in config.communities.values()}
    return Generation(registries, tuple(dict.fromkeys(problems)))


class _Ground(NamedTuple):
    """What the registries of all communities rest on; *problems* grows."""

    config: Config
    types: Mapping[str, EventType]
    quarantined: Collection[str]
    problems: list[Problem]


def _registry(ground: _Ground, community: CommunityConfig, badges: Sequence[Sourced]) -> Registry:
    types, problems = ground.types, ground.problems
    ours = [_own(ground, community, sourced) for sourced in badges if sourced.badge.slug not in community.disabled]
    problems += _unknown(ground.config, community, badges)
    valid = check(ours, Catalog(types, community.keep_text, {}))
    definitions = [definition for sourced in valid.badges if (definition := _define(sourced, types, community, problems))]
    kept = [definition for definition in definitions if definition.cause not in ground.quarantined]
    problems += valid.problems
    problems += [
        Problem(d.origin, d.slug, "held the event loop and is in quarantine", f"change it, or `laurels badges --release {d.slug}`")
        for d in definitions if d.cause in ground.quarantined
    ]  # fmt: skip
    return Registry(kept, types, valid.problems)


def _define(sourced: Sourced, types: Mapping[str, EventType], community: CommunityConfig, problems: list[Problem]) -> Definition | None:
    try:
        return Definition(sourced.badge, types, text_kept=community.keep_text, sourced=sourced)
    except Exception as error:  # whatever a badge does while it is looked at costs only itself
        problems.append(sourced.problem("", f"can't be used: {type(error).__name__}: {error}"))
        return None


def _own(ground: _Ground, community: CommunityConfig, sourced: Sourced) -> Sourced:
    slug = sourced.badge.slug
    override = community.overrides.get(slug)
    if override is None:
        return sourced
    try:
        return structs.replace(sourced, badge=overridden(sourced.badge, override))
    except LaurelsError as error:
        where = ground.config.where("communities", community.name, "badges", slug)
        ground.problems.append(Problem(where, f"[communities.{community.name}.badges.{slug}]", str(error)))
        return sourced


def _unknown(config: Config, community: CommunityConfig, badges: Sequence[Sourced]) -> list[Problem]:
    """Overrides and disabled slugs that name no badge."""
    known = [sourced.badge.slug for sourced in badges]
    table = ("communities", community.name)
    places = dict.fromkeys(community.disabled, (*table, "disabled")) | {slug: (*table, "badges", slug) for slug in community.overrides}
    return [
        Problem(config.where(*place), f"[{'.'.join(place[:-1])}].{place[-1]}", f"no badge has the slug {slug!r}", nearest(slug, known))
        for slug, place in sorted(places.items()) if slug not in known
    ]  # fmt: skip
