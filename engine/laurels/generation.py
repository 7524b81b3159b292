"""One generation of badges: everything that is installed and configured, checked, as a registry for each community."""

from collections.abc import Collection, Iterable, Mapping, Sequence

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
    registries = {
        community.name: _registry(community, loaded.badges, types, quarantined, problems) for community in config.communities.values()
    }
    return Generation(registries, tuple(dict.fromkeys(problems)))


def _registry(
    community: CommunityConfig, badges: Sequence[Sourced], types: Mapping[str, EventType], quarantined: Collection[str], problems: list[Problem]
) -> Registry:
    ours = [_own(community, sourced, problems) for sourced in badges if sourced.badge.slug not in community.disabled]
    problems += _unknown(community, badges)
    valid = check(ours, Catalog(types, community.keep_text, {}))
    definitions = [definition for sourced in valid.badges if (definition := _define(sourced, types, community, problems))]
    kept = [definition for definition in definitions if definition.cause not in quarantined]
    problems += valid.problems
    problems += [
        Problem(d.origin, d.slug, "held the event loop and is in quarantine", f"change it, or `laurels badges --release {d.slug}`")
        for d in definitions if d.cause in quarantined
    ]  # fmt: skip
    return Registry(kept, types, valid.problems)


def _define(
    sourced: Sourced, types: Mapping[str, EventType], community: CommunityConfig, problems: list[Problem]
) -> Definition | None:
    try:
        return Definition(sourced.badge, types, text_kept=community.keep_text, sourced=sourced)
    except Exception as error:  # whatever a badge does while it is looked at costs only itself
        problems.append(sourced.problem("", f"can't be used: {type(error).__name__}: {error}"))
        return None


def _own(community: CommunityConfig, sourced: Sourced, problems: list[Problem]) -> Sourced:
    override = community.overrides.get(sourced.badge.slug)
    if override is None:
        return sourced
    try:
        return structs.replace(sourced, badge=overridden(sourced.badge, override))
    except LaurelsError as error:
        problems.append(Problem(f"community {community.name}", f"badges.{sourced.badge.slug}", str(error)))
        return sourced


def _unknown(community: CommunityConfig, badges: Sequence[Sourced]) -> list[Problem]:
    """Overrides and disabled slugs that name no badge."""
    known = [sourced.badge.slug for sourced in badges]
    named: Iterable[str] = {*community.overrides, *community.disabled}
    return [
        Problem(f"community {community.name}", f"badges.{slug}", f"no badge has the slug {slug!r}", nearest(slug, known))
        for slug in sorted(named) if slug not in known
    ]  # fmt: skip

