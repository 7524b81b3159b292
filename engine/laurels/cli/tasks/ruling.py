"""``laurels revoke`` and ``laurels reinstate``."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from ...definition import Definition
from ...filed import HeldAward
from ...model import Award, State
from ...policy import SYSTEM
from ..errors import NoAward, NotNow, Wrong
from . import configured, office, output, people, words


class Ruled(Struct, frozen=True):
    """Whose award of which badge is meant; None is every level, and the only occurrence."""

    badge: str
    person: str
    level: int | None
    occurrence: str | None
    everything: bool
    note: str


async def take_back(path: Path | None, community: str | None, ruled: Ruled) -> None:
    """Revoke."""
    await _rule(path, community, ruled, "active", "revoked")


async def give_back(path: Path | None, community: str | None, ruled: Ruled) -> None:
    """Reinstate."""
    await _rule(path, community, ruled, "revoked", "active")


async def _rule(path: Path | None, community: str | None, ruled: Ruled, before: State, after: State) -> None:
    config = configured.configuration(path)
    name = configured.community(config, community)
    async with office.opened(config) as desk:
        definition = configured.definition(desk.generation, name, ruled.badge)
        someone = await people.find(desk.store, name, ruled.person)
        awards = await desk.store.awards(name, person=someone.id, badge=definition.slug, standing=False, hidden=True)
        if not awards and after == "revoked" and await _given_up(desk, name, someone, definition):
            return
        meant = _meant(definition, someone, ruled, awards, before)
        acts, account = desk.app.acts(name).awards, someone.accounts[0]
        decide = acts.revoke if after == "revoked" else acts.reinstate
        found = [await decide(SYSTEM, definition.slug, account, award.level, award.occurrence, note=ruled.note) for award in meant]
        if vetoed := [outcome for outcomes in found for outcome in outcomes if outcome.result == "VETOED"]:
            raise NotNow(f"{someone.name} keeps {definition.name}: {vetoed[0].reason}")
        await desk.rest()
        now = await desk.store.awards(name, person=someone.id, badge=definition.slug, standing=False, hidden=True)
    _say(definition, someone, [award for award in now if award.id in {one.id for one in meant}], after)


async def _given_up(desk: office.Office, community: str, someone: people.Someone, definition: Definition) -> bool:
    """Take back what waits for somebody who was not seen yet; whether there was anything."""
    waiting = await desk.store.find(HeldAward, community, badge=definition.slug, state="held")
    known = await desk.store.know(community, someone.accounts)
    mine = [held for held in waiting if held.account in {its.account for its in known.values()}]
    for held in mine:
        await desk.app.acts(community).awards.revoke(SYSTEM, definition.slug, someone.accounts[0], held.level, held.occurrence)
        output.say(f"{words.title(definition, held.level)} waits for {someone.name} no more")
    return bool(mine)


def _meant(definition: Definition, someone: people.Someone, ruled: Ruled, awards: Sequence[Award], state: State) -> list[Award]:
    """The awards in *state* that are meant. Raises NoAward where there is none, Wrong where there is more than one to choose from."""
    there = [award for award in awards if (award.state if award.state != "expired" else "active") == state]
    meant = [
        award for award in there
        if ruled.level in (None, award.level) and (ruled.occurrence is None or award.occurrence == ruled.occurrence)
    ]  # fmt: skip
    if not meant:
        revoked = "revoked " if state == "revoked" else ""
        raise NoAward(f"{someone.name} has no {revoked}{_wanted(definition, ruled)}{_instead(there, awards)}")
    if definition.badge.repeatable and len(meant) > 1 and not ruled.everything:
        which = ", ".join(award.occurrence for award in meant[:5]) + (", ..." if len(meant) > 5 else "")
        raise Wrong(f"{someone.name} has {definition.name} {len(meant)} times: say which with --occurrence ({which}), or --all")
    return sorted(meant, key=lambda award: (award.level, award.occurrence))


def _wanted(definition: Definition, ruled: Ruled) -> str:
    level = f", {words.level(definition, ruled.level)}" if ruled.level is not None else ""
    return definition.name + level + (f" [{ruled.occurrence}]" if ruled.occurrence else "")


def _instead(there: Sequence[Award], awards: Sequence[Award]) -> str:
    if there:
        return "; there is " + ", ".join(f"level {award.level}" + (f" [{award.occurrence}]" if award.occurrence else "") for award in there)
    states = sorted({award.state for award in awards})
    return f": it is {' or '.join(states)}" if states else ""


def _say(definition: Definition, someone: people.Someone, awards: Sequence[Award], state: State) -> None:
    for award in sorted(awards, key=lambda award: (award.level, award.occurrence)):
        title = words.title(definition, award.level, award.occurrence)
        if state == "revoked" and award.state == "revoked":
            output.say(f"{someone.name}'s {title} is revoked, until `laurels reinstate {definition.slug} {someone.keys[0]}`")
        elif state == "active" and award.state in ("active", "expired"):
            output.say(f"{someone.name}'s {title} stands again")
        elif state == "active" and award.state == "withdrawn":
            output.say(f"{someone.name}'s {title} is reinstated, but nothing gives it any more: it is withdrawn")
        else:
            raise NotNow(f"{someone.name}'s {title} is still {award.state}")
