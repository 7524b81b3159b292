"""Completions: verbs, and what their words name."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from ..filed import MadeBadge
from ..model import Suggestion
from ..texts import languages
from .asked import Asked
from .badges import title, visible
from .people import asker, holdings
from .table import TABLES
from .texts import called

MOST: Final = 25  # suggestions; no platform shows more


async def suggestions(asked: Asked) -> Sequence[Suggestion]:
    """Completions of the last word, by what stands there."""
    words = asked.command.words
    begun = words[-1].casefold().removeprefix("@") if words else ""
    table = TABLES.get(asked.command.name, {})
    if len(words) < 2:
        return [Suggestion(verb, f"{asked.say(f'usage.{verb}')}: {asked.say(f'about.{verb}')}") for verb in table if begun in verb][:MOST]
    entry = table.get(words[0].casefold())
    asked.verb, asked.words = words[0].casefold(), words[1:]
    found = await _named(asked, entry.takes) if entry else []
    return [each for each in found if begun in f"{each.value} {each.label}".casefold()][:MOST]


async def _named(asked: Asked, takes: Sequence[str]) -> list[Suggestion]:
    """What the word in this place can be: of a kind, or one of those listed. A last ``...`` is for all the rest."""
    place = len(asked.words) - 1
    if place >= len(takes) and not (takes and takes[-1].endswith("...")):
        return []
    kind = takes[min(place, len(takes) - 1)].removesuffix("...")
    if kind in KINDS:
        return await KINDS[kind](asked)
    return [Suggestion(choice, choice) for choice in kind.split("|")]


async def _badges(asked: Asked) -> list[Suggestion]:
    return [Suggestion(slug, definition.name) for slug, definition in (await visible(asked)).items()]


async def _people(asked: Asked) -> list[Suggestion]:
    return [Suggestion(name, name) for name in dict.fromkeys(await asked.store.names(asked.community.name))]


async def _causes(asked: Asked) -> list[Suggestion]:
    asked.demand("undo")
    causes = await asked.store.causes(asked.community.name)
    return [Suggestion(cause.cause, f"{cause.cause}: {asked.its.count(cause.standing, 'award')}") for cause in causes if cause.standing]


async def _nominations(asked: Asked) -> list[Suggestion]:
    """Those that wait for the asker, and those that they can end."""
    inbox = await asked.acts.nominations.inbox(asked.by)
    mine = await asked.acts.nominations.listed(asked.command.actor)
    found = {one.id: one for one in (*inbox.accept, *inbox.approve, *mine)}
    accounts = await asked.store.accounts({one.nominee for one in found.values()})
    names = {id_: called([account], asked.command.place) for id_, account in accounts.items()}
    return [
        Suggestion(str(id_), asked.say("nominations.for", badge=title(asked, one.badge, one.level), person=names.get(one.nominee, "?")))
        for id_, one in found.items()
    ]


async def _batches(asked: Asked) -> list[Suggestion]:
    """A badge to make codes of; else a batch."""
    if asked.words[0].casefold() == "make":
        return await _badges(asked)
    asked.in_private()
    found = {claim.batch: claim.badge for claim in await asked.acts.claims.listed(asked.by)}
    return [Suggestion(batch, f"{batch}: {title(asked, slug)}") for batch, slug in found.items()]


async def _made(asked: Asked) -> list[Suggestion]:
    editions = await asked.store.find(MadeBadge, asked.community.name)
    return [Suggestion(slug, slug) for slug in dict.fromkeys(e.slug for e in editions if asked.acts.policy.may(asked.by, "edit", e.slug))]


async def _accounts(asked: Asked) -> list[Suggestion]:
    """The asker's own, where they unlink."""
    if asked.words[0].casefold() != "unlink":
        return []
    return [Suggestion(account.key, f"{account.name} ({account.key})") for account in (await asker(asked)).accounts]


async def _settings(asked: Asked) -> list[Suggestion]:
    """What a setting can be; a badge that the asker holds."""
    name = asked.words[0].casefold()
    values: dict[str, Sequence[str]] = {
        "tracking": ("on", "off"), "leaderboard": ("on", "off"), "announce": ("place", "quiet"), "language": (*languages(), "auto"),
        "hide": [award.badge for award in await holdings(asked, await asker(asked))],
        "show": [award.badge for award in await asked.acts.privacy.hidden(asked.by)],
    }  # fmt: skip
    return [Suggestion(value, value) for value in dict.fromkeys(values.get(name, ()))]


async def _verbs(asked: Asked) -> list[Suggestion]:
    return [Suggestion(verb, verb) for verb in TABLES[asked.command.name]]


KINDS: Final[Mapping[str, Callable[[Asked], Awaitable[list[Suggestion]]]]] = {
    "badge": _badges,
    "person": _people,
    "cause": _causes,
    "nomination": _nominations,
    "batch": _batches,
    "made": _made,
    "account": _accounts,
    "setting": _settings,
    "command": _verbs,
}
