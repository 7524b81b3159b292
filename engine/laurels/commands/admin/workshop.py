"""``create``, ``edit``, ``retire``, ``restore``, ``history``: badges made by people."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final, get_args, get_origin, get_type_hints

from msgspec import structs

from ...announcer.harmless import NOTE
from ...announcer.harmless import words as harmless
from ...badge import Badge
from ...filed import MadeBadge
from ...model import Button, Outcome, Reply
from ...periods import from_micros
from ...workshop.made import AWARDERS, content
from ..asked import Asked
from ..badges import badge
from ..errors import Wrong
from ..outcomes import told
from ..texts import called, day

_KINDS: Final = get_type_hints(Badge)
_LISTS: Final = {"on", "requires", AWARDERS, *(key for key, kind in _KINDS.items() if get_origin(kind) is tuple)}
_SWITCHES: Final = {key for key, kind in _KINDS.items() if kind is bool or bool in get_args(kind)}
_NUMBERS: Final = {"at", *(key for key, kind in _KINDS.items() if kind in (int, float))}
_KEY: Final = re.compile(r"[a-z_]+(?=[.:])")
_TRUTH: Final = {**dict.fromkeys(("yes", "true", "on", "ja"), True), **dict.fromkeys(("no", "false", "off", "nein"), False)}


async def create(asked: Asked) -> Reply:
    """Make a badge of ``key=value``; its slug is the first word, or made from its name."""
    slug = asked.words[0].casefold() if asked.words else ""
    if not asked.options:
        asked.demand("create")
        raise Wrong("workshop.nothing", usage=asked.usage())
    return await _said(asked, await asked.acts.workshop.create(asked.by, slug, _table(asked.options)))


async def edit(asked: Asked) -> Reply:
    """Change what a badge says; ``key=`` alone takes the key out."""
    definition, _ = await badge(asked, every=True)
    asked.demand("edit", definition.slug)
    if not asked.options:
        raise Wrong("workshop.nothing", usage=asked.usage())
    return await _said(asked, await asked.acts.workshop.edit(asked.by, definition.slug, _table(asked.options)))


async def retire(asked: Asked) -> Reply:
    """Let a badge be won no more."""
    definition, _ = await badge(asked, every=True)
    outcomes = await asked.acts.workshop.retire(asked.by, definition.slug)
    return await _said(asked, outcomes, asked.button("restore", "restore", definition.slug, admin=True))


async def restore(asked: Asked) -> Reply:
    """Let a retired badge be won again."""
    asked.need()
    return await _said(asked, await asked.acts.workshop.restore(asked.by, asked.words[0].casefold()))


async def history(asked: Asked) -> Reply:
    """Every edition of a badge: by whom, when, and what was changed."""
    asked.need()
    slug = asked.words[0].casefold()
    asked.demand("edit", slug)
    editions = await asked.acts.workshop.history(slug)
    authors = await asked.store.accounts({edition.author for edition in editions})
    rows = []
    for before, edition in zip([None, *editions], editions, strict=False):
        who = called([authors[edition.author]], asked.command.place) if edition.author in authors else "?"
        rows.append((f"{edition.edition}. {day(from_micros(edition.time))}, {who}", _changed(asked, before, edition)))
    return asked.quietly(asked.say("workshop.history" if rows else "workshop.no_history", slug=harmless(slug)), rows, ok=bool(rows))


def _changed(asked: Asked, before: MadeBadge | None, edition: MadeBadge) -> str:
    """What an edition changed, by key."""
    if before is not None and before.state != edition.state:
        return asked.say("workshop.retired" if edition.state == "retired" else "workshop.restored")
    old, new = content(before) if before is not None else {}, content(edition)
    keys = [key for key in dict.fromkeys([*old, *new]) if old.get(key) != new.get(key)]
    return harmless(", ".join(f"{key} = {new[key]!r}" if key in new else f"- {key}" for key in keys), NOTE)


async def _said(asked: Asked, outcomes: Sequence[Outcome], *buttons: Button) -> Reply:
    """What came of it, with the name that the badge has now; each fault of a badge on a line of its own."""
    (outcome,) = outcomes
    if outcome.detail == "badge-wrong":
        rows = [("", harmless(line, NOTE)) for line in outcome.reason.splitlines()]
        wrong = _KEY.match(outcome.reason)
        return structs.replace(asked.quietly(asked.say("workshop.wrong"), rows, ok=False), wrong=wrong[0] if wrong else "")
    if not outcome.done:
        return await told(asked, outcomes)
    editions = await asked.acts.workshop.history(outcome.badge)
    name = harmless(content(editions[-1]).get("name", outcome.badge))
    shown = buttons or (asked.button("show", "show", outcome.badge),)
    return Reply(asked.say(f"result.{outcome.result}", badge=name), buttons=shown)


def _table(options: Mapping[str, str]) -> dict[str, Any]:
    """The table that the options make, as a rule file would have it; what is empty is taken out."""
    return {key: _value(key, text) if text else None for key, text in options.items()}


def _value(key: str, text: str) -> Any:
    """What a value means: TOML where it looks like a list or a table; else by what its key takes."""
    if text.startswith(("[", "{")):
        try:
            return tomllib.loads(f"value = {text}")["value"]
        except tomllib.TOMLDecodeError:
            return text
    if key == "levels":
        return _levels(text)
    if key in _LISTS:
        return [_number(part) if key == "milestones" else part for part in _parts(text)]
    if key in _SWITCHES:
        return _TRUTH.get(text.casefold(), text)
    return _number(text) if key in _NUMBERS else text


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _levels(text: str) -> Any:
    """``Bronze, Silver`` or ``10=Bronze, 50=Silver``."""
    parts = _parts(text)
    if all("=" in part for part in parts):
        return {number.strip(): name.strip() for number, _, name in (part.partition("=") for part in parts)}
    return parts


def _number(text: str) -> Any:
    for kind in (int, float):
        with suppress(ValueError):
            return kind(text)
    return text
