"""``/badges nominate <badge> <person> [reason]``: propose somebody."""

from collections.abc import Sequence
from typing import Final

from msgspec import structs

from ..announcer.harmless import NOTE, words
from ..model import Button, Outcome, Reply
from .asked import Asked
from .badges import badge, which_level
from .errors import Wrong
from .outcomes import told
from .people import anybody

_DEEDS: Final = (("accept", "primary"), ("approve", ""), ("decline", "danger"))


async def nominate(asked: Asked) -> Reply:
    """Propose somebody for a badge; where they are already, second it."""
    definition, rest = await badge(asked)
    number = which_level(asked, definition)
    if not rest:
        raise Wrong("person.which", usage=asked.usage())
    who, reason = await anybody(asked, rest[0]), asked.prose(asked.options.get("reason", " ".join(rest[1:])))
    outcomes = await asked.acts.nominations.nominate(
        asked.by, definition.slug, who.account, level=number, reason=reason, evidence=asked.evidence, place=asked.command.place
    )
    reply = await told(asked, outcomes, _next(asked, outcomes))
    return structs.replace(reply, fields=_case(asked, reason)) if reply.buttons else reply


def _case(asked: Asked, reason: str) -> tuple[tuple[str, str], ...]:
    """What speaks for them, for those who are to decide."""
    quoted = [asked.say("award.quoted", note=words(reason, NOTE))] if reason.strip() else []
    return tuple(("", line) for line in (*quoted, *asked.evidence))


def _next(asked: Asked, outcomes: Sequence[Outcome]) -> Sequence[Button]:
    """What others can do about it."""
    outcome = outcomes[0]
    if outcome.result not in ("NOMINATED", "SECONDED"):
        return ()
    id_ = str(outcome.seq) if outcome.result == "NOMINATED" else outcome.reason
    return [asked.button(deed, "nominations", deed, id_, style=style) for deed, style in _DEEDS]
