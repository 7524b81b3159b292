"""A community in which Dee and Eli may award every badge and Cem made one, and badges with terms of all kinds."""

from collections.abc import Sequence

import pytest

from laurels import Account, Actor, Badge, Count, Level, Nominations, Outcome
from laurels.testing import Member, World

BADGES = [
    Badge(slug="kind", nominations=True),
    Badge(slug="closed"),
    Badge(slug="quorum", nominations=Nominations(approvals=2)),
    Badge(slug="auto", nominations=Nominations(auto_approve=True)),
    Badge(slug="kudos", repeatable=True, nominations=Nominations(auto_approve=True, acceptance=False)),
    Badge(slug="cake", repeatable=True, nominations=Nominations(limit=2, within="7d", expires="3d")),
    Badge(slug="direct", nominations=Nominations(acceptance=False)),
    Badge(slug="proud", nominations=Nominations(allow_self=True, auto_approve=True)),
    Badge(slug="rank", levels=("Bronze", "Silver", "Gold"), nominations=True),
    Badge(slug="robot", bots=True, nominations=True),
    Badge(slug="talker", measure=Count("message.posted"), levels=(Level("Some", at=100), Level("Much", at=200)), nominations=True),
]


@pytest.fixture
def pack() -> list[Badge]:
    return [badge.replace() for badge in BADGES]


@pytest.fixture
def configuration() -> str:
    return '[communities.acme.roles]\nawarders = ["world:dee", "world:eli"]\n[communities.acme.badges.kind]\ncreator = "world:cem"\n'


class Nominating:
    """The verbs by names, each answering the one outcome; people are there before, unless they are called nobody."""

    def __init__(self, world: World) -> None:
        self.world, self.acts = world, world.acts.nominations

    def account(self, name: str) -> Account:
        return self.world.person(name).account

    def actor(self, name: str) -> Actor:
        return Actor(self.account(name))

    async def nominate(self, by: str, slug: str, who: str, **more: object) -> Outcome:
        return one(await self.acts.nominate(self.actor(by), slug, self.account(who), **more))

    async def approve(self, by: str, id: int, note: str = "") -> Outcome:
        return one(await self.acts.approve(self.actor(by), id, note))

    async def accept(self, by: str, id: int) -> Outcome:
        return one(await self.acts.accept(self.actor(by), id))

    async def reject(self, by: str, id: int, reason: str = "") -> Outcome:
        return one(await self.acts.reject(self.actor(by), id, reason))

    async def awards(self, name: str) -> list[str]:
        await self.world.rest()
        return self.world.awards(self.world.person(name))

    async def state(self, id: int) -> str:
        found = await self.acts.find(id)
        return found.state if found else "none"


def one(outcomes: Sequence[Outcome]) -> Outcome:
    (outcome,) = outcomes
    return outcome


@pytest.fixture
async def it(world: World) -> Nominating:
    for name in ("Ana", "Bob", "Cem", "Dee", "Eli"):
        await world.person(name).says("hi")
    return Nominating(world)


@pytest.fixture
def dee(world: World) -> Member:
    return world.person("Dee")
