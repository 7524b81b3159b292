"""A badge of people's, tried before it is taken: against the grammar, the event types and the other badges of its community."""

from collections.abc import Iterator
from typing import NamedTuple

from ..definition import Definition
from ..errors import LaurelsError, Problem
from ..filed import MadeBadge
from ..loaded import Sourced
from ..registry import Registry
from ..validate import Catalog, cycles, problems_of
from . import limits
from .made import content, load


class Trial(NamedTuple):
    """The badge as it would be, or what is wrong, in words; what was found beyond the first kind of fault may be more."""

    definition: Definition | None
    problems: tuple[str, ...]


def tried(registry: Registry, edition: MadeBadge) -> Trial:
    """Try an edition among the badges that there are."""
    loaded = load(edition)
    words = [*limits.of_table(content(edition)), *(_words(problem, edition.slug) for problem in loaded.problems)]
    if words or not loaded.badges:
        return Trial(None, tuple(words))
    (sourced,) = loaded.badges
    words = [*limits.of_badge(sourced.badge), *_namesakes(registry, sourced), *_among(registry, sourced)]
    return Trial(None if words else _defined(registry, sourced), tuple(words))


def rule(registry: Registry, edition: MadeBadge) -> str:
    """The fingerprint of what an edition says, whether or not it can be used; empty where it can't even be read."""
    loaded = load(edition)
    try:
        return _defined(registry, loaded.badges[0]).fingerprint
    except (LaurelsError, LookupError, ValueError):  # what it names is no longer there
        return ""


def _defined(registry: Registry, sourced: Sourced) -> Definition:
    return Definition(sourced.badge, registry.types, text_kept=registry.texts_kept, sourced=sourced)


def _among(registry: Registry, sourced: Sourced) -> Iterator[str]:
    """What is wrong with a badge here, and with those that require it, once it is as it would be."""
    slug = sourced.badge.slug
    others = [definition.sourced for definition in registry.definitions.values() if definition.slug != slug]
    badges = {other.badge.slug: other.badge for other in (*others, sourced)}
    catalog = Catalog(registry.types, registry.texts_kept, badges)
    yield from (_words(problem, slug) for problem in problems_of(sourced, catalog))
    if (circle := cycles([*others, sourced]).get(slug)) is not None:
        yield _words(circle, slug)
    for dependent in registry.dependents.get(slug, ()):
        yield from (f"{dependent.slug} requires it: {problem.what}" for problem in problems_of(dependent.sourced, catalog))


def _namesakes(registry: Registry, sourced: Sourced) -> Iterator[str]:
    name = sourced.badge.name.strip().casefold()
    for definition in registry.definitions.values():
        if definition.slug != sourced.badge.slug and definition.name.casefold() == name:
            yield f"name: {definition.slug!r} is called so already (a name of its own)"


def _words(problem: Problem, slug: str) -> str:
    place = problem.place.removeprefix(f"[{slug}]").removeprefix(".")
    return (f"{place}: " if place else "") + problem.what + (f" ({problem.hint})" if problem.hint else "")
