"""``claims make|list|withdraw|give``: codes that give a badge to who claims them."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from itertools import groupby
from typing import Final

from ... import durations
from ...acts.claims import LONGEST, MOST
from ...announcer.harmless import words as harmless
from ...claims.codes import grouped
from ...claims.usable import fault
from ...errors import Refused
from ...filed import Claim
from ...model import Button, File, Reply
from ...periods import from_micros
from ..asked import Asked
from ..badges import badge, title, which_level
from ..errors import Wrong, near
from ..outcomes import told
from ..people import anybody
from ..texts import day

_SHOWN: Final = 10
_ANY: Final = "any"


async def claims(asked: Asked) -> Reply:
    """Make codes, show them, take them back, or bring one to somebody."""
    verb = asked.words[0].casefold() if asked.words else "list"
    does = DEEDS.get(verb)
    if does is None:
        raise Wrong("claims.no_deed", near(verb, list(DEEDS)), verb=harmless(verb))
    asked.words = asked.words[1:]
    return await does(asked)


async def _make(asked: Asked) -> Reply:
    definition, rest = await badge(asked, every=True)
    asked.demand("claims", definition.slug)
    asked.in_private()
    number, bound = which_level(asked, definition), asked.options.get("for")
    try:
        made = await asked.acts.claims.make(
            asked.by, definition.slug, count=_number(asked, "count", 1, MOST) or 1, level=number, uses=_number(asked, "uses", 1, 2**31 - 1),
            expires=_expires(asked), bound=(await anybody(asked, bound)).account if bound else None,
            note=asked.prose(asked.options.get("note", " ".join(rest))), evidence=asked.evidence, batch=asked.options.get("batch", ""),
        )  # fmt: skip
    except Refused:
        raise Wrong("claims.batch_name", name=harmless(asked.options.get("batch", ""))) from None
    if not made.codes:
        return await told(asked, made.outcomes, quiet=True)
    text = asked.say("claims.made", count=len(made.codes), badge=title(asked, definition.slug, number or 1), batch=made.batch)
    few = len(made.codes) <= _SHOWN
    file = None if few else File(f"{made.batch}.txt", "".join(f"{code}\n" for code in made.codes))
    rows = tuple(("", code) for code in made.codes) if few else ()
    return Reply(text, rows, private=True, buttons=_worthless(asked, made.batch), file=file)


def _number(asked: Asked, name: str, least: int, most: int) -> int | None:
    """A number among the options; None for any, and 1 where it isn't said."""
    text = asked.options.get(name, "1").casefold()
    if text == _ANY and name == "uses":
        return None
    if not text.isdecimal() or len(text) > 10 or not least <= int(text) <= most:
        raise Wrong(f"claims.no_{name}", name=name, text=harmless(text), most=most)
    return int(text)


def _expires(asked: Asked) -> timedelta | None:
    text = asked.options.get("expires")
    try:
        duration = durations.parse(text) if text is not None else None
    except ValueError:
        raise Wrong("claims.no_expires", text=harmless(text or "")) from None
    return min(duration, LONGEST) if duration is not None else None


async def _list(asked: Asked) -> Reply:
    """The batches; or the codes of one, or those of a badge."""
    asked.in_private()
    found = sorted(await _found(asked), key=lambda one: one.batch)
    batches = [list(group) for _, group in groupby(found, key=lambda one: one.batch)]
    if len(batches) == 1:
        return _batch(asked, batches[0])
    rows = [(batch[0].batch, asked.say("claims.row", **_values(asked, batch))) for batch in batches]
    return Reply(asked.say("claims.list" if rows else "claims.none"), tuple(rows), private=True)


def _batch(asked: Asked, batch: Sequence[Claim]) -> Reply:
    rows = tuple((grouped(one.code), _state(asked, one)) for one in batch)
    file = File(f"{batch[0].batch}.txt", "".join(f"{code}\t{state}\n" for code, state in rows)) if len(rows) > _SHOWN else None
    text = asked.say("claims.batch", batch=batch[0].batch, **_values(asked, batch))
    return Reply(text, rows[:_SHOWN], private=True, buttons=_worthless(asked, batch[0].batch), file=file)


def _values(asked: Asked, batch: Sequence[Claim]) -> dict[str, object]:
    left = sum(not fault(one, asked.now) for one in batch)
    return {"badge": title(asked, batch[0].badge, batch[0].level), "count": len(batch), "left": left}


def _worthless(asked: Asked, batch: str) -> tuple[Button, ...]:
    return (asked.button("withdraw", "claims", "withdraw", batch, admin=True, style="danger"),)


async def _found(asked: Asked) -> Sequence[Claim]:
    slug, batch = None, asked.options.get("batch")
    if asked.words and batch is None:
        named = asked.words[0]
        if any(one.batch == named for one in await _listed(asked)):
            batch = named
        else:
            slug = (await badge(asked, every=True))[0].slug
    return await _listed(asked, slug, batch)


async def _listed(asked: Asked, slug: str | None = None, batch: str | None = None) -> Sequence[Claim]:
    try:
        return await asked.acts.claims.listed(asked.by, slug, batch)
    except Refused:
        asked.demand("claims", slug or "")
        raise


def _state(asked: Asked, one: Claim) -> str:
    detail = fault(one, asked.now)
    if detail:
        return asked.say(f"detail.{detail}")
    used = asked.say("claims.used", used=one.used, uses=one.uses) if one.uses else asked.say("claims.any", used=one.used)
    return used + (f"; {asked.say('claims.until', day=day(from_micros(one.expires)))}" if one.expires else "")


async def _withdraw(asked: Asked) -> Reply:
    asked.need()
    (outcome,) = outcomes = await asked.acts.claims.withdraw(asked.by, asked.words[0])
    if not outcome.done:
        return await told(asked, outcomes, quiet=True)
    return asked.quietly(asked.say("claims.withdrawn", count=int(outcome.reason or 0)))


async def _give(asked: Asked) -> Reply:
    asked.need(2)
    who = await anybody(asked, asked.words[1])
    return await told(asked, await asked.acts.claims.grant(asked.by, asked.words[0], who.account), quiet=True)


DEEDS: Final[Mapping[str, Callable[[Asked], Awaitable[Reply]]]] = {"make": _make, "list": _list, "withdraw": _withdraw, "give": _give}
