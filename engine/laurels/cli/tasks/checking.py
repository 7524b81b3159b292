"""``laurels check``: everything that is wrong, in one run."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final, Literal

from msgspec import Struct, structs

from ...adapter import Checks, Remembers, State, Tenant
from ...app.host import Memory
from ...config import CommunityConfig, Config, read
from ...config.model import EVERY
from ...definition import Definition
from ...errors import ConfigError, LaurelsError, Note, Problem, nearest
from ...generation import Generation, build
from ...store import Store
from ...stores import migrations, open_store
from ...workshop.made import read as read_made
from ...workshop.sync import Difference, differences
from . import configured, output

Gravity = Literal["error", "warning", "note"]
ADAPTER: Final = 30.0  # seconds that an adapter may take to look at its set-up


class Change(Struct, frozen=True):
    """A difference to the database, of one community."""

    community: str
    difference: Difference


class Finding(Struct, frozen=True, omit_defaults=True):
    """One thing that was found: *where* and *place* say where, *hint* what would be right; *change* what would change by the next start."""

    gravity: Gravity
    where: str
    place: str
    what: str
    hint: str
    change: Change | None = None

    def __str__(self) -> str:
        return f"{self.gravity}: {Problem(self.where, self.place, self.what, self.hint)}"


async def look(path: Path | None, *, json: bool) -> int:
    """Print every finding; 2 where one is an error."""
    config, problems = read(path or configured.FILE, required=path is not None)
    installed = configured.installed(config)
    async with AsyncExitStack() as stack:
        store, unopened = await _opened(stack, config)
        generation = build(config, installed.packs, await read_made(store, config.communities) if store else {})
        findings = [_finding("error", problem) for problem in (*problems, *installed.problems, *generation.problems)]
        findings += [
            _finding("note" if isinstance(problem, Note) else "error", problem) async for problem in _adapters(config, installed, store)
        ]
        findings += [unopened] if unopened else []
        findings += [finding async for finding in _database(store, generation)] if store else []
    findings += _quarantined(config, generation)
    once = list(dict.fromkeys(findings))
    if json:
        output.json(once)
    else:
        _print(once, config, installed, generation)
    return 2 if any(finding.gravity == "error" for finding in once) else 0


def _finding(gravity: Gravity, problem: Problem) -> Finding:
    return Finding(gravity, problem.where, problem.place, problem.what, problem.hint)


def _about(definition: Definition, gravity: Gravity, what: str, hint: str) -> Finding:
    return _finding(gravity, definition.sourced.problem("", f"{definition.slug}: {what}", hint))


def _print(findings: list[Finding], config: Config, installed: configured.Installed, generation: Generation) -> None:
    for finding in findings:
        output.say(str(finding))
    totals = [sum(finding.gravity == gravity for finding in findings) for gravity in ("error", "warning")]
    badges = len({slug for registry in generation.registries.values() for slug in registry.definitions})
    output.say(
        f"{output.counted(totals[0], 'error')}, {output.counted(totals[1], 'warning')}: {output.counted(badges, 'badge')}, "
        f"{output.counted(len(config.communities), 'community', 'communities')}, {output.counted(len(installed.adapters), 'adapter')}"
    )  # fmt: skip


async def _adapters(config: Config, installed: configured.Installed, store: Store | None) -> AsyncIterator[Problem]:
    """What is wrong with the adapters' settings, and what they find themselves."""
    for problem in configured.unknown(config):
        yield problem
    platforms = set[str]()
    for name, plugin in installed.adapters.items():
        try:
            adapter = configured.made(config, plugin)
        except ConfigError as error:
            platforms.add(name)
            for problem in error.problems:
                yield problem
            continue
        platforms.add(str(getattr(adapter, "platform", name)))
        if isinstance(adapter, Checks):
            for problem in await _own(config, name, adapter, Memory(store, name) if store else None):
                yield problem
    for note in _unreached(config, sorted(platforms)):
        yield note


def _unreached(config: Config, platforms: Sequence[str]) -> Iterator[Note]:
    """Places of announcements that no adapter posts to. One that can't be made goes by its name: its platform is not known."""
    for community in config.communities.values():
        for place in community.announce:
            platform = place.partition(":")[0]
            if platforms and not any(known.startswith(platform) for known in platforms):
                hint = nearest(platform, platforms) or f"there are {', '.join(platforms)}"
                where = config.where("communities", community.name, "announce")
                yield Note(where, f"[communities.{community.name}].announce", f"{place!r}: no adapter of {platform!r} is configured", hint)


