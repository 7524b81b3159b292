"""Slugs that are claimed twice."""

from collections.abc import Mapping
from typing import Any

from msgspec import structs

from ..errors import Problem
from ..loaded import Loaded, Sourced
from ..requirements import AtLeast, Held, Requirement


def qualify(*loaded: Loaded) -> Loaded:
    """Put sources together so that every slug is there once.

    Claimed by two distributions, it stays the first one's and is ``distribution:slug`` for the later; what the later one's own badges
    require follows. Claimed twice by one distribution, the first holds and the other is left out. Both are reported.
    """
    claims: dict[str, Sourced] = {}
    kept: list[Sourced] = []
    renamed: dict[str, dict[str, str]] = {}
    problems = [problem for source in loaded for problem in source.problems]
    for sourced in (sourced for source in loaded for sourced in source.badges):
        claimed, problem = _claim(sourced, claims)
        problems += [problem] if problem else []
        if claimed is not None:
            claims[claimed.badge.slug] = claimed
            kept.append(claimed)
            if claimed is not sourced:
                renamed.setdefault(sourced.distribution, {})[sourced.badge.slug] = claimed.badge.slug
    types = tuple(type_ for source in loaded for type_ in source.types)
    return Loaded(tuple(_following(sourced, renamed.get(sourced.distribution, {})) for sourced in kept), types, tuple(problems))


def _claim(sourced: Sourced, claims: Mapping[str, Sourced]) -> tuple[Sourced | None, Problem | None]:
    slug = sourced.badge.slug
    first = claims.get(slug)
    if first is None:
        return sourced, None
    qualified = f"{sourced.distribution}:{slug}"
    second = first if first.distribution == sourced.distribution else claims.get(qualified)
    if second is not None:
        return None, sourced.problem("slug", f"{slug!r} is in {second.origin} already", "that one is used; a badge needs a slug of its own")
    what = f"{slug!r} is {first.distribution}'s already"
    return _named(sourced, qualified), sourced.problem("slug", what, f"it is used as {qualified!r}")


def _named(sourced: Sourced, slug: str) -> Sourced:
    name = sourced.badge.name or sourced.badge.slug.replace("-", " ").capitalize()
    return structs.replace(sourced, badge=sourced.badge.replace(slug=slug, name=name))


def _following(sourced: Sourced, renamed: Mapping[str, str]) -> Sourced:
    requires = sourced.badge.requires
    if not renamed or requires is None:
        return sourced
    return structs.replace(sourced, badge=sourced.badge.replace(requires=_renamed(requires, renamed)))


def _renamed(part: Any, renamed: Mapping[str, str]) -> Requirement:
    if isinstance(part, str):
        slug, at, level = part.partition("@")
        return renamed.get(slug, slug) + at + level
    if isinstance(part, Held):
        return Held(renamed.get(part.slug, part.slug), part.level)
    if isinstance(part, AtLeast) and isinstance(part.of, (list, tuple)):
        return AtLeast(part.n, tuple(_renamed(inner, renamed) for inner in part.of))
    return part  # type: ignore[no-any-return]  # nonsense is refused by the validation, which names it
