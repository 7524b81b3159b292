"""Who may do what is the same on every surface: the console, a comment on GitHub, the command line; and what is refused changes nothing."""

import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
from typer.testing import CliRunner

from laurels import ADMIN, Account, Actor, Command, Event, Place, Reply
from laurels.cli import app as program
from laurels.filed import Claim, MadeBadge, Nomination, Setting, Voice
from laurels.policy import SYSTEM, Deed
from laurels.testing import Member, World

FORBIDDEN = "You may not do that. It is for "

#: Who may do each deed about the badge ``gem``, which *creator* made and *delegate* may award besides.
MAY: Mapping[Deed, frozenset[str]] = {
    **dict.fromkeys(
        ("award", "revoke", "reinstate", "move", "approve", "reject", "claims"),
        frozenset({"awarder", "delegate", "creator", "badge_admin", "admin"}),
    ),
    **dict.fromkeys(("edit", "retire"), frozenset({"creator", "badge_admin", "admin"})),
    "create": frozenset({"creator", "badge_admin", "admin"}),
    **dict.fromkeys(("undo", "configure", "status"), frozenset({"admin"})),
}  # type: ignore[dict-item]
ACTORS = ("stranger", "awarder", "delegate", "creator", "badge_admin", "admin")


class Surface(NamedTuple):
    """A platform, and whether it can answer in private."""

    platform: str
    private: bool


SURFACES = (Surface("console", True), Surface("github", False))


class Scene:
    """A community on one platform, and somebody for each deed."""

    def __init__(self, world: World, surface: Surface) -> None:
        self.world, self.surface = world, surface

    def account(self, name: str) -> Account:
        return Account(self.surface.platform, name, name=name.capitalize())

    async def person(self, name: str) -> Account:
        await Member(self.world, self.account(name)).does("fork.created")
        return self.account(name)

    async def ask(self, who: str, name: str, text: str) -> Reply:
        roles = (ADMIN,) if who == "admin" else ()
        place = Place(self.surface.platform, "acme/lamp")
        command = Command(name, tuple(text.split()), self.account(who), place, roles=roles, private=self.surface.private)
        reply = await self.world.app.host("world").ask(command)
        await self.world.rest()
        return reply

    async def settle(self) -> None:
        """The badge and those whom the deeds are about."""
        table = {"name": "Gem", "by_hand": True, "at": 10, "nominations": True, "awarders": [f"{self.surface.platform}:delegate"]}
        creator = Actor(self.account("creator"))
        assert [outcome.result for outcome in await self.world.acts.workshop.create(creator, "gem", table)] == ["CREATED"]
        await self.world.rest()

    async def state(self) -> tuple[Any, ...]:
        """All that deeds change."""
        store, community = self.world.app.store, self.world.community
        awards = await store.awards(community, standing=False, hidden=True)
        records = [await store.find(kind, community) for kind in (Nomination, Voice, Claim, MadeBadge, Setting)]
        there = "gem" in self.world.registry.definitions
        moved = await self.world.progress(Member(self.world, self.account("moved")), "gem") if there else None
        return sorted((award.badge, award.person, award.level, award.state) for award in awards), *map(tuple, records), moved


async def nominated(scene: Scene, name: str) -> str:
    nominator = Actor(await scene.person(f"fan-of-{name}"))
    (outcome,) = await scene.world.acts.nominations.nominate(nominator, "gem", await scene.person(name))
    return str(outcome.seq)


async def awarded(scene: Scene, name: str) -> str:
    (outcome,) = await scene.world.acts.awards.give(SYSTEM, "gem", [await scene.person(name)])
    await scene.world.rest()
    return f"command:{outcome.seq}"


async def _award(scene: Scene) -> str:
    await scene.person("awarded")
    return "badges-admin award gem awarded"


async def _revoke(scene: Scene) -> str:
    await awarded(scene, "revoked")
    return "badges-admin revoke gem revoked"


async def _reinstate(scene: Scene) -> str:
    await awarded(scene, "reinstated")
    await scene.world.acts.awards.revoke(SYSTEM, "gem", scene.account("reinstated"), 1)
    return "badges-admin reinstate gem reinstated"


async def _move(scene: Scene) -> str:
    await scene.person("moved")
    return "badges-admin move gem moved +3"


async def _approve(scene: Scene) -> str:
    return f"badges nominations approve {await nominated(scene, 'approved')}"


async def _reject(scene: Scene) -> str:
    return f"badges nominations reject {await nominated(scene, 'rejected')} no"


async def _claims(scene: Scene) -> str:
    made = await scene.world.acts.claims.make(SYSTEM, "gem")
    return f"badges-admin claims withdraw {made.batch}"


async def _undo(scene: Scene) -> str:
    return f"badges-admin undo {await awarded(scene, 'undone')} yes"


