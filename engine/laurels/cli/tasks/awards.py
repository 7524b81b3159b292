"""``laurels awards``."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from ...errors import UnknownBadge, UnknownPerson
from ...model import Award
from ..errors import Unclear
from . import output, people
from .session import Session, opened


class Query(Struct, frozen=True):
    """Which awards: None is all of them. *everything* takes in what no longer stands."""

    community: str | None
    person: str | None
    badge: str | None
    everything: bool


async def show(config: Path | None, query: Query, *, json: bool) -> None:
    """Print the awards that are asked for, newest first."""
    async with opened(config) as session:
        awards = await _awards(session, query)
    if json:
        output.json([_object(award) for award in awards])
        return
    several = len({award.community for award in awards}) > 1
    heads = ["when", "who", "badge", "level", "occurrence", "state", "cause", *(["community"] if several else [])]
    output.table(heads, [[*_row(award), *([award.community] if several else [])] for award in awards])
    if not awards:
        output.warn("no awards")


async def _awards(session: Session, query: Query) -> Sequence[Award]:
    names = [session.community(query.community)] if query.community else list(session.config.communities)
    if query.badge is not None:
        await _assert_badge(session, names, query.badge)
    owners = {name: await _person(session, name, query.person) for name in names} if query.person else {}
    if query.person and not any(owners.values()):
        await people.find(session.store, names[0], query.person)  # raises, with the nearest names
    found: list[Award] = []
    for name in names:
        if not query.person or owners[name]:
            found += await session.store.awards(
                name, person=owners.get(name), badge=query.badge, standing=not query.everything, hidden=True
            )
    return sorted(found, key=lambda award: (award.time, award.id), reverse=True)


async def _person(session: Session, community: str, text: str) -> int | None:
    try:
        return (await people.find(session.store, community, text)).id
    except Unclear:
        raise
    except UnknownPerson:
        return None


async def _assert_badge(session: Session, communities: Sequence[str], slug: str) -> None:
    """A badge that the database knows, also one that is gone; or one that is configured and was not won yet."""
    known = {info.slug for name in communities for info in await session.store.badge_infos(name)}
    if slug not in known:
        known |= {slug for name in communities for slug in session.generation.registries[name].definitions}
    if slug not in known:
        raise UnknownBadge(slug, sorted(known))


def _object(award: Award) -> dict[str, Any]:
    return structs.asdict(award)


def _row(award: Award) -> list[output.Cell]:
    level = f"{award.level} {award.level_name}".strip()
    return [output.moment(award.time), award.person, award.badge, level, award.occurrence, award.state, award.cause]
