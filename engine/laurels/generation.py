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
from .workshop.made import Made


class Generation(Struct, frozen=True):
    """The registries, by community, and everything that was left out of them, and why. *files* are the rule files as they were read."""

    registries: Mapping[str, Registry]
    problems: tuple[Problem, ...]
    files: Loaded = Loaded()


def build(
    config: Config, packs: Loaded, made: Mapping[str, Made] | None = None, *, files: Loaded | None = None,
    more_types: Sequence[EventType] = (), quarantined: Collection[str] = (),
) -> Generation:  # fmt: skip
    """Build a generation from the loaded *packs*, the configuration's rule files (or *files*, read before) and what people *made*.

    *quarantined* names causes that are left out. Where a pack or file claims the slug of a badge that people made, theirs was there first.
    """
    files = load_files(config.folder, config.badges.files) if files is None else files
    types, problems = types_of([Loaded(types=tuple(more_types)), packs, files])
    ground = _Ground(config, types, quarantined, list(problems))
    registries: dict[str, Registry] = {}
    for community in config.communities.values():
        its = (made or {}).get(community.name, Made())
        loaded = qualify(its.loaded(), packs, files)
        ground.problems.extend(loaded.problems)
        registries[community.name] = _registry(ground, community, loaded.badges, its.retired)
    return Generation(registries, tuple({str(problem): problem for problem in ground.problems}.values()), files)


class _Ground(NamedTuple):
    """What the registries of all communities rest on; *problems* grows."""

    config: Config
    types: Mapping[str, EventType]
    quarantined: Collection[str]
    problems: list[Problem]


def _registry(ground: _Ground, community: CommunityConfig, badges: Sequence[Sourced], retired: Collection[str]) -> Registry:
    types, problems = ground.types, ground.problems
    ours = [_own(ground, community, sourced) for sourced in badges if sourced.badge.slug not in community.disabled]
    taken = [sourced.badge.slug for sourced in badges]
    problems += _unknown(ground.config, community, [*taken, *retired])
    valid = check(ours, Catalog(types, community.keep_text, {}))
    definitions = [definition for sourced in valid.badges if (definition := _define(sourced, types, community, problems))]
    kept = [definition for definition in definitions if definition.cause not in ground.quarantined]
    problems += valid.problems
    problems += [
        Problem(d.origin, d.slug, "held the event loop and is in quarantine", f"change it, or `laurels badges --release {d.slug}`")
        for d in definitions if d.cause in ground.quarantined
    ]  # fmt: skip
    return Registry(kept, types, valid.problems, texts_kept=community.keep_text, taken=taken)


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


def _unknown(config: Config, community: CommunityConfig, known: Sequence[str]) -> list[Problem]:
    """Overrides and disabled slugs that name no badge."""
    table = ("communities", community.name)
    places = dict.fromkeys(community.disabled, (*table, "disabled")) | {slug: (*table, "badges", slug) for slug in community.overrides}
    return [
        Problem(config.where(*place), f"[{'.'.join(place[:-1])}].{place[-1]}", f"no badge has the slug {slug!r}", nearest(slug, known))
        for slug, place in sorted(places.items()) if slug not in known
    ]  # fmt: skip
