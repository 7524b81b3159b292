"""However claims fall together, a code gives as often as it may and no more, and what fails spends nothing."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Awaitable, Sequence
from pathlib import Path
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from laurels import Account, Actor, Badge, Outcome
from laurels.app import App
from laurels.filed import Claim, ClaimUse
from laurels.policy import SYSTEM
from laurels.testing.pack import gather
from laurels.testing.settings import settings as configured

PACK = [Badge(slug="once"), Badge(slug="often", repeatable=True)]
PEOPLE = [Account("world", name) for name in "abcd"]


class Code(NamedTuple):
    """A code of a badge: *uses* None is any number."""

    slug: str
    uses: int | None


class Step(NamedTuple):
    """*who* does something with the *code*-th code."""

    what: str
    code: int
    who: int


CODES = st.lists(st.builds(Code, st.sampled_from(["once", "often"]), st.sampled_from([1, 2, 3, None])), min_size=1, max_size=3)
KINDS = st.sampled_from(["claim"] * 8 + ["grant", "withdraw", "revoke", "undo"])
STEPS = st.lists(st.builds(Step, KINDS, st.integers(0, 2), st.integers(0, len(PEOPLE) - 1)), min_size=1, max_size=16)


@settings(max_examples=40, deadline=None)
@given(CODES, STEPS, st.integers(1, 8))
def test_no_interleaving_gives_more_awards_than_uses_and_failing_spends_nothing(codes: list[Code], steps: list[Step], at_once: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_played(Path(folder), codes, steps, at_once))


async def _played(folder: Path, codes: Sequence[Code], steps: Sequence[Step], at_once: int) -> None:
    async with App(configured(folder, ""), gather(PACK)) as app:
        app.start(announce=False)
        acts = app.acts("default")
        made = [await acts.claims.make(SYSTEM, slug, uses=uses, batch=f"batch-{number}") for number, (slug, uses) in enumerate(codes)]
        given: Counter[int] = Counter()
        for start in range(0, len(steps), at_once):
            part = [step._replace(code=step.code % len(codes)) for step in steps[start : start + at_once]]
            outcomes = await asyncio.gather(*(_done(app, step, made[step.code].codes[0], codes[step.code]) for step in part))
            for step, (outcome,) in zip(part, outcomes, strict=True):
                given[step.code] += step.what in ("claim", "grant") and outcome.result in ("AWARDED", "HELD_FOR")
        await app.engine.rest()
        await _checked(app, codes, given)


def _done(app: App, step: Step, text: str, code: Code) -> Awaitable[Sequence[Outcome]]:
    acts, who = app.acts("default"), PEOPLE[step.who]
    match step.what:
        case "claim":
            return acts.claims.claim(Actor(who), text)
        case "grant":
            return acts.claims.grant(SYSTEM, text, who)
        case "withdraw":
            return acts.claims.withdraw(SYSTEM, text)
        case "revoke":
            return acts.awards.revoke(SYSTEM, code.slug, who, 1)
        case _:
            return acts.awards.undo(SYSTEM, f"claims:batch-{step.code}")


async def _checked(app: App, codes: Sequence[Code], given: Counter[int]) -> None:
    claims = await app.store.find(Claim, "default", order="batch")
    uses = await app.store.find(ClaimUse, "default")
    awards = await app.store.awards("default", standing=False)
    for number, (claim, code) in enumerate(zip(claims, codes, strict=True)):
        assert claim.used == given[number] == sum(use.code == claim.code for use in uses)
        assert code.uses is None or claim.used <= code.uses
        assert sum(award.cause == f"claims:{claim.batch}" for award in awards) <= claim.used
    once = Counter(award.accounts[0] for award in awards if award.badge == "once")
    assert max(once.values(), default=0) <= 1


async def test_of_many_who_claim_the_last_use_through_two_processes_one_has_it(tmp_path: Path) -> None:
    config = configured(tmp_path, "")
    async with App(config, gather(PACK)) as one, App(config, gather(PACK)) as two:
        one.start(announce=False)
        for number in range(20):
            code = (await one.acts("default").claims.make(SYSTEM, "once")).codes[0]
            rivals = [Actor(Account("world", f"{side}-{number}")) for side in ("left", "right")]
            answers = await asyncio.gather(
                *(app.acts("default").claims.claim(rival, code) for app, rival in zip((one, two), rivals, strict=True))
            )
            assert sorted((o.result, o.detail) for (o,) in answers) == [("AWARDED", ""), ("INVALID", "claim-used")]
        assert len(await one.store.awards("default")) == 20


async def test_claimed_and_withdrawn_at_once_comes_out_as_one_after_the_other(tmp_path: Path) -> None:
    config = configured(tmp_path, "")
    async with App(config, gather(PACK)) as one, App(config, gather(PACK)) as two:
        one.start(announce=False)
        for number in range(20):
            code = (await one.acts("default").claims.make(SYSTEM, "once")).codes[0]
            ana = Actor(Account("world", f"ana-{number}"))
            sides = (one, two) if number % 2 else (two, one)
            (claim,), (withdrawal,) = await asyncio.gather(
                sides[0].acts("default").claims.claim(ana, code), sides[1].acts("default").claims.withdraw(SYSTEM, code)
            )
            assert ((claim.result, claim.detail), (withdrawal.result, withdrawal.detail)) in (
                (("AWARDED", ""), ("INVALID", "claim-used")), (("INVALID", "claim-withdrawn"), ("WITHDRAWN", "claims")),
            )  # fmt: skip
