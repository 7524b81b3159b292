"""``award``, ``revoke``, ``reinstate``."""

from collections.abc import Sequence

from ...announcer.harmless import words as harmless
from ...definition import Definition
from ...model import Award, Button, Outcome, Reply, State
from ..asked import Asked
from ..badges import badge, level, which_level
from ..errors import Wrong
from ..outcomes import told
from ..people import Somebody, anybody, several

ALL = "all"


async def award(asked: Asked) -> Reply:
    """Give a badge to one or several; the message that was pointed at is the evidence."""
    definition, rest = await badge(asked, every=True)
    asked.demand("award", definition.slug)
    number = which_level(asked, definition)
    if not rest:
        raise Wrong("person.which", usage=asked.usage())
    people, said = await several(asked, rest)
    outcomes = await asked.acts.awards.give(
        asked.by, definition.slug, [one.account for one in people], level=number,
        note=asked.prose(asked.options.get("note", said)), evidence=asked.evidence, place=asked.command.place,
    )  # fmt: skip
    return await told(asked, outcomes, _undo(asked, outcomes))


async def revoke(asked: Asked) -> Reply:
    """Take an award back: every level that is held, or the one that is named."""
    return await _turn(asked, "active")


async def reinstate(asked: Asked) -> Reply:
    """Let what was revoked stand again."""
    return await _turn(asked, "revoked")


def _undo(asked: Asked, outcomes: Sequence[Outcome]) -> Sequence[Button]:
    """A way back, for those who may go it."""
    seq = max((outcome.seq for outcome in outcomes), default=0)
    if not seq or not asked.acts.policy.may(asked.by, "undo"):
        return ()
    return (asked.button("undo", "undo", f"command:{seq}", admin=True, style="danger"),)


async def _turn(asked: Asked, state: State) -> Reply:
    definition, rest = await badge(asked, every=True)
    if not rest:
        raise Wrong("person.which", usage=asked.usage())
    who, note = await anybody(asked, rest[0]), asked.prose(asked.options.get("note", " ".join(rest[1:])))
    decide = asked.acts.awards.revoke if state == "active" else asked.acts.awards.reinstate
    outcomes: list[Outcome] = []
    for number, occurrence in await _meant(asked, definition, who, state):
        outcomes += await decide(asked.by, definition.slug, who.account, number, occurrence, note=note)
    return await told(asked, outcomes, _back(asked, definition, who, state))


def _back(asked: Asked, definition: Definition, who: Somebody, state: State) -> Sequence[Button]:
    if state != "active" or not asked.acts.policy.may(asked.by, "reinstate", definition.slug):
        return ()
    return (asked.button("reinstate", "reinstate", definition.slug, who.account.key, admin=True),)


async def _meant(asked: Asked, definition: Definition, who: Somebody, state: State) -> list[tuple[int, str]]:
    """The levels and occurrences that are meant. Where there is none, the act says so, or gives up what waits for them."""
    number, occurrence = level(asked, definition), asked.options.get("occurrence")
    awards = (
        await asked.store.awards(asked.community.name, person=who.id, badge=definition.slug, standing=False, hidden=True) if who.id else ()
    )
    there = [award for award in awards if award.state == state and number in (None, award.level)]
    meant = [award for award in there if occurrence in (None, ALL, award.occurrence)]
    if definition.badge.repeatable and len(meant) > 1 and occurrence != ALL:
        raise Wrong("award.which", person=who.name, badge=definition.name, count=len(meant), occurrences=_few(meant))
    if not meant:
        return [(number or 1, occurrence or "")]
    return sorted((award.level, award.occurrence) for award in meant)


def _few(awards: Sequence[Award]) -> str:
    return ", ".join(harmless(award.occurrence) for award in awards[:5]) + (", …" if len(awards) > 5 else "")