def _plain(text: str) -> Callable[[Scene], Awaitable[str]]:
    async def typed(scene: Scene) -> str:
        return text

    return typed


DEEDS: Mapping[Deed, Callable[[Scene], Awaitable[str]]] = {
    "award": _award, "revoke": _revoke, "reinstate": _reinstate, "move": _move, "approve": _approve, "reject": _reject, "claims": _claims,
    "undo": _undo, "create": _plain("badges-admin create fresh name=Fresh"), "edit": _plain("badges-admin edit gem name=Diamond"),
    "retire": _plain("badges-admin retire gem"), "configure": _plain("badges-admin mode quiet"), "status": _plain("badges-admin status"),
}  # fmt: skip


def test_every_deed_is_tried() -> None:
    assert DEEDS.keys() == MAY.keys() == set(get_args(Deed))


@pytest.fixture(params=SURFACES, ids=lambda surface: surface.platform)
def surface(request: pytest.FixtureRequest) -> Surface:
    return request.param


@pytest.fixture
def configuration(surface: Surface) -> str:
    its = surface.platform
    return f"""
[communities.home]
mode = "live"
[communities.home.roles]
badge_admins = ["{its}:badge_admin"]
awarders = ["{its}:awarder"]
creators = ["{its}:creator"]
"""


@pytest.mark.parametrize("who", ACTORS)
async def test_a_deed_is_allowed_or_refused_by_the_policy_alone(world: World, surface: Surface, who: str) -> None:
    scene = Scene(world, surface)
    await scene.settle()
    await scene.person(who)
    for deed, typed in DEEDS.items():
        name, _, text = (await typed(scene)).partition(" ")
        before = await scene.state()
        reply = await scene.ask(who, name, text)
        after = await scene.state()
        if who in MAY[deed]:
            assert not reply.text.startswith(FORBIDDEN), (deed, reply.text)
            assert deed == "status" or (reply.ok and after != before), (deed, reply)
        else:
            assert reply.text.startswith(FORBIDDEN) and "administrators" in reply.text, (deed, reply.text)
            assert not reply.ok and reply.private == surface.private
            assert after == before, deed
        if deed == "retire":
            await world.acts.workshop.restore(SYSTEM, "gem")


# -- the command line: whoever has it is the operator, who may do everything ----------------------------------------------------

CONFIGURATION = """
[badges]
packs = []
files = ["rules.toml"]
[communities.acme]
realms = { console = ["*"] }
"""
RULES = '[pebble]\nname = "Pebble"\n'

#: A command for each deed that has a verb there, in an order in which each finds what the ones before left.
VERBS: Mapping[str, tuple[str, ...]] = {
    "create": ("badges", "create", "gem", "--name", "Gem"),
    "edit": ("badges", "edit", "gem", "--name", "Diamond"),
    "award": ("award", "gem", "console:ana"),
    "revoke": ("revoke", "gem", "console:ana"),
    "reinstate": ("reinstate", "gem", "console:ana"),
    "claims": ("claims", "make", "gem"),
    "retire": ("badges", "retire", "gem", "--yes"),
    "status": ("status",),
}
#: Done in chat only, or by editing the configuration.
NOT_THERE = {"move", "approve", "reject", "configure"}


async def _seen(folder: Path) -> None:
    from laurels.app import App
    from laurels.config import load
    from laurels.plugins import load_packs

    config = load(folder / "laurels.toml")
    async with App(config, load_packs(config.badges.packs)) as app:
        ana = Account("console", "ana", name="Ana")
        await app.put(Event("e1", "console", "member.joined", datetime(2026, 6, 1, tzinfo=UTC), ana, community="acme"))
        app.start(announce=False)
        await app.engine.rest()


def test_the_operator_may_do_everything_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    (tmp_path / "laurels.toml").write_text(CONFIGURATION)
    (tmp_path / "rules.toml").write_text(RULES)
    monkeypatch.chdir(tmp_path)
    asyncio.run(_seen(tmp_path))
    assert {*VERBS, "undo"} | NOT_THERE == set(get_args(Deed))

    def dump() -> list[str]:
        with closing(sqlite3.connect(tmp_path / "laurels.db")) as database:
            return list(database.iterdump())

    def run(*words: str) -> str:
        result = CliRunner().invoke(program, list(words))
        assert result.exit_code == 0, (words, result.output)
        return result.stdout

    for deed, words in VERBS.items():
        before = dump()
        run(*words)
        assert deed == "status" or dump() != before, deed
    run("award", "pebble", "console:ana")
    cause = next(line.split("\t")[-1] for line in run("awards", "--badge", "pebble").splitlines() if "command:" in line)
    run("undo", cause, "--yes")
    assert "pebble" not in run("awards")