async def _own(config: Config, name: str, adapter: Checks, state: State | None) -> list[Problem]:
    where = config.where("adapters", name)
    try:
        if isinstance(adapter, Remembers) and state is not None:
            adapter.remember(state)
        async with asyncio.timeout(ADAPTER):
            return list(await adapter.check(_tenants(config, str(getattr(adapter, "platform", name)))))
    except TimeoutError:
        return [Problem(where, f"[adapters.{name}]", f"its check did not answer within {ADAPTER:g} s")]
    except Exception as error:  # an adapter's fault is its own
        return [Problem(where, f"[adapters.{name}]", f"its check failed: {type(error).__name__}: {error}")]


def _tenants(config: Config, platform: str) -> list[Tenant]:
    """The communities that take in realms of a platform, or announce there."""
    found = []
    for community in config.communities.values():
        realms = (*community.realms.get(platform, ()), *((EVERY,) if EVERY in community.realms else ()))
        places = [place.partition(":") for place in community.announce]
        announce = tuple(channel for of, _, channel in places if of == platform and not channel.startswith("@"))
        named = (who.partition(":") for who in _granted(community))
        roles = tuple(sorted(rest for of, _, rest in named if of == platform and ":" in rest))
        found += [Tenant(community.name, realms, announce, roles)] if realms or announce else []
    return found


def _granted(community: CommunityConfig) -> frozenset[str]:
    """Who may do something, as it is written: accounts, platforms' roles, everyone."""
    roles = community.roles
    badges = frozenset(who for override in community.overrides.values() for who in override.awarders or ())
    return badges | roles.admins | roles.badge_admins | roles.awarders | roles.creators


def _quarantined(config: Config, generation: Generation) -> Iterator[Finding]:
    causes = configured.quarantine(config).causes()
    for definition in _definitions(generation):
        if definition.cause in causes:
            what = f"{causes[definition.cause]} and is in quarantine"
            yield _about(definition, "warning", what, f"change it, or `laurels badges --release {definition.slug}`")


def _definitions(generation: Generation) -> Iterator[Definition]:
    for registry in generation.registries.values():
        yield from registry.definitions.values()


async def _opened(stack: AsyncExitStack, config: Config) -> tuple[Store | None, Finding | None]:
    """The database, or why there is none to look at."""
    url = config.store.url
    try:
        store = open_store(url)
        if migrations.current(url) is None:
            return None, Finding("note", url, "", "there is no database yet; `laurels run` makes it", "")
        return await stack.enter_async_context(store), None
    except LaurelsError as error:
        return None, Finding("error", config.where("store", "url"), "[store].url", str(error), "")


async def _database(store: Store, generation: Generation) -> AsyncIterator[Finding]:
    """What the badges of now are to those that it knows."""
    for name, registry in generation.registries.items():
        infos, undone = await store.badge_infos(name), await store.undone(name)
        for difference in differences(registry, infos) if infos else ():
            yield structs.replace(_different(registry.definitions, difference), change=Change(name, difference))
        for finding in _undone(registry.definitions, undone):
            yield finding


def _different(definitions: Mapping[str, Definition], its: Difference) -> Finding:
    """A difference in words."""
    people = output.counted(its.holders, "person holds", "people hold")
    match its.kind:
        case "new":
            what = "is new: people win it at their next event"
            return _about(definitions[its.badge], "note", what, f"`laurels regrade {its.badge}` for all")
        case "returns":
            return _about(definitions[its.badge], "note", f"comes back; {people} it", "")
        case "rule":
            return _redefined(definitions[its.badge], its)
        case "texts":
            return _about(
                definitions[its.badge], "note", f"was called {its.before}, now {its.now}; awards keep the name they were won by", ""
            )
        case "retires":
            return Finding(
                "note", "database", its.badge, f"is no longer there and will be retired; {people} it, and what is held stays", ""
            )


def _redefined(definition: Definition, its: Difference) -> Finding:
    before, version = its.before.partition("#")[0], str(definition.badge.version)
    if before == version:
        what = f"its rule has changed, but its version is {version} as before: {its.before} becomes {its.now}"
        return _about(definition, "warning", what, f"write version = {definition.badge.version + 1}")
    what = f"goes from version {its.before} to {its.now}; on_change is {definition.badge.on_change!r}"
    return _about(definition, "note", what, "")


def _undone(now: Mapping[str, Definition], undone: Mapping[str, object]) -> Iterator[Finding]:
    for definition in now.values():
        if definition.cause in undone:
            what = "what it gave was undone, and it has not been changed since: what was reached until then can't be won"
            yield _about(definition, "warning", what, "correct its rule")
