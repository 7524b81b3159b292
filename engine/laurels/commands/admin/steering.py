"""``setup``, ``mode``, ``announce``, ``ignore``, ``heed``, ``disable``, ``enable``, ``preview``: what admins set where they are."""

from collections.abc import Sequence
from typing import Final

from ...announcer.harmless import words as harmless
from ...model import Reply
from ...steering.steering import MODES
from ..asked import Asked
from ..badges import badge
from ..errors import Wrong, near
from ..outcomes import told

_HERE: Final = "here"


async def setup(asked: Asked) -> Reply:
    """How the community is set, and what to press or type to change it."""
    asked.demand("configure")
    its = asked.acts.policy.community
    rows = [
        (asked.say("status.mode"), asked.say(f"mode.{its.mode or 'default'}")),
        (asked.say("setup.announce"), _listed(asked, its.announce) or asked.say("setup.in_place")),
        (asked.say("setup.ignored"), _listed(asked, sorted(its.ignored)) or asked.say("setup.nothing")),
        (asked.say("setup.disabled"), _listed(asked, sorted(its.disabled)) or asked.say("setup.nothing")),
        *(_role(asked, name) for name in ("admins", "badge_admins", "awarders")),
    ]  # fmt: skip
    buttons = [asked.button(f"mode_{mode}", "mode", mode, admin=True) for mode in MODES if mode != its.mode]
    return asked.quietly(asked.say("setup.stands"), rows, buttons=[*buttons, asked.button("preview", "preview", admin=True)])


async def mode(asked: Asked) -> Reply:
    """Set the mode."""
    asked.demand("configure")
    asked.need()
    wanted = asked.words[0].casefold()
    if wanted not in MODES:
        raise Wrong("setup.no_mode", near(wanted, MODES), mode=harmless(wanted), modes=", ".join(MODES))
    return await told(asked, await asked.acts.steering.mode(asked.by, wanted))


async def announce(asked: Asked) -> Reply:
    """Announce at these places; ``here``, or without any where it was won."""
    return await told(asked, await asked.acts.steering.announce(asked.by, [_place(asked, word) for word in asked.words]))


async def ignore(asked: Asked) -> Reply:
    """Count nothing at a place."""
    asked.need()
    return await told(asked, await asked.acts.steering.ignore(asked.by, _place(asked, asked.words[0])))


async def heed(asked: Asked) -> Reply:
    """Count what happens at a place again."""
    asked.need()
    return await told(asked, await asked.acts.steering.ignore(asked.by, _place(asked, asked.words[0]), heed=True))


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


def _role(asked: Asked, name: str) -> tuple[str, str]:
    people = _listed(asked, sorted(getattr(asked.acts.policy.community.roles, name)))
    return asked.roles(name), people or asked.say("setup.by_platform" if name == "admins" else "setup.nobody")


def _place(asked: Asked, word: str) -> str:
    here = asked.command.place
    platform, _, channel = word.partition(":")
    if word.casefold() != _HERE and not (platform and channel):
        raise Wrong("setup.no_place", place=harmless(word))
    return f"{here.platform}:{here.channel}" if word.casefold() == _HERE else word


def _listed(asked: Asked, items: Sequence[str]) -> str:
    return asked.its.listed(map(harmless, items)) if items else ""
