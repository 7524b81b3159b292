"""Somebody about whom a laurels keeps all that it can keep of anybody, with others around them."""

from datetime import timedelta
from typing import Any

import msgspec

from laurels import (
    Account,
    Actor,
    AwardNews,
    Badge,
    Check,
    Count,
    Distinct,
    Event,
    Grant,
    Level,
    Nominations,
    Place,
    Streak,
    Verdict,
)
from laurels.filed import Brought, HookCall
from laurels.policy import SYSTEM
from laurels.records import Changes, Due, Pair
from laurels.testing import Member, World

ZOE = Account("world", "zoe-4711", name="Zoë Zweig")
HUB = Account("github", "990017", name="zoe-zweig")

#: Whatever of Zoë could be found in a file.
TRACES = ("zoe", "Zoë", "zweig", "Zweig", "4711", "990017")


class Buddy(Badge):
    """Upon what somebody does, those whom they mention win; repeatable: the thing is the occurrence."""

    slug = "buddy"
    events = ("message.posted",)
    repeatable = True

    def award(self, check: Check) -> Verdict:
        return Grant(to=tuple(check.event.data.get("mentions", ())), note=f"mentioned by {check.event.actor.key}")  # type: ignore[union-attr]


class Later(Badge):
    """Deferred, with a state that names somebody."""

    slug = "later"
    events = ("thanks.given",)
    deferred = True

    def freeze(self, check: Check) -> dict[str, Any]:
        return {"to": check.event.data["receiver"]}

    def award(self, check: Check) -> Verdict:
        return Grant(to=check.state["to"])


class Fails(Badge):
    """Can't decide about anybody."""

    slug = "fails"
    events = ("push",)

    def award(self, check: Check) -> Verdict:
        raise ValueError(f"what of {check.event.actor.key}?")  # type: ignore[union-attr]


BADGES = (
    Badge(slug="talker", measure=Count("message.posted"), levels=(Level(at=1), Level(at=3), Level(at=30)), milestones=(0.5,)),
    Badge(slug="helper", measure=Distinct("thanks.given", field="event.actor", to="event.data.receiver"), levels=(Level(at=2),)),
    Badge(slug="known", measure=Distinct("thanks.given", field="event.actor.name", to="event.data.receiver"), levels=(Level(at=1),)),
    Badge(
        slug="fair", measure=Count("thanks.given", cap={"per": "day", "by": "pair", "at": 1}), levels=(Level(at=1), Level(at=3)),
    ),
    Badge(slug="lately", measure=Distinct("thanks.given", field="event.data.receiver", within="7d"), levels=(Level(at=1), Level(at=2))),
    Badge(slug="daily", measure=Streak("message.posted", period="day"), levels=(Level(at=1),)),
    Badge(slug="kind", nominations=Nominations(approvals=2)),
    Badge(slug="cake", repeatable=True),
    Badge(slug="pair", requires="kind"),
    Buddy(), Later(), Fails(),
)  # fmt: skip


def by(account: Account, *roles: str) -> Actor:
    return Actor(account, roles)


