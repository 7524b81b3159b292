"""``laurels regrade``."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from ...definition import Definition
from ...store import Store
from ..errors import NotNow
from . import forecast, output
from . import office as offices
from .office import Office
from .session import Session, opened
from .which import Which


async def settle(path: Path | None, which: Which, *, yes: bool) -> int:
    """Show what would change and ask, then count the badges anew for everybody. What was interrupted goes on."""
    async with opened(path) as session:
        name = session.community(which.community)
        definitions = which.definitions(session.generation, name)
        begun = [definition for definition in definitions if await _begun(session.store, name, definition)]
        if begun:
            output.say(f"going on with what was interrupted: {', '.join(definition.slug for definition in begun)}")
        elif not yes and not await _agreed(session, name, definitions):
            output.say("nothing was changed")
            return 1
        config, packs = session.config, session.installed.packs
    async with offices.opened(config, packs) as office:
        await _assert_same(office, name, definitions)
        try:
            return await _regrade(office, name, definitions, begun)
        except asyncio.CancelledError:
            output.warn("stopped; the same command goes on where it was, and so does `laurels run`")
            raise


async def _agreed(session: Session, community: str, definitions: Sequence[Definition]) -> bool:
    outlook = await forecast.look(session, community, definitions)
    forecast.table(outlook)
    output.say(outlook.summary())
    return typer.confirm("Go on? Nothing of it is announced")


async def _regrade(office: Office, community: str, definitions: Sequence[Definition], begun: Sequence[Definition]) -> int:
    before = await _holders(office.store, community)
    seqs = [await _begin(office, community, definition) for definition in definitions if definition not in begun]
    await office.desk(community).counted(seqs)
    units = await _units(office.store, community, definitions)
    with output.progress(", ".join(definition.slug for definition in definitions[:3]), 1) as bar:
        put_off = await office.settled(units, bar)
    after = await _holders(office.store, community)
    for definition in definitions:
        await office.store.remember("", _mark(community, definition), None)
        output.say(_said(definition, before.get(definition.slug, 0), after.get(definition.slug, 0)))
    if put_off:
        output.warn(f"{output.counted(put_off, 'person', 'people')} could not be counted yet; `laurels status` says why")
    return 1 if put_off else 0


async def _begin(office: Office, community: str, definition: Definition) -> int:
    """Decide it, and remember that it is under way."""
    seq = await office.desk(community).regrade(definition)
    await office.store.remember("", _mark(community, definition), {"cause": definition.cause, "seq": seq})
    return seq


async def _begun(store: Store, community: str, definition: Definition) -> bool:
    """Whether a regrade of this very definition is under way."""
    mark: Any = await store.recall("", _mark(community, definition))
    if not mark or mark["cause"] != definition.cause:
        return False
    units = await _units(store, community, [definition])
    return bool(await store.waiting([mark["seq"]]) or sum([await store.due_of(unit) for unit in units]))


def _mark(community: str, definition: Definition) -> str:
    return f"regrade {community} {definition.slug}"


async def _units(store: Store, community: str, definitions: Sequence[Definition]) -> list[int]:
    wanted = {definition.unit for definition in definitions}
    return [unit.id for unit in (await store.defined(community))[0] if unit.key in wanted]


async def _holders(store: Store, community: str) -> dict[str, int]:
    return {info.slug: info.holders for info in await store.badge_infos(community)}


async def _assert_same(office: Office, community: str, definitions: Sequence[Definition]) -> None:
    """Raise NotNow where the process that counts knows another version of a badge: it would count by that one."""
    known = {info.slug: info.cause for info in await office.store.badge_infos(community) if not info.retired}
    for definition in definitions:
        if known.get(definition.slug) != definition.cause:
            has = known.get(definition.slug) or "no such badge"
            raise NotNow(f"the laurels that runs has {has}, here it is {definition.cause}; start it again so that it has this one")


def _said(definition: Definition, before: int, after: int) -> str:
    change = f", {abs(after - before):,} {'more' if after > before else 'fewer'} than before" if after != before else ", as before"
    return f"{definition.slug} is settled: {output.counted(after, 'person holds', 'people hold')} it{change}"
