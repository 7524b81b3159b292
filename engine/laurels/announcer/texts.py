"""The sentences: from laurels' catalogues, the operators' templates, the badges' own."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import structlog

from ..errors import Problem
from ..rules import templates
from ..texts import Catalogue
from .harmless import message
from .wording import Named

log = structlog.get_logger()

WHERE: Final = "announcer"


class Texts:
    """Says what was won. *own* are the operators' templates. One that fails is left out and named in *problems*."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self.own = own
        self.problems: dict[str, Problem] = {}

    def say(self, values: Mapping[str, Any], named: Sequence[Named], its: Catalogue, *, withdrawn: bool) -> str:
        """The text about *named*, of which there is at least one. *values* are all that templates see but the awards."""
        if withdrawn:
            return message(self._common("withdrawn", values, named, its))
        usual = [one for one in named if not one.message]
        said = [self._common("several" if len(usual) > 1 else "won", values, usual, its)] if usual else []
        said += [
            self._filled(one.message, f"message of {one.spoken.badge}", values, [one]) or self._common("won", values, [one], its)
            for one in named if one.message
        ]  # fmt: skip
        return message("\n".join(said))

    def _common(self, name: str, values: Mapping[str, Any], named: Sequence[Named], its: Catalogue) -> str:
        own = self.own.get(name, "")
        return (own and self._filled(own, name, values, named)) or templates.render(its.text(f"announce.{name}"), _context(values, named))

    def _filled(self, text: str, place: str, values: Mapping[str, Any], named: Sequence[Named]) -> str:
        """The operator's or author's own text, or nothing where it can't be had."""
        try:
            what = templates.fault(text)
            if not what:
                return templates.render(text, _context(values, named))
        except Exception as exc:  # whatever a template can raise costs only itself
            what = f"{type(exc).__name__}: {exc}"
        if text not in self.problems:
            self.problems[text] = Problem(WHERE, place, what, "laurels' own text is used")
            log.warning("a template fails; laurels' own text is used", template=place, what=what)
        return ""


def _context(values: Mapping[str, Any], named: Sequence[Named]) -> dict[str, Any]:
    return templates.values(**values, awards=tuple(one.spoken for one in named))