class Life:
    """What happens in the world, step by step."""

    def __init__(self, world: World) -> None:
        self.world, self.acts = world, world.acts
        self.bob, self.cleo, self.dan = (world.person(name) for name in ("Bob", "Cleo", "Dan"))
        self.zoe = Member(world, ZOE)
        self.admin = by(ZOE, "admin")

    async def happens(self) -> None:
        """All of it."""
        for step in (self.talk, self.hub, self.award, self.nominate, self.claim, self.link, self.settle, self.leave_over):
            await step()
            self.world.later(minutes=1)
        await self.world.rest()

    async def talk(self) -> None:
        """In chat, to and fro."""
        for who in (self.bob, self.cleo, self.dan):
            await who.says("good morning")
        await self.acts.awards.give(SYSTEM, "cake", [ZOE], note="waits for zoe")
        await self.zoe.does("message.posted", 4, mentions=[self.bob, self.cleo], text="I am Zoë Zweig", length=14)
        await self.bob.does("message.posted", mentions=[self.zoe, self.cleo], length=3)
        for giver, receiver in (
            (self.zoe, self.bob),
            (self.cleo, self.bob),
            (self.bob, self.zoe),
            (self.cleo, self.zoe),
            (self.bob, self.cleo),
        ):
            await giver.thanks(receiver)
        place = Place("world", "dm-zoe", name="Zoë Zweig", url="https://chat.example.org/zoe", private=True)
        await self.world.happens("push", self.zoe, place=place, repository="acme/site")

    async def hub(self) -> None:
        """On a platform whose ids tell of people; each once more, as platforms do."""
        bob, now = Account("github", "5", name="bob"), self.world.now
        raw = {
            "sender": {"id": 990017, "login": "zoe-zweig", "type": "User"},
            "issue": {"title": "by zoe", "user": {"id": 5, "login": "bob"}},
        }
        events = [
            Event("star:7:990017:created", "github", "star.added", now, HUB, {"repository": "acme/site"}, thing="star:7:990017"),
            Event("star:7:990017:deleted", "github", "star.added", now + timedelta(seconds=1), HUB, {}, thing="star:7:990017", on=False),
            Event(
                "comment:5:thanks:zoe-zweig:created", "github", "thanks.given", now + timedelta(seconds=2), bob, {"receiver": HUB.key},
                others=(HUB,), thing="comment:5:thanks:zoe-zweig",
            ),
            Event("issues.pinned:1", "github", "github.issues.pinned", now + timedelta(seconds=3), HUB, raw),
            Event("issues.pinned:2", "github", "github.issues.pinned", now + timedelta(seconds=4), bob, {"sender": raw["sender"]}),
        ]  # fmt: skip
        await self.world.replay([*events, *events])

    async def award(self) -> None:
        """By hand, to her and by her; some of it hidden, revoked, and not yet delivered."""
        awards, evidence = self.acts.awards, ["https://example.org/zoe"]
        await awards.give(
            by(self.bob.account, "admin"), "cake", [ZOE, self.dan.account], note="for both", evidence=["https://example.org/both"]
        )
        await awards.give(by(self.bob.account, "admin"), "kind", [ZOE], note="Zoë is kind", evidence=evidence)
        await awards.give(self.admin, "kind", [self.bob.account], note="says zoe", evidence=evidence)
        await awards.give(self.admin, "cake", [self.bob.account, self.cleo.account], note="from zoe")
        await awards.revoke(self.admin, "kind", self.bob.account, 1, note="zoe changed her mind")
        await awards.reinstate(self.admin, "kind", self.bob.account, 1, note="and again")
        await awards.give(self.admin, "kind", [Account("world", "eve")], note="for zoe's friend")
        await self.acts.privacy.hide(by(ZOE), "kind")

    async def nominate(self) -> None:
        """Of her, by her, and with her voice."""
        nominations = self.acts.nominations
        await nominations.nominate(by(self.bob.account), "kind", self.cleo.account, reason="helps")
        for one in await nominations.listed(None):
            await nominations.approve(self.admin, one.id, note="yes, zoe")
        await nominations.nominate(by(ZOE), "kind", Account("world", "finn"), reason="zoe says so", evidence=["https://example.org/zoe"])
        await nominations.nominate(by(self.dan.account), "kind", HUB, reason="zoe on the hub")
        (of_her,) = await nominations.listed(HUB)
        await nominations.approve(by(self.bob.account, "admin"), of_her.id, note="zoe it is")

    async def claim(self) -> None:
        """Codes that she made, one for her, one that she used."""
        made = await self.acts.claims.make(self.admin, "cake", count=1, uses=5, note="zoe's party")
        await self.acts.claims.claim(by(self.dan.account), made.codes[0])
        await self.acts.claims.claim(by(ZOE), made.codes[0])
        await self.acts.claims.make(by(self.bob.account, "admin"), "cake", bound=ZOE, note="only for zoe")

    async def link(self) -> None:
        """Both accounts are hers."""
        code = await self.acts.links.ask(by(ZOE))
        await self.acts.links.show(by(HUB), code)
        await self.acts.links.answer(by(ZOE), yes=True)
        await self.world.rest()

    async def settle(self) -> None:
        """Settings, a badge of hers, leaderboards."""
        await self.acts.privacy.set(by(ZOE), "locale", "de")
        await self.acts.workshop.create(self.admin, "made", {"name": "Made", "on": "message.posted", "at": 1, "awarders": [ZOE.key]})
        await self.zoe.says("hello")
        await self.acts.activity.leaderboard()
        await self.acts.activity.unseen(by(ZOE))

    async def leave_over(self) -> None:
        """What is there only for moments, or where something went wrong."""
        store, name = self.world.app.store, self.world.community
        known = (await store.know(name, [ZOE]))[ZOE.key]
        old = {"cause": "import:old", "time": 0, "event": "zoe", "name": "Kind", "level_name": ""}
        await store.save(name, Brought(account=known.account, badge="kind", level=1, occurrence="", **old))  # type: ignore[arg-type]
        news = AwardNews(
            name, "kind", "Kind", 1, "", "Bob", (self.bob.account.key,), self.world.now, "command:1", by=ZOE.name, note="by zoe"
        )
        late = 2**60
        for subject, what in (("1", news), ("2", msgspec.structs.replace(news, person=ZOE.name, accounts=(ZOE.key,)))):
            told = msgspec.json.encode(what).decode()
            await store.save(name, HookCall(hook="x", verb="award_was_made", subject=subject, news=told, at=late))
        await store.remember(
            "github", "acme/pull_request:1", {"reviews": {"1": {"reviewer": {"platform": "github", "id": HUB.id, "name": HUB.name}}}}
        )
        await self.acts.awards.give(self.admin, "cake", [HUB])
        changes = Changes(name)
        unit = next(iter(self.world.app.engine.communities[name].units.values())).id
        changes.due[Pair(unit, known.person)] = Due(Pair(unit, known.person), at=late, error="zoe")
        await store.commit(changes)
