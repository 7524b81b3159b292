"""``/badges nominations``: those that wait for the asker, those that they made; and what they decide about them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from msgspec import structs

from ..acts.nominations import Story
from ..announcer.harmless import NOTE
from ..announcer.harmless import words as harmless
from ..filed import Nomination
from ..model import Button, Outcome, Reply
from .asked import Asked
from .badges import title
from .errors import Wrong, near
from .outcomes import told
from .texts import called

_SHOWN: Final = 5  # of each kind


async def nominations(asked: Asked) -> Reply:
    """Show them, or do something about one: ``accept 12``."""
    if not asked.words:
        return await _inbox(asked)
    verb = asked.words[0].casefold()
    decide = DEEDS.get(verb)
    if decide is None:
        raise Wrong("nominations.no_deed", near(verb, list(DEEDS)), verb=harmless(verb))
    asked.need(2)
    id_ = _id(asked.words[1])
    reply = await told(asked, await decide(asked, id_, asked.prose(" ".join(asked.words[2:]))))
    one = await asked.acts.nominations.find(id_)
    return structs.replace(reply, over=one is None or one.state != "open")


def _id(text: str) -> int:
    number = text.removeprefix("nomination:").removeprefix("#")
    if not number.isdecimal() or len(number) > 15:
        raise Wrong("nominations.no_id", id=harmless(text))
    return int(number)


async def _accept(asked: Asked, id_: int, _: str) -> Sequence[Outcome]:
    return await asked.acts.nominations.accept(asked.by, id_)


async def _approve(asked: Asked, id_: int, note: str) -> Sequence[Outcome]:
    return await asked.acts.nominations.approve(asked.by, id_, note)


async def _end(asked: Asked, id_: int, reason: str) -> Sequence[Outcome]:
    return await asked.acts.nominations.reject(asked.by, id_, reason)


DEEDS: Final[Mapping[str, Callable[[Asked, int, str], Awaitable[Sequence[Outcome]]]]] = {
    "accept": _accept,
    "approve": _approve,
    "decline": _end,
    "reject": _end,
    "withdraw": _end,
}


async def _inbox(asked: Asked) -> Reply:
    asked.in_private()
    waiting = await asked.acts.nominations.inbox(asked.by)
    mine = [one for one in await asked.acts.nominations.listed(asked.command.actor) if one not in waiting.accept]
    rows: list[tuple[str, str]] = []
    buttons: list[Button] = []
    for heading, found, deeds in (
        ("accept", waiting.accept, ("accept", "decline")), ("approve", waiting.approve, ("approve", "reject")), ("made", mine, ()),
    ):  # fmt: skip
        rows += [("", asked.say(f"nominations.{heading}", count=len(found)))] if found else []
        for one in found[:_SHOWN]:
            rows.append(await _row(asked, one))
            buttons += [_button(asked, deed, one.id) for deed in deeds or _ends(asked, await asked.acts.nominations.story(one.id))]
    return Reply(asked.say("nominations.yours" if rows else "nominations.none"), tuple(rows), private=True, buttons=tuple(buttons))


def _button(asked: Asked, deed: str, id_: int) -> Button:
    button = asked.button(deed, "nominations", deed, str(id_), style="primary" if deed in ("accept", "approve") else "")
    return Button(f"{button.label} #{id_}", button.words, button.name, button.style)


def _ends(asked: Asked, story: Story | None) -> Sequence[str]:
    """How the asker can end one that waits for others."""
    return ("withdraw",) if story is not None and story.nominator == asked.command.actor else ("decline",)


async def _row(asked: Asked, one: Nomination) -> tuple[str, str]:
    story = await asked.acts.nominations.story(one.id)
    place = asked.command.place
    person, by = (called([account], place) for account in (story.nominee, story.nominator)) if story else ("?", "?")
    approvals = len(story.approvers) if story else 0
    parts = [asked.say("nominations.by", person=by)]
    parts += [asked.say("award.quoted", note=harmless(one.reason, NOTE))] if one.reason else []
    parts += [asked.say("nominations.approvals", count=approvals, needed=one.needed)] if not one.auto else []
    parts += [asked.say("nominations.accepted")] if one.accepted is not None else []
    return f"#{one.id} {asked.say('nominations.for', badge=title(asked, one.badge, one.level), person=person)}", "; ".join(parts)
