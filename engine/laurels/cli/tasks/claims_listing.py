"""``laurels claims list``."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import structs

from ...app import utc_now
from ...claims.codes import grouped
from ...claims.usable import fault
from ...filed import Claim
from ...model import Account
from ...periods import from_micros, to_micros
from . import output
from .session import Session, opened

Accounts = Mapping[int, Account]


async def show(config: Path | None, community: str | None, badge: str | None, batch: str | None, *, json: bool) -> None:
    """Print the codes that are asked for, oldest first."""
    async with opened(config) as session:
        name = session.community(community)
        claims = await _claims(session, name, badge, batch)
        accounts = await session.store.accounts({id_ for claim in claims for id_ in (claim.bound, claim.maker)})
    now = to_micros(utc_now())
    if json:
        output.json([_object(claim, accounts, now) for claim in claims])
        return
    heads = ["code", "badge", "level", "batch", "used", "expires", "for", "state"]
    output.table(heads, [_row(claim, accounts, now) for claim in claims])
    if not claims:
        output.warn("no codes")


async def _claims(session: Session, community: str, badge: str | None, batch: str | None) -> Sequence[Claim]:
    where: dict[str, Any] = {key: value for key, value in (("badge", badge), ("batch", batch)) if value is not None}
    found = await session.store.find(Claim, community, order="seq", **where)
    if not found and badge is not None:
        session.definition(community, badge)  # raises, with the nearest slugs
    return found


def _state(claim: Claim, now: int) -> str:
    return fault(claim, now).removeprefix("claim-") or "good"


def _row(claim: Claim, accounts: Accounts, now: int) -> list[output.Cell]:
    uses = "any" if claim.uses is None else f"{claim.uses:,}"
    until = output.moment(from_micros(claim.expires)) if claim.expires is not None else ""
    bound = accounts[claim.bound].key if claim.bound in accounts else ""
    return [grouped(claim.code), claim.badge, claim.level, claim.batch, f"{claim.used:,} of {uses}", until, bound, _state(claim, now)]


def _object(claim: Claim, accounts: Accounts, now: int) -> dict[str, Any]:
    names = {name: accounts[id_].key if id_ in accounts else None for name, id_ in (("bound", claim.bound), ("maker", claim.maker))}
    until = from_micros(claim.expires) if claim.expires is not None else None
    shown = structs.asdict(claim) | names | {"code": grouped(claim.code), "expires": until, "time": from_micros(claim.time)}
    return {**shown, "state": _state(claim, now), "cause": f"claims:{claim.batch}"}
