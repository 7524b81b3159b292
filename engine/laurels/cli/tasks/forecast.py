"""What a regrade would change: ``laurels regrade --dry-run``, and what is shown before a regrade."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from ...definition import Definition
from ...periods import from_micros
from ...records import AwardChange
from ...regrade import Change, Forecast, Looker
from . import output, people, words
from .session import Session, opened
from .which import Which

STANDS = "active"


class Expected(Struct, frozen=True):
    """One thing that would change, by which event. For what would be lost, it is the event that it was won by."""

    change: str
    person: str
    accounts: list[str]
    badge: str
    level: int
    occurrence: str
    title: str
    event: str
    time: datetime


class Outlook(Struct, frozen=True):
    """All that would change; *failed* has, by person, why they can't be counted."""

    changes: list[Expected]
    failed: dict[str, str]

    def summary(self) -> str:
        """How many would win and lose."""
        wins = sum(change.change == "win" for change in self.changes)
        said = f"{output.counted(wins, 'award')} would be won, {len(self.changes) - wins:,} lost"
        return said + (f"; the check fails for {output.counted(len(self.failed), 'person', 'people')}" if self.failed else "")


async def show(path: Path | None, which: Which, *, json: bool) -> None:
    """Print who would win and lose what."""
    async with opened(path) as session:
        name = session.community(which.community)
        outlook = await look(session, name, which.definitions(session.generation, name))
    if json:
        output.json([_object(change) for change in outlook.changes])
    else:
        table(outlook)
        output.say(outlook.summary())


def table(outlook: Outlook) -> None:
    """Print what would change."""
    output.table(["", "who", "badge", "what", "by", "when"], [
        [change.change, change.person, change.badge, change.title, change.event, output.moment(change.time)] for change in outlook.changes
    ])  # fmt: skip
    for person, error in outlook.failed.items():
        output.warn(f"{person} can't be counted: {error}")


def _object(change: Expected) -> dict[str, Any]:
    return {name: value for name, value in structs.asdict(change).items() if name != "title"}


async def look(session: Session, community: str, definitions: Sequence[Definition]) -> Outlook:
    """Everything that a regrade of the badges would change, with a bar that shows how far the look is."""
    looker = await session.looker(community)
    persons = await session.store.persons(community)
    found: dict[tuple[int, int, str, int], Change] = {}
    failed: dict[int, str] = {}
    with output.progress("looking", 2 * len(persons) * len(definitions)) as bar:
        for number, definition in enumerate(definitions):
            forecast = Forecast(looker, definition)
            folded = (2 * number + 1) * len(persons)
            for done, person in enumerate(persons, folded - len(persons)):
                bar(done)
                await forecast.fold(person)
            for done, person in enumerate(forecast.persons, folded):
                bar(done)
                found |= {_key(change.award): change for change in await forecast.changes(person)}
            failed |= forecast.failed
    return await _outlook(session, looker, found.values(), failed)


def _key(award: AwardChange) -> tuple[int, int, str, int]:
    return (award.badge, award.key.level, award.key.occurrence, award.person)


async def _outlook(session: Session, looker: Looker, changes: Iterable[Change], failed: dict[int, str]) -> Outlook:
    visible = [change for change in changes if (change.before == STANDS) != (change.award.state == STANDS)]
    who = await people.named(session.store, [*(change.award.person for change in visible), *failed])
    expected = [_expected(looker, change, who[change.award.person]) for change in visible]
    expected.sort(key=lambda change: (change.change == "lose", change.badge, change.person, change.level, change.occurrence))
    return Outlook(expected, {who[person].name: error for person, error in failed.items()})


def _expected(looker: Looker, change: Change, who: people.Someone) -> Expected:
    award = change.award
    slug = looker.community.slugs[award.badge]
    title = words.title(looker.community.registry.definitions[slug], *award.key)
    how = "win" if award.state == STANDS else "lose"
    return Expected(how, who.name, who.keys, slug, *award.key, title, award.position[1], from_micros(award.position[0]))
