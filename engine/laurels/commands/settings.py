"""``/badges settings``: what is stored about the asker, and what they decide about it. All of it in private."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import msgspec

from ..announcer.harmless import words as harmless
from ..model import Button, File, Reply
from ..privacy.preferences import ANNOUNCE, CHOICES, LEADERBOARD, LOCALE, TRACKING
from ..texts import catalogue, languages
from ..texts.catalogue import primary
from .asked import Asked
from .badges import badge, level, title
from .errors import Wrong, near
from .outcomes import told
from .people import asker

_AUTO: Final = "auto"
_LANGUAGE: Final = "language"


async def settings(asked: Asked) -> Reply:
    """Show what is stored, or decide about it."""
    asked.in_private()
    if not asked.words:
        return await _stored(asked)
    name = asked.words[0].casefold()
    does = DEEDS.get(name)
    if does is None:
        raise Wrong("settings.unknown", near(name, list(DEEDS)), name=harmless(name), names=", ".join(DEEDS))
    return await does(asked)


async def _stored(asked: Asked) -> Reply:
    found = await asked.acts.privacy.settings(asked.by)
    hidden = await asked.acts.privacy.hidden(asked.by)
    rows = [(asked.say("settings.accounts"), ", ".join(f"{harmless(account.name)} ({account.key})" for account in found.accounts))]
    rows += [(asked.say(f"settings.{name}"), _switch(asked, name, value)) for name, value in found.switches.items()]
    rows += [(asked.say("settings.hidden"), ", ".join(title(asked, award.badge, award.level) for award in hidden))] if hidden else []
    rows += [(asked.say(f"stored.{what}"), asked.its.number(count)) for what, count in found.counts.items()]
    text = asked.say("settings.stored" if found.accounts else "settings.nothing")
    return Reply(text, tuple(row for row in rows if row[1]), private=True, buttons=_buttons(asked, found.switches))


def _switch(asked: Asked, name: str, value: str) -> str:
    if name == LOCALE:
        return catalogue(value).marks["name"] if value else asked.say("settings.auto")
    return asked.say(f"switch.{value}")


def _buttons(asked: Asked, switches: Mapping[str, str]) -> tuple[Button, ...]:
    other = {TRACKING: ("on", "off"), LEADERBOARD: ("on", "off"), ANNOUNCE: ("place", "dm", "quiet")}
    turns = [(name, value) for name, values in other.items() for value in values if value != switches[name]]
    buttons = [asked.button(f"{name}_{value}", "settings", name, value) for name, value in turns]
    forget = asked.button("forget", "settings", "forget", style="danger")
    return (*buttons, asked.button("export", "settings", "export"), forget)


async def _export(asked: Asked) -> Reply:
    content = msgspec.json.format(msgspec.json.encode(await asked.acts.privacy.export(asked.by)), indent=2).decode()
    return Reply(asked.say("settings.export"), private=True, file=File(f"laurels-{asked.community.name}.json", content))


async def _forget(asked: Asked) -> Reply:
    """Asked once more, as nothing brings it back."""
    if not asked.yes(1):
        return Reply(
            asked.say("settings.forget"), private=True, buttons=(asked.button("forget", "settings", "forget", "yes", style="danger"),)
        )
    return _private(await told(asked, await asked.acts.privacy.forget(asked.by)))


async def _set(asked: Asked) -> Reply:
    name = asked.words[0].casefold()
    if len(asked.words) < 2:
        raise Wrong("settings.value", name=name, values=CHOICES[name])
    return _private(await told(asked, await asked.acts.privacy.set(asked.by, name, asked.words[1].casefold())))


async def _language(asked: Asked) -> Reply:
    """The language of the answers: at once, also of this one."""
    wanted = asked.words[1] if len(asked.words) > 1 else ""
    names = {catalogue(language).marks["name"].casefold(): language for language in languages()}
    language = names.get(wanted.casefold(), primary(wanted))
    if language not in (*languages(), _AUTO):
        there = ", ".join((*languages(), _AUTO))
        raise Wrong("settings.value", near(wanted, [*languages(), *names]), name=_LANGUAGE, values=there)
    outcomes = await asked.acts.privacy.set(asked.by, LOCALE, "" if language == _AUTO else language)
    asked.its = asked.its if language == _AUTO else catalogue(language)
    return _private(await told(asked, outcomes))


async def _hide(asked: Asked) -> Reply:
    slug, number = await _award(asked)
    return _private(await told(asked, await asked.acts.privacy.hide(asked.by, slug, number)))


async def _show(asked: Asked) -> Reply:
    slug, number = await _award(asked)
    return _private(await told(asked, await asked.acts.privacy.show(asked.by, slug, number)))


async def _award(asked: Asked) -> tuple[str, int | None]:
    """A badge that the asker holds, also one that is away or hidden; and the level that is meant."""
    me, text = await asker(asked), " ".join(asked.words[1:]).casefold()
    held = await asked.store.awards(asked.community.name, person=me.id, hidden=True, now=asked.now) if me.id else ()
    slug = next((award.badge for award in held if text in (award.badge, award.name.casefold())), "")
    definition = asked.community.registry.definitions.get(slug)
    if not slug:
        definition, _ = await badge(asked, asked.words[1:])
        slug = definition.slug
    return slug, level(asked, definition) if definition else None


def _private(reply: Reply) -> Reply:
    return Reply(reply.text, reply.fields, private=True, ok=reply.ok)


DEEDS: Final[Mapping[str, Callable[[Asked], Awaitable[Reply]]]] = {
    "export": _export,
    "forget": _forget,
    TRACKING: _set,
    LEADERBOARD: _set,
    ANNOUNCE: _set,
    _LANGUAGE: _language,
    "hide": _hide,
    "show": _show,
}
