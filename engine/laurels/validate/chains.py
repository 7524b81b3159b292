"""Badges that require badges: no circles, and nobody who needs one that was refused."""

from collections.abc import Mapping, Sequence

from ..errors import Problem
from ..loaded import Sourced
from ..requirements import leaves


def cycles(badges: Sequence[Sourced]) -> dict[str, Problem]:
    """The badges that require themselves, over others or at once, each with the way round."""
    needs = _needs(badges)
    found: dict[str, Problem] = {}
    for sourced in badges:
        way = _way_back(sourced.badge.slug, needs)
        if way:
            hint = "leave one of these out" if len(way) > 2 else "a badge can't require itself"
            found[sourced.badge.slug] = sourced.problem("requires", f"goes round in a circle: {' -> '.join(way)}", hint)
    return found


def orphans(badges: Sequence[Sourced], refused: Mapping[str, Sequence[Problem]]) -> dict[str, Problem]:
    """The badges that need one of *refused*, directly or over others, each with the reason."""
    needs = _needs(badges)
    reasons = {slug: str(problems[0]).partition("\n")[0] for slug, problems in refused.items()}
    found: dict[str, Problem] = {}
    growing = True
    while growing:
        before = len(found)
        for sourced in badges:
            slug = sourced.badge.slug
            lost = next((need for need in needs[slug] if need in reasons), None)
            if lost is not None and slug not in found:
                found[slug] = sourced.problem("requires", f"needs {lost!r}, which was refused", reasons[lost])
                reasons[slug] = f"{lost!r} was refused"
        growing = len(found) > before
    return found


def _needs(badges: Sequence[Sourced]) -> dict[str, tuple[str, ...]]:
    return {
        sourced.badge.slug: tuple(dict.fromkeys(leaf.slug for leaf in leaves(sourced.badge.requires))) if sourced.badge.requires else ()
        for sourced in badges
    }


def _way_back(start: str, needs: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The shortest way from *start* to itself, both ends named; empty if there is none."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for need in needs.get(way[-1], ()):
            if need == start:
                return [*way, start]
            if need not in seen:
                seen.add(need)
                ways.append([*way, need])
    return []
