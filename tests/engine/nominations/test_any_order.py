"""Whatever people say in whatever order, the engine answers as a model of a few lines does, and no nomination gives two awards."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from laurels import Actor, Badge, Nominations
from laurels.testing import World

DAY = timedelta(days=1)
PEOPLE = ("ana", "bob", "dee", "eli", "dee2")  # dee2 is Dee's too, once she linked it
AWARDERS = ("dee", "eli", "dee2")
TERMS = {
    "kind": Nominations(limit=3, within="5d", expires="4d"),
    "quorum": Nominations(approvals=2, expires="4d"),
    "auto": Nominations(auto_approve=True, expires="4d"),
    "cake": Nominations(acceptance=False, expires="4d"),
    "proud": Nominations(allow_self=True, auto_approve=True, expires="4d"),
}
CLOSED = ("awarded", "rejected", "declined", "withdrawn", "lapsed")
Step = tuple[str, str, int | str, str]


@dataclass
class Case:
    badge: str
    nominee: str
    nominator: str
    until: int
    auto: bool
    accepted: bool
    state: str = "open"
    seconded: set[str] = field(default_factory=set)
    approved: set[str] = field(default_factory=set)
    awards: int = 0


class Model:
    """The rules once more, as briefly as they can be said. Time is in days."""

    def __init__(self) -> None:
        self.today, self.linked, self.cases, self.held = 0, False, list[Case](), set[tuple[str, str]]()
        self.made: list[tuple[str, str, int]] = []

    def who(self, name: str) -> str:
        return "dee" if self.linked and name == "dee2" else name

    def all(self, names: set[str]) -> set[str]:
        return {self.who(name) for name in names}

    def sleep(self) -> None:
        self.today += 1
        for case in self.cases:
            if case.state == "open" and case.until <= self.today:
                case.state = "lapsed"

    def take(self, verb: str, by: str, what: int | str, whom: str) -> str:
        if verb == "later":
            self.sleep()
        elif verb == "link":
            self.linked = True
            self.held = {(badge, self.who(name)) for badge, name in self.held}
        elif verb == "nominate":
            return self.nominate(by, str(what), whom)
        elif self.cases:
            return getattr(self, verb)(by, self.cases[int(what) % len(self.cases)])
        return ""

    def nominate(self, by: str, badge: str, whom: str) -> str:
        terms, me, nominee = TERMS[badge], self.who(by), self.who(whom)
        if me == nominee and not terms.allow_self:
            return "INVALID nominations-self"
        if (badge, nominee) in self.held:
            return "ALREADY_HELD"
        for case in self.cases:
            if (case.state, case.badge, self.who(case.nominee)) == ("open", badge, nominee):
                if me in self.all({case.nominator, *case.seconded}):
                    return "INVALID nominated-already"
                case.seconded.add(by)
                return "SECONDED"
        lately = [1 for name, slug, day in self.made if (self.who(name), slug) == (me, badge) and self.today - day < int(terms.within[:-1])]
        if len(lately) >= terms.limit:
            return "INVALID nominations-limit"
        self.made.append((by, badge, self.today))
        own = me == nominee
        self.cases.append(Case(badge, whom, by, self.today + 4, terms.auto_approve and not own, own))
        return self.conclude(self.cases[-1], "NOMINATED")

    def missing(self, case: Case) -> int:
        own = self.who(case.nominee) == self.who(case.nominator)
        approvals = self.all(case.approved) - {self.who(case.nominee), self.who(case.nominator)}
        return 0 if case.auto and not own else max(0, TERMS[case.badge].approvals - len(approvals))

    def complete(self, case: Case) -> bool:
        return not self.missing(case) and (case.accepted or not TERMS[case.badge].acceptance)

    def conclude(self, case: Case, said: str) -> str:
        if not self.complete(case):
            return f"{said} {'approvals' if self.missing(case) else 'acceptance'}-missing"
        case.state = "awarded"
        if (case.badge, self.who(case.nominee)) in self.held:
            return "ALREADY_HELD"
        case.awards += 1
        if case.badge != "cake":
            self.held.add((case.badge, self.who(case.nominee)))
        return "AWARDED"

    def approve(self, by: str, case: Case) -> str:
        if by not in AWARDERS:
            return "FORBIDDEN only"
        if case.state != "open":
            return "INVALID nomination-closed"
        if self.who(by) in self.all({case.nominee, case.nominator}):
            return "FORBIDDEN approve-own"
        if self.who(by) in self.all(case.approved):
            return "INVALID approved-already"
        case.approved.add(by)
        return self.conclude(case, "APPROVED")

    def accept(self, by: str, case: Case) -> str:
        if case.state != "open":
            return "INVALID nomination-closed"
        if self.who(by) != self.who(case.nominee) and by not in AWARDERS:
            return "FORBIDDEN only"
        if case.accepted:
            return "INVALID accepted-already"
        case.accepted = True
        return self.conclude(case, "ACCEPTED")

    def reject(self, by: str, case: Case) -> str:
        if case.state != "open":
            return "INVALID nomination-closed"
        role = {self.who(case.nominator): "WITHDRAWN"} | {self.who(case.nominee): "DECLINED"}
        said = role.get(self.who(by), "REJECTED" if by in AWARDERS else "")
        case.state = said.lower() or "open"
        return said or "FORBIDDEN only"


NAMES = st.sampled_from(PEOPLE)
STEPS = st.one_of(
    st.tuples(st.just("nominate"), NAMES, st.sampled_from(sorted(TERMS)), NAMES),
    st.tuples(st.sampled_from(("approve", "approve", "accept", "accept", "reject")), NAMES, st.integers(0, 3), st.just("")),
    st.sampled_from([("later", "", 0, ""), ("link", "", 0, "")]),
)


class Played:
    """The same steps in a real laurels."""

    def __init__(self, world: World) -> None:
        self.world, self.acts, self.ids = world, world.acts.nominations, list[int]()

    async def take(self, verb: str, by: str, what: int | str, whom: str) -> str:
        if verb == "later":
            self.world.later(days=1)
        elif verb == "link":
            await self.world.links(self.world.person("dee"), self.world.person("dee2"))
        elif verb == "nominate" or self.ids:
            return await self.say(verb, Actor(self.world.person(by).account), what, whom)
        return ""

    async def say(self, verb: str, actor: Actor, what: int | str, whom: str) -> str:
        if verb == "nominate":
            (outcome,) = await self.acts.nominate(actor, str(what), self.world.person(whom).account)
        else:
            (outcome,) = await getattr(self.acts, verb)(actor, self.ids[int(what) % len(self.ids)])
        if await self.acts.find(outcome.seq):
            self.ids.append(outcome.seq)
        return f"{outcome.result} {outcome.detail}".strip()


async def play(steps: list[Step], folder: Path) -> None:
    roles = "[communities.acme.roles]\nawarders = [" + ", ".join(f'"world:{name}"' for name in AWARDERS) + "]\n"
    badges = [Badge(slug=slug, nominations=terms, repeatable=slug == "cake") for slug, terms in TERMS.items()]
    async with World(folder, badges, configuration=roles) as world:
        for name in PEOPLE:
            await world.person(name).says("hi")
        model, played, began = Model(), Played(world), world.now
        for step in steps:
            world.clock.reach(began + model.today * DAY)  # what is done in a day takes none of it
            assert await played.take(*step) == model.take(*step), step
        found = {one.id: one for one in await played.acts.listed(state=None)}
        assert [found[id_].state for id_ in played.ids] == [case.state for case in model.cases]
        await world.rest()
        awards = await world.app.store.awards(world.community, standing=False)
        given = Counter(award.cause for award in awards if award.state != "merged")
        assert {cause: times for cause, times in given.items() if times > 1} == {}
        assert [given[f"nomination:{id_}"] for id_ in played.ids] == [case.awards for case in model.cases]
        assert all(case.state in ("open", *CLOSED) for case in model.cases)
        assert await world.regraded() == []


@pytest.mark.timeout(600)  # where it fails, the shortest way there is looked for
@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.lists(STEPS, min_size=8, max_size=30))
def test_any_sequence_of_words_comes_to_what_the_model_says(steps):
    with TemporaryDirectory() as folder:
        asyncio.run(play(steps, Path(folder)))
