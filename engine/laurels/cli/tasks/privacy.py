"""``laurels people``, ``laurels community`` and ``laurels db compact``."""

from datetime import UTC, datetime
from difflib import get_close_matches
from pathlib import Path

import typer

from ...engine import decisions
from ...policy import OPERATOR
from ...privacy import export as exporting
from ...privacy.stored import WORDS, Stored, look
from ...stores import migrations, open_store
from ..errors import NotNow, Wrong, unknown
from . import configured, output, people
from . import office as offices
from .session import opened

RUNS = "a laurels is running on this database: stop it first"


async def settings(path: Path | None, community: str | None, text: str, *, json: bool) -> None:
    """Print what is stored about somebody."""
    async with opened(path) as session:
        name = session.community(community)
        someone = await people.find(session.store, name, text)
        stored = await look(session.store, name, someone.accounts[0])
    if json:
        output.json(stored)
    else:
        _say(someone, stored)


def _say(someone: people.Someone, stored: Stored) -> None:
    output.say(f"{someone.name}: {', '.join(someone.keys)}")
    output.say("in this laurels' database, for ever, unless it is forgotten:")
    output.table(["", "what"], [[count, WORDS[what]] for what, count in stored.counts.items()])
    output.say("settings:")
    output.table(["setting", "is", "can be"], [[name, value, stored.choices[name]] for name, value in stored.switches.items()])


async def export(path: Path | None, community: str | None, text: str) -> None:
    """Print all there is about somebody."""
    async with opened(path) as session:
        name = session.community(community)
        someone = await people.find(session.store, name, text)
        output.json(await exporting.export(session.store, name, someone.accounts[0], datetime.now(UTC)))


async def forget(path: Path | None, community: str | None, text: str, *, yes: bool) -> int:
    """Show whom, ask, and forget them."""
    async with opened(path) as session:
        name = session.community(community)
        someone = await people.find(session.store, name, text)
        config, packs = session.config, session.installed.packs
    output.say(f"{someone.name} ({', '.join(someone.keys)}) would be forgotten; `laurels people export` first keeps a copy")
    if not yes and not typer.confirm("Forget them? It can't be undone."):
        output.say("nothing was changed")
        return 1
    async with offices.opened(config, packs) as office:
        (outcome,) = await office.desk(name).done(decisions.FORGOTTEN, {"account": someone.keys[0]}, OPERATOR)
        if outcome.result != "FORGOTTEN":
            raise NotNow(f"they could not be forgotten: {outcome.reason or outcome.detail}")
    output.say("they are forgotten; no backfill brings them back, and nothing they do is taken until they turn tracking on")
    return 0


async def delete(path: Path | None, name: str, yes: str | None) -> int:
    """Delete a community, once its name was typed."""
    config = configured.configuration(path)
    if migrations.current(config.store.url) is None:
        raise NotNow(f"{config.store.url}: there is no database yet")
    async with open_store(config.store.url) as store:
        known = await store.communities()
        if name not in known:
            raise Wrong(unknown("community", name, get_close_matches(name, known)) + f"; in the database are {', '.join(known) or 'none'}")
        if not await store.lead():
            raise NotNow(RUNS)
        typed = yes if yes is not None else typer.prompt(f"Everything of {name} will be deleted. Type its name to go on")
        if typed != name:
            output.say("nothing was changed: that is not its name")
            return 1
        await store.erase(name)
        await store.scrub(whatever_it_takes=True)
    again = "; the configuration still names it: take it out, or it begins anew" if name in config.communities else ""
    output.say(f"{name} is deleted{again}")
    return 0


async def compact(path: Path | None) -> None:
    """Write the database anew."""
    config = configured.configuration(path)
    if migrations.current(config.store.url) is None:
        raise NotNow(f"{config.store.url}: there is no database yet")
    async with open_store(config.store.url) as store:
        if not await store.lead():
            raise NotNow(RUNS)
        if not await store.scrub(whatever_it_takes=True):
            raise NotNow("somebody else has the database open; nothing was changed")
    output.say("the database is written anew: what was deleted stands in it nowhere")
