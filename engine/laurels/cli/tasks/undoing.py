"""``laurels undo``."""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

import typer

from ...periods import from_micros
from ...records import CauseInfo, Held
from ..errors import Wrong, unknown
from . import office as offices
from . import output, people
from .session import Session, opened

STANDS = ("active", "revoked")
LISTED = 20  # causes shown where the one named isn't there


async def withdraw(path: Path | None, community: str | None, cause: str, *, yes: bool) -> int:
    """Show what a cause gave, ask, and withdraw it."""
    async with opened(path) as session:
        name = session.community(community)
        await _assert_cause(session, name, cause)
        held = [one for one in await session.store.caused(name, cause) if one.state in STANDS]
        if not held:
            output.say(f"all that {cause} gave is withdrawn already")
            return 0
        await _preview(session, name, cause, held)
        if not yes and not typer.confirm("Withdraw all of it?"):
            output.say("nothing was changed")
            return 1
        config, packs = session.config, session.installed.packs
    async with offices.opened(config, packs) as office:
        desk = office.desk(name)
        await desk.counted([await desk.undo(cause)])
        await office.rest({one.person for one in held})
        gone = [one for one in await office.store.caused(name, cause) if one.state not in STANDS]
    _say({one.id for one in held}, {one.id for one in gone})
    return 0


async def _assert_cause(session: Session, community: str, cause: str) -> None:
    there = await session.store.causes(community)
    if cause not in [info.cause for info in there]:
        near = get_close_matches(cause, [info.cause for info in there], n=3)
        raise Wrong("\n".join([unknown("cause", cause, near), *_listed(there)]))


def _listed(causes: Sequence[CauseInfo]) -> list[str]:
    if not causes:
        return ["nothing has given an award yet"]
    more = [f"... and {len(causes) - LISTED} more"] if len(causes) > LISTED else []
    return ["there are:", *(f"  {info.cause} ({info.standing:,} of {info.awards:,} stand)" for info in causes[:LISTED]), *more]


async def _preview(session: Session, community: str, cause: str, held: Sequence[Held]) -> None:
    slugs = {badge.id: badge.slug for badge in (await session.store.defined(community))[1]}
    who = await people.named(session.store, [one.person for one in held])
    output.table(["who", "badge", "level", "occurrence", "state", "when"], [
        [who[one.person].name, slugs[one.badge], *one.key, one.state, output.moment(from_micros(one.position[0]))] for one in held
    ])  # fmt: skip
    told = await session.store.announced([one.id for one in held])
    everybody = output.counted(len({one.person for one in held}), "person", "people")
    output.say(f"{cause} gave {output.counted(len(held), 'award')} to {everybody}; announced: {told:,}")
    for definition in session.generation.registries[community].definitions.values():
        if definition.cause == cause:
            output.warn(
                f"this is what {definition.slug} is now: what was reached up to now can't be won again until the badge is changed; "
                "better change it first"
            )  # fmt: skip


def _say(held: set[int], gone: set[int]) -> None:
    kept = len(held - gone)
    others = f"; {kept:,} {'stays' if kept == 1 else 'stay'}, as something else gives them too" if kept else ""
    output.say(f"{output.counted(len(held & gone), 'award')} withdrawn{others}")
