"""How people may be nominated for a badge. Any badge takes nominations, as any can be given by people."""

from collections.abc import Mapping
from typing import Any, Final, get_type_hints

from ..badge import Nominations
from ..rules.kinds import fault
from .attributes import duration
from .report import Report

_COUNTS: Final = ("approvals", "limit")
_DURATIONS: Final = ("expires", "within")


def check(report: Report) -> None:
    """Each field of the terms, where there are any."""
    terms: Any = report.badge.nominations
    if isinstance(terms, Mapping):
        report.wrong("nominations", "expected its terms, got a table", "write nominations = Nominations(approvals=2)")
    if not isinstance(terms, Nominations):
        return
    before = len(report.problems)
    for name, kind in get_type_hints(Nominations).items():
        if what := fault(getattr(terms, name), kind):
            report.wrong(f"nominations.{name}", what)
    if len(report.problems) == before:
        _values(report, terms)


def _values(report: Report, terms: Nominations) -> None:
    for name in _COUNTS:
        if (number := getattr(terms, name)) < 1:
            report.wrong(f"nominations.{name}", f"{number} is too few", "1 or more")
    for name in _DURATIONS:
        duration(report, f"nominations.{name}", getattr(terms, name))
    if terms.auto_approve and terms.approvals > 1 and not terms.allow_self:
        hint = "leave one of them out"
        report.wrong("nominations.approvals", f"{terms.approvals} approvals, and approved automatically", hint)
