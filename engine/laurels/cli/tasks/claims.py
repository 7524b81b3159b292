"""``laurels claims make`` and ``laurels claims withdraw``."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

import typer
from msgspec import Struct

from ... import durations
from ...acts.claims import Made
from ...app import App
from ...claims.codes import looks_like_code, normalised
from ...claims.usable import fault
from ...config import Config
from ...errors import StoreError
from ...filed import Claim
from ...model import Outcome
from ...periods import to_micros
from ...policy import SYSTEM
from ...store import Store
from ...texts import catalogue
from ..errors import NotNow, Wrong, unknown
from . import configured, office, output, people
from .awarding import assert_addresses

GONE: Final = {"claim-used": "used up", "claim-withdrawn": "withdrawn"}


class Wish(Struct, frozen=True):
    """What codes are to be made. None is what the badge has one of; for *uses*, once."""

    badge: str
    count: int
    uses: int | None
    reusable: bool
    expires: str | None
    bound: str | None
    batch: str
    level: int | None
    note: str
    evidence: tuple[str, ...]


async def make(path: Path | None, community: str | None, wish: Wish, *, json: bool) -> None:
    """Make codes, and print them."""
    config = configured.configuration(path)
    name = configured.community(config, community)
    uses, expires = _uses(wish), _expires(wish)
    assert_addresses(wish.evidence)
    async with _opened(config) as app:
        definition = configured.definition(app.generation, name, wish.badge)
        bound = (await people.find_or_account(app.store, name, wish.bound)).accounts[0] if wish.bound else None
        made = await app.acts(name).claims.make(
            SYSTEM, definition.slug, count=wish.count, level=wish.level, uses=uses, expires=expires, bound=bound, note=wish.note,
            evidence=wish.evidence, batch=wish.batch,
        )  # fmt: skip
    _assert_done(made.outcomes)
    _say(made, definition.name, json=json)


async def withdraw(path: Path | None, community: str | None, which: str, *, yes: bool) -> int:
    """Ask, where it is a whole batch, and withdraw it."""
    config = configured.configuration(path)
    name = configured.community(config, community)
    async with _opened(config) as app:
        claims = await _meant(app.store, name, which)
        if not yes and not looks_like_code(which):
            now = to_micros(app.clock())
            working = sum(not fault(claim, now) for claim in claims)
            output.say(f"{output.counted(len(claims), 'code')} of {claims[0].badge}, {working:,} of them can be used")
            if not typer.confirm("Withdraw them?"):
                output.say("nothing was changed")
                return 1
        outcomes = await app.acts(name).claims.withdraw(SYSTEM, which)
    _assert_done(outcomes)
    gone = output.counted(int(outcomes[0].reason), "code")
    given = f"; `laurels undo claims:{claims[0].batch}` takes back what was given" if any(claim.used for claim in claims) else ""
    output.say(f"{gone} withdrawn{given}")
    return 0


async def batch_of(store: Store, community: str, batch: str) -> Sequence[Claim]:
    """The codes of a batch, in the order in which they were made. Raises Wrong with the nearest there are."""
    found = await store.find(Claim, community, order="seq", batch=batch)
    if not found:
        batches = sorted({claim.batch for claim in await store.find(Claim, community)})
        raise Wrong(unknown("batch", batch, get_close_matches(batch, batches, n=3)))
    return found


async def _meant(store: Store, community: str, which: str) -> Sequence[Claim]:
    if not looks_like_code(which):
        return await batch_of(store, community, which)
    found = await store.find(Claim, community, code=normalised(which))
    if not found:
        raise Wrong(f"there is no code {which}")
    return found


@asynccontextmanager
async def _opened(config: Config) -> AsyncIterator[App]:
    """Everything, for what people do: this process counts it, or the laurels that runs."""
    async with office.opened(config) as desk:
        try:
            yield desk.app
        except StoreError as error:
            raise NotNow(str(error)) from error


def _uses(wish: Wish) -> int | None:
    if wish.reusable and wish.uses is not None:
        raise Wrong("--uses says how often, --reusable any number of times: one of them")
    return None if wish.reusable else 1 if wish.uses is None else wish.uses


def _expires(wish: Wish) -> timedelta | None:
    try:
        return durations.parse(wish.expires) if wish.expires is not None else None
    except ValueError as error:
        raise Wrong(f"--expires: {error}") from error


def _assert_done(outcomes: Sequence[Outcome]) -> None:
    for outcome in outcomes:
        if not outcome.done:
            if outcome.detail in GONE:
                raise NotNow(f"nothing to withdraw: {GONE[outcome.detail]} already")
            texts, key = catalogue("en"), f"detail.{outcome.detail}"
            raise NotNow(texts.say(key, reason=outcome.reason) if key in texts else outcome.reason or outcome.result)


def _say(made: Made, name: str, *, json: bool) -> None:
    if json:
        output.json(_object(made))
        return
    for code in made.codes:
        output.say(code)
    output.warn(f"{output.counted(len(made.codes), 'code')} of {name}; together they are called {made.batch}")


def _object(made: Made) -> dict[str, Any]:
    (outcome,) = made.outcomes
    return {"badge": outcome.badge, "level": outcome.level, "batch": made.batch, "cause": f"claims:{made.batch}", "codes": made.codes}
