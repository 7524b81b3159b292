"""From what was typed to the answer."""

from collections.abc import Sequence
from typing import Final

import structlog
from msgspec import structs

from ..announcer.harmless import message
from ..announcer.harmless import words as harmless
from ..errors import LaurelsError, StoreError, UnknownBadge
from ..model import Command, Reply, Suggestion
from ..privacy.preferences import LOCALE
from ..texts import Catalogue, catalogue, languages
from ..texts.catalogue import primary
from .asked import ADMIN, NAME, Asked, Means
from .errors import Wrong, near
from .suggesting import suggestions
from .table import TABLES
from .words import options, phrases

log = structlog.get_logger()

_ABOUT: Final = {
    "badge.unknown": "badge", "badge.which": "badge", "badge.no_level": "level", "badge.which_level": "level", "person.unknown": "person",
    "person.several": "person", "person.which": "person",
}  # fmt: skip
_BARE: Final = {NAME: "profile", ADMIN: "help"}


class Commands:
    """Answers the commands of one community."""

    def __init__(self, means: Means) -> None:
        self._means = means

    async def answer(self, command: Command) -> Reply:
        """Answer *command*; what is wrong with it is said to the asker alone, where that can be. Never raises."""
        its = catalogue(self._means.acts.policy.community.language)
        asked = Asked(command, self._means, its)
        try:
            asked.its = catalogue(await self._language(command))
            reply = await self._answered(asked)
            if reply.private and not command.private:
                raise Wrong("common.private")
        except LaurelsError as error:
            reply = structs.replace(asked.quietly(_wrong(asked, error), ok=False), wrong=_about(error))
        except Exception:
            log.exception("a command failed", command=command.name, verb=asked.verb, community=asked.community.name)
            reply = asked.quietly(asked.say("common.failed"), ok=False)
        return structs.replace(_harmless(reply), language=asked.its.language)

    async def _answered(self, asked: Asked) -> Reply:
        command = asked.command
        table = TABLES.get(command.name)
        if table is None:
            raise Wrong("common.no_command", name=harmless(command.name))
        words = phrases(command.words)
        asked.verb = words[0].casefold() if words else _BARE[command.name]
        entry = table.get(asked.verb)
        if entry is None:
            raise _no_verb(asked, command.name)
        asked.words, asked.options = options(words[1:], entry.options, every=entry.every)
        return await entry.answer(asked)

    async def _language(self, command: Command) -> str:
        """What the asker wants, else what their platform says they read, else the community's."""
        wanted = (await self._preferred(command), command.locale, self._means.acts.policy.community.language)
        return next((language for language in wanted if primary(language) in languages()), "")

    async def _preferred(self, command: Command) -> str:
        return (await self._means.acts.privacy.preferences(command.actor))[LOCALE]

    async def suggest(self, partial: Command) -> Sequence[Suggestion]:
        """Completions of the last word. Never raises."""
        try:
            return await suggestions(Asked(partial, self._means, catalogue(await self._language(partial))))
        except LaurelsError:
            return ()
        except Exception:
            log.exception("no completions", command=partial.name)
            return ()


def _no_verb(asked: Asked, name: str) -> Wrong:
    """Who forgot ``-admin`` is told so; anybody else the nearest."""
    other = ADMIN if name == NAME else NAME
    if asked.verb in TABLES[other]:
        return Wrong("common.other", name=other, verb=asked.verb)
    return Wrong("common.no_verb", near(asked.verb, list(TABLES[name])), name=name, verb=harmless(asked.verb))


def _about(error: LaurelsError) -> str:
    """What of the words an error is about."""
    key = "badge.unknown" if isinstance(error, UnknownBadge) else error.key if isinstance(error, Wrong) else ""
    return _ABOUT.get(key, "")


def _wrong(asked: Asked, error: LaurelsError) -> str:
    its: Catalogue = asked.its
    if isinstance(error, UnknownBadge):
        error = Wrong("badge.unknown", error.nearest, slug=harmless(error.slug))
    if isinstance(error, StoreError):
        log.error("a command waits", command=asked.command.name, verb=asked.verb, why=str(error))
        error = Wrong("common.waiting")
    if not isinstance(error, Wrong):
        text = str(error)
        return f"{text[:1].upper()}{text[1:]}"
    text = its.say(error.key, **error.values)
    if error.near:
        return text.rstrip(".") + its.say("common.near", names=its.listed((f"'{name}'" for name in error.near), "or"))
    instead = f"{error.key}_instead"
    return text + (its.say(instead, **error.values) if instead in its else "")


def _harmless(reply: Reply) -> Reply:
    """Nothing in an answer mentions anybody, whoever wrote it."""
    fields = tuple((message(name), message(value)) for name, value in reply.fields)
    return structs.replace(reply, text=message(reply.text), fields=fields)
