"""What a badge requires: badges that exist, with levels that they have."""

from typing import Any

from ..badge import Badge
from ..errors import nearest
from ..requirements import AtLeast, Held, parse
from ..rules.kinds import fault, show
from .catalog import Catalog
from .report import Report

_SHAPE = "write all_of('one', 'another@2'), any_of(...) or at_least(2, of=(...))"


def check(report: Report, catalog: Catalog) -> None:
    """The whole requirement, part by part."""
    if report.badge.requires is not None:
        _part(report, catalog, report.badge.requires)


def _part(report: Report, catalog: Catalog, part: Any) -> None:
    if isinstance(part, AtLeast):
        _at_least(report, catalog, part)
    elif isinstance(part, str):
        try:
            _held(report, catalog, parse(part))
        except ValueError as error:
            report.wrong("requires", str(error))
    elif isinstance(part, Held) and isinstance(part.slug, str) and not fault(part.level, int):
        _held(report, catalog, part)
    else:
        report.wrong("requires", f"{show(part)} is no requirement", _SHAPE)


def _at_least(report: Report, catalog: Catalog, part: AtLeast) -> None:
    if not isinstance(part.of, (list, tuple)):
        report.wrong("requires", f"expected badges, got {show(part.of)}", _SHAPE)
        return
    if not part.of:
        report.wrong("requires", "requires nothing", "name at least one badge")
    elif fault(part.n, int) or not 1 <= part.n <= len(part.of):
        report.wrong("requires", f"{show(part.n)} of {len(part.of)} badges", f"a whole number from 1 to {len(part.of)}")
    for inner in part.of:
        _part(report, catalog, inner)


def _held(report: Report, catalog: Catalog, held: Held) -> None:
    badge = catalog.badges.get(held.slug)
    if badge is None:
        report.wrong("requires", f"no badge {held.slug!r}", nearest(held.slug, sorted(catalog.badges)))
        return
    levels = _levels(badge)
    if not 1 <= held.level <= levels:
        has = f"has {levels} levels" if levels > 1 else "has one level"
        report.wrong("requires", f"'{held.slug}@{held.level}', but {held.slug!r} {has}", f"the highest is '{held.slug}@{levels}'")


def _levels(badge: Badge) -> int:
    return max(1, len(badge.levels)) if isinstance(badge.levels, (list, tuple)) else 1
