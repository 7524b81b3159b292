"""One badge after the other, then what they say about each other."""

from collections.abc import Container, Sequence

from msgspec import Struct

from ..errors import Problem
from ..loaded import Sourced
from . import attributes, decides, levels, measures, nominations, requires
from .catalog import Catalog
from .chains import cycles, orphans
from .report import Report


class Valid(Struct, frozen=True):
    """The badges that can be used, in order, and all problems of the others."""

    badges: tuple[Sourced, ...]
    problems: tuple[Problem, ...]


def problems_of(sourced: Sourced, catalog: Catalog) -> list[Problem]:
    """Everything that is wrong with one badge on its own; never raises, whatever the badge is."""
    report = Report(sourced)
    try:
        attributes.check(report)
        levels.check(report)
        nominations.check(report)
        measures.check(report, catalog)
        decides.check(report, catalog)
        requires.check(report, catalog)
    except Exception as error:
        report.wrong("", f"can't be checked: {type(error).__name__}: {error}")
    return report.problems


def check(badges: Sequence[Sourced], catalog: Catalog) -> Valid:
    """Check all of *badges* (their slugs are unique by now): each by itself, then cycles, then who needs one that was refused."""
    known = Catalog(catalog.types, catalog.texts_kept, {sourced.badge.slug: sourced.badge for sourced in badges})
    found = {sourced.badge.slug: problems_of(sourced, known) for sourced in badges}
    refused = {slug: problems for slug, problems in found.items() if problems}
    refused |= {slug: [problem] for slug, problem in cycles(_without(refused, badges)).items()}
    refused |= {slug: [problem] for slug, problem in orphans(_without(refused, badges), refused).items()}
    return Valid(tuple(_without(refused, badges)), tuple(problem for problems in refused.values() for problem in problems))


def _without(refused: Container[str], badges: Sequence[Sourced]) -> list[Sourced]:
    return [sourced for sourced in badges if sourced.badge.slug not in refused]
