"""``laurels badges create``, ``edit``, ``retire``, ``restore``, ``history``."""

import tomllib
from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import typer

from ...filed import MadeBadge
from ...model import Outcome
from ...periods import from_micros
from ...policy import SYSTEM
from ...store import Store
from ...workshop.made import content
from ..errors import NotNow, Wrong
from . import configured, office, output, people
from .session import opened


async def create(path: Path | None, community: str | None, slug: str, table: Mapping[str, Any]) -> None:
    """Make a badge, and say its slug."""
    async with _office(path) as desk:
        (outcome,) = await desk.app.acts(configured.community(desk.app.config, community)).workshop.create(SYSTEM, slug, table)
        _assert_done(outcome)
        await desk.rest()
    output.say(f"{outcome.badge} is made; `laurels badges edit {outcome.badge}` changes it")


async def edit(path: Path | None, community: str | None, slug: str, changes: Mapping[str, Any]) -> None:
    """Change a badge."""
    async with _office(path) as desk:
        acts = desk.app.acts(configured.community(desk.app.config, community))
        (outcome,) = await acts.workshop.edit(SYSTEM, slug, changes)
        _assert_done(outcome)
        await desk.rest()
        newest = (await acts.workshop.history(slug))[-1]
    output.say(f"{slug} is changed; its rule is version {newest.version}")


async def retire(path: Path | None, community: str | None, slug: str, *, yes: bool) -> int:
    """Say how many hold the badge and ask, then retire it."""
    async with opened(path) as session:
        name = session.community(community)
        holders = next((info.holders for info in await session.store.badge_infos(name) if info.slug == slug), 0)
    people_ = output.counted(holders, "person holds", "people hold")
    if holders and not yes and not typer.confirm(f"{people_} it, and what is held stays. Nobody wins it any more. Go on?"):
        output.say("nothing was changed")
        return 1
    async with _office(path) as desk:
        (outcome,) = await desk.app.acts(name).workshop.retire(SYSTEM, slug)
        _assert_done(outcome)
        await desk.rest()
    people_ = output.counted(int(outcome.reason), "person holds", "people hold")
    output.say(f"{slug} is retired; {people_} it still; `laurels badges restore {slug}` brings it back")
    return 0


async def restore(path: Path | None, community: str | None, slug: str) -> None:
    """Bring a badge back."""
    async with _office(path) as desk:
        (outcome,) = await desk.app.acts(configured.community(desk.app.config, community)).workshop.restore(SYSTEM, slug)
        _assert_done(outcome)
        await desk.rest()
    output.say(f"{slug} can be won again")


async def history(path: Path | None, community: str | None, slug: str, *, json: bool) -> None:
    """Print every edition of a badge, with what it changed."""
    async with opened(path) as session:
        name = session.community(community)
        editions = await session.store.find(MadeBadge, name, slug=slug)
        if not editions:
            raise NotNow(f"nobody made a badge {slug!r}; `laurels badges` says where each comes from")
        rows = await _rows(session.store, editions)
    if json:
        output.json(rows)
    else:
        heads = ["when", "edition", "version", "by", "what"]
        output.table(heads, [[row["time"], row["edition"], row["version"], row["author"], row["what"]] for row in rows])


async def _rows(store: Store, editions: Sequence[MadeBadge]) -> list[dict[str, Any]]:
    accounts = await store.accounts({edition.author for edition in editions} | {edition.creator for edition in editions})
    called = {id_: people.called([account]) for id_, account in accounts.items()}
    return [
        {
            "time": output.moment(from_micros(edition.time)), "edition": edition.edition, "version": edition.version,
            "state": edition.state, "author": called.get(edition.author, ""), "creator": called.get(edition.creator, ""),
            "what": _what(before, edition), "content": content(edition),
        } for before, edition in zip((None, *editions), editions, strict=False)
    ]  # fmt: skip


def _what(before: MadeBadge | None, edition: MadeBadge) -> str:
    """What an edition changed."""
    if before is None:
        return "created"
    if before.state != edition.state:
        return "retired" if edition.state == "retired" else "restored"
    old, new = content(before), content(edition)
    return "changed " + ", ".join(key for key in {**old, **new} if old.get(key) != new.get(key))


def table(name: str | None, description: str | None, lines: Sequence[str], file: Path | None = None) -> tuple[str, dict[str, Any]]:
    """The keys that a command line gives, and the name of the table where a *file* gives it. Raises Wrong."""
    slug, found = _file(file) if file is not None else ("", {})
    for line in lines:
        try:
            found |= tomllib.loads(line)
        except tomllib.TOMLDecodeError as error:
            raise Wrong(f"--set {line!r} is no TOML ({error}); a text stands in quotes, as in --set 'emoji = \"X\"'") from error
    given = {"name": name, "description": description}
    return slug, found | {key: value for key, value in given.items() if value is not None}


def _file(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        document = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise Wrong(f"{path}: {error}") from error
    match list(document.items()):
        case [(slug, dict() as content)]:
            return slug, content
    raise Wrong(f"{path}: one table is needed, [its-slug], with the keys of one badge")


def _office(path: Path | None) -> AbstractAsyncContextManager[office.Office]:
    return office.opened(configured.configuration(path))


def _assert_done(outcome: Outcome) -> None:
    if not outcome.done:
        raise Wrong(f"{outcome.badge}: {outcome.reason}" if outcome.badge and "\n" not in outcome.reason else outcome.reason)
