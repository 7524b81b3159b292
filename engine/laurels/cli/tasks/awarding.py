"""``laurels award``."""

from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from ...definition import Definition
from ...desk import level_of
from ...model import Award
from ...store import Store
from ..errors import NotNow, Wrong
from . import configured, office, output, people, words


class Gift(Struct, frozen=True):
    """What is to be given to whom."""

    badge: str
    person: str
    level: int | None
    note: str
    evidence: tuple[str, ...]


async def give(path: Path | None, community: str | None, gift: Gift) -> None:
    """Give it, and say what came of it. Who holds it already is given nothing."""
    config = configured.configuration(path)
    name = configured.community(config, community)
    assert_addresses(gift.evidence)
    async with office.opened(config) as desk:
        definition = configured.definition(desk.generation, name, gift.badge)
        someone = await people.find_or_account(desk.store, name, gift.person)
        level = level_of(definition, gift.level)
        if (held := await _held(desk.store, name, definition, someone, level)) is not None:
            _say_held(definition, someone, held)
            return
        seq = await desk.desk(name).award(definition, someone.accounts[0], level=level, note=gift.note, evidence=gift.evidence)
        await desk.counted([seq])
        known = await people.find(desk.store, name, someone.accounts[0].key)
        awards = await desk.store.awards(name, person=known.id, badge=definition.slug)
    if not any(award.cause == f"command:{seq}" for award in awards):
        raise NotNow(f"{known.name} was not given {definition.name}: the laurels that runs doesn't know this badge; start it again")
    output.say(f"{known.name} has {words.title(definition, level)} now; `laurels undo command:{seq}` takes it back")


async def _held(store: Store, community: str, definition: Definition, someone: people.Someone, level: int) -> Award | None:
    """The award that is there already, or was revoked; a badge that can be won again is always a new one."""
    if definition.badge.repeatable or not someone.id:
        return None
    awards = await store.awards(community, person=someone.id, badge=definition.slug, standing=False)
    return next((award for award in awards if award.level == level and award.state in ("active", "revoked")), None)


def _say_held(definition: Definition, someone: people.Someone, award: Award) -> None:
    title = words.title(definition, award.level)
    if award.state == "revoked":
        again = f"`laurels reinstate {definition.slug} {someone.keys[0]}` lets it stand again"
        raise NotNow(f"{someone.name}'s {title} was revoked; {again}")
    output.say(f"{someone.name} holds {title} already, since {output.moment(award.time)}, by {award.cause}")


def assert_addresses(evidence: tuple[str, ...]) -> None:
    """Raise Wrong for evidence that nobody could look at."""
    for text in evidence:
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise Wrong(f"evidence {text!r} is no address in the web, like https://example.org/post/1")
