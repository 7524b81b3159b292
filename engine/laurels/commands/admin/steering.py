"""``mode``, ``announce``, ``ignore``, ``heed``, ``disable``, ``enable``, ``preview``: what admins set where they are."""

from typing import Final

from ...announcer.harmless import words as harmless
from ...model import Reply
from ...steering.steering import MODES
from ..asked import Asked
from ..badges import badge
from ..errors import Wrong, near
from ..outcomes import told
from .setup import here, onward

_HERE: Final = "here"


async def mode(asked: Asked) -> Reply:
    """Set the mode."""
    asked.demand("configure")
    asked.need()
    wanted = asked.words[0].casefold()
    if wanted not in MODES:
        raise Wrong("setup.no_mode", near(wanted, MODES), mode=harmless(wanted), modes=", ".join(MODES))
    return await told(asked, await asked.acts.steering.mode(asked.by, wanted), onward(asked, "mode"))


async def announce(asked: Asked) -> Reply:
    """Announce at these places; ``here``, or without any where it was won."""
    places = [_place(asked, word) for word in asked.words]
    return await told(asked, await asked.acts.steering.announce(asked.by, places), onward(asked, "announce"))


async def ignore(asked: Asked) -> Reply:
    """Count nothing at a place."""
    asked.need()
    return await told(asked, await asked.acts.steering.ignore(asked.by, _place(asked, asked.words[0])), onward(asked, "ignored"))


async def heed(asked: Asked) -> Reply:
    """Count what happens at a place again."""
    asked.need()
    heeded = await asked.acts.steering.ignore(asked.by, _place(asked, asked.words[0]), heed=True)
    return await told(asked, heeded, onward(asked, "ignored"))


async def disable(asked: Asked) -> Reply:
    """Let a badge be won no more."""
    definition, _ = await badge(asked, every=True)
    return await told(asked, await asked.acts.steering.disable(asked.by, definition.slug))


async def enable(asked: Asked) -> Reply:
    """Let a badge be won again."""
    asked.need()
    slug, off = asked.words[0].casefold(), asked.acts.policy.community.disabled
    if slug not in off:
        raise Wrong("setup.not_disabled", sorted(off), slug=harmless(slug))
    return await told(asked, await asked.acts.steering.disable(asked.by, slug, enable=True))


async def preview(asked: Asked) -> Reply:
    """What would be announced if the community were not in the shadow."""
    asked.demand("configure")
    asked.in_private()
    found = await asked.means.preview(asked.community.name)
    rows = [(str(announcement.place), harmless(announcement.text)) for announcement in found]
    return Reply(asked.say("preview.would" if rows else "preview.none"), tuple(rows), private=True)


def _place(asked: Asked, word: str) -> str:
    platform, _, channel = word.partition(":")
    if word.casefold() != _HERE and not (platform and channel):
        raise Wrong("setup.no_place", place=harmless(word))
    return here(asked) if word.casefold() == _HERE else word
