"""``setup``: how the community is set, and a walk through what there is to decide: mode, places, who may."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Final

from ...announcer.harmless import words as harmless
from ...model import Button, Reply
from ...steering.steered import ROLES
from ...steering.steering import MODES
from ..asked import Asked
from ..errors import Wrong, near
from ..texts import called


async def setup(asked: Asked) -> Reply:
    """How the community is set, and what is open; or one step of the walk."""
    asked.demand("configure")
    if not asked.words:
        return await _overview(asked)
    step = asked.words[0].casefold()
    if step not in STEPS:
        raise Wrong("setup.no_step", near(step, list(STEPS)), step=harmless(step), steps=", ".join(STEPS))
    return await STEPS[step](asked)


def onward(asked: Asked, done: str) -> list[Button]:
    """The button to what comes after a step; after the last, to how everything is set."""
    names = list(STEPS)
    after = names[names.index(done) + 1 :]
    return [asked.button("setup_next", "setup", *after[:1], admin=True) if after else asked.button("setup_all", "setup", admin=True)]


def here(asked: Asked) -> str:
    """Where this is typed, as places are written."""
    return f"{asked.command.place.platform}:{asked.command.place.channel}"


async def _overview(asked: Asked) -> Reply:
    its = asked.acts.policy.community
    rows = [
        (asked.say("status.mode"), asked.say(f"mode.{its.mode or 'default'}")),
        (asked.say("setup.announce"), _places(asked, its.announce) or asked.say("setup.in_place")),
        (asked.say("setup.ignored"), _places(asked, sorted(its.ignored)) or asked.say("setup.nothing")),
        (asked.say("setup.disabled"), asked.its.listed(map(harmless, sorted(its.disabled))) or asked.say("setup.nothing")),
        *[(asked.roles(name), await _who(asked, name)) for name in ROLES],
    ]  # fmt: skip
    text = " ".join([asked.say("setup.stands"), *_open(asked), asked.say("setup.how")])
    begin = asked.button("setup_walk", "setup", next(iter(STEPS)), admin=True, style="primary")
    return asked.quietly(text, rows, buttons=[begin, *_modes(asked)])


def _open(asked: Asked) -> Iterable[str]:
    """What is not decided yet."""
    its = asked.acts.policy.community
    if its.mode in (None, "shadow"):
        yield asked.say("setup.open_mode")
    if not (its.roles.awarders | its.roles.badge_admins):
        yield asked.say("setup.open_roles")


async def _mode(asked: Asked) -> Reply:
    its = asked.acts.policy.community
    rows = [(mode, asked.say(f"setup.mode_{mode}")) for mode in MODES]
    text = _titled(asked, "mode", asked.say(f"mode.{its.mode or 'default'}"))
    return asked.quietly(text, rows, buttons=[*_modes(asked), *onward(asked, "mode")])


def _modes(asked: Asked) -> list[Button]:
    its = asked.acts.policy.community
    modes = [asked.button(f"mode_{mode}", "mode", mode, admin=True) for mode in MODES if mode != its.mode]
    return [*modes, asked.button("preview", "preview", admin=True)]


async def _announce(asked: Asked) -> Reply:
    its = asked.acts.policy.community
    text = _titled(asked, "announce", _places(asked, its.announce) or asked.say("setup.in_place"))
    choices = [] if its.announce == (here(asked),) else [asked.button("announce_here", "announce", "here", admin=True)]
    choices += [asked.button("announce_in_place", "announce", admin=True)] if its.announce else []
    return asked.quietly(text, buttons=[*choices, *onward(asked, "announce")])


async def _ignored(asked: Asked) -> Reply:
    its = asked.acts.policy.community
    text = _titled(asked, "ignored", _places(asked, sorted(its.ignored)) or asked.say("setup.nothing"))
    verb = "heed" if here(asked) in its.ignored else "ignore"
    return asked.quietly(text, buttons=[asked.button(f"{verb}_here", verb, "here", admin=True), *onward(asked, "ignored")])


async def _roles(asked: Asked) -> Reply:
    rows = [(f"{name}: {asked.roles(name)}", await _who(asked, name)) for name in ROLES]
    return asked.quietly(asked.say("setup.step_roles"), rows, buttons=onward(asked, "roles"))


def _titled(asked: Asked, step: str, now: str) -> str:
    return asked.say(f"setup.step_{step}", now=now)


def _places(asked: Asked, places: Iterable[str]) -> str:
    """Places as they are written; the one where this is typed is called here."""
    named = [asked.say("setup.here") if place == here(asked) else harmless(place) for place in places]
    return asked.its.listed(named) if named else ""


async def _who(asked: Asked, role: str) -> str:
    people = [await _named(asked, name) for name in sorted(getattr(asked.acts.policy.community.roles, role))]
    return asked.its.listed(people) if people else asked.say("setup.by_platform" if role == "admins" else "setup.nobody")


async def _named(asked: Asked, name: str) -> str:
    """A role or an account as the configuration names it, behind what people call it where they know it."""
    found = await asked.store.find_people(asked.community.name, name)
    theirs = next((accounts for accounts in found.values() if name in [account.key for account in accounts]), None)
    return f"{called(theirs, asked.command.place)} ({harmless(name)})" if theirs else harmless(name)


STEPS: Final[Mapping[str, Callable[[Asked], Awaitable[Reply]]]] = {
    "mode": _mode,
    "announce": _announce,
    "ignored": _ignored,
    "roles": _roles,
}
