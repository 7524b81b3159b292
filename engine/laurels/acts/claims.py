"""Codes that give a badge to who claims them."""

import re
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

from ..claims.codes import grouped, looks_like_code, make_code, normalised
from ..desk import level_of
from ..engine import decisions
from ..errors import Refused
from ..filed import Claim
from ..model import Account, Actor, Outcome, Place
from ..periods import to_micros
from ..policy import OPERATOR, Deed
from .acting import Acting

MOST: Final = 1000  # codes made at once
LONGEST: Final = timedelta(days=36_525)
_BATCH: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")


class Made(NamedTuple):
    """What came of making codes: they are grouped for reading. ``claims:BATCH`` is the cause of what they will give."""

    outcomes: Sequence[Outcome]
    batch: str = ""
    codes: tuple[str, ...] = ()


class Claims(Acting):
    """What people do with codes."""

    async def make(
        self, by: Actor, slug: str, *, count: int = 1, level: int | None = None, uses: int | None = 1, expires: timedelta | None = None,
        bound: Account | None = None, note: str = "", evidence: Sequence[str] = (), batch: str = "",
    ) -> Made:  # fmt: skip
        """Make codes of a badge, each good for so many *uses* (None: any number) until it *expires*, and only for *bound*, if given.

        A *batch* is a name for codes of one badge, made together or one after the other; without one they get their own. Raises
        UnknownBadge; Refused where a number or name is no usable one.
        """
        number = level_of(self.definition(slug), level)
        if forbidden := self.forbidden(by, "claims", slug):
            return Made(forbidden)
        _assert_usable(count, uses, expires, batch)
        batch = batch or f"{slug}-batch-{secrets.token_hex(3)}"  # its a makes that it never looks like a code
        codes = [normalised(make_code()) for _ in range(count)]
        until = to_micros(self.desk.clock() + expires) if expires is not None else None
        outcomes = await self.done(decisions.CLAIMS_MADE, {
            "badge": slug, "level": number, "batch": batch, "codes": codes, "uses": uses, "expires": until, "note": note,
            "evidence": list(evidence), "bound": [bound.key, bound.name] if bound is not None else None, "roles": list(by.roles),
        }, by)  # fmt: skip
        made = any(outcome.result == "MADE" for outcome in outcomes)
        return Made(outcomes, batch, tuple(map(grouped, codes))) if made else Made(outcomes)

    async def claim(self, by: Actor, text: str, place: Place | None = None) -> Sequence[Outcome]:
        """Use a code, however it was typed. Who names too many that there aren't has to wait. Raises Refused for who is nobody."""
        if by.account == OPERATOR:
            raise Refused("a code is claimed by a person")
        key, guesses = by.account.key, self.community.guesses
        if not guesses.may_try(key, self.desk.clock()):
            return [Outcome("INVALID", key, detail="claim-attempts")]
        if not looks_like_code(text):
            return [Outcome("INVALID", key, detail="claim-unknown")]
        outcomes = await self.done(decisions.CLAIMED, {"code": normalised(text)}, by, place)
        if all(outcome.detail != "claim-unknown" for outcome in outcomes):
            guesses.right(key)
        return outcomes

    async def grant(self, by: Actor, code: str, account: Account) -> Sequence[Outcome]:
        """Bring a code to somebody: they have its badge, or it is held for them, and a use is spent."""
        found = await self._found({"code": normalised(code)})
        if no := self._unless(by, "award", found, account):
            return no
        data = {"code": normalised(code), "account": [account.key, account.name]}
        return await self.done(decisions.CLAIM_GRANTED, data, by)

    async def withdraw(self, by: Actor, code_or_batch: str) -> Sequence[Outcome]:
        """Let a code, or all of a batch, give nothing any more; the outcome's reason says how many."""
        which: dict[str, Any] = {"code": normalised(code_or_batch)} if looks_like_code(code_or_batch) else {"batch": code_or_batch.strip()}
        found = await self._found(which)
        if no := self._unless(by, "claims", found):
            return no
        return await self.done(decisions.CLAIMS_WITHDRAWN, {"badge": found[0].badge, "which": which}, by)

    async def listed(self, by: Actor, slug: str | None = None, batch: str | None = None) -> Sequence[Claim]:
        """The codes of badges that *by* may make codes of, oldest first. Raises Refused for who may for none."""
        where: dict[str, Any] = {name: value for name, value in (("badge", slug), ("batch", batch)) if value is not None}
        found = await self.store.find(Claim, self.name, order="seq", **where)
        theirs = [claim for claim in found if self.policy.may(by, "claims", claim.badge)]
        slugs = [slug] if slug is not None else self.community.registry.definitions
        if not theirs and not any(self.policy.may(by, "claims", each) for each in slugs):
            self.policy.demand(by, "claims", slug or "")
        return theirs

    async def _found(self, which: dict[str, Any]) -> Sequence[Claim]:
        return await self.store.find(Claim, self.name, **which)

    def _unless(self, by: Actor, deed: Deed, found: Sequence[Claim], *accounts: Account) -> Sequence[Outcome]:
        """Why not. Who may not is told the same whether or not there is such a code, and so learns nothing by asking."""
        if found and self.policy.may(by, deed, found[0].badge):
            return ()
        unknown = [Outcome("INVALID", account.key, detail="claim-unknown") for account in accounts]
        return self.forbidden(by, deed, "", accounts) or unknown or [Outcome("INVALID", detail="claim-unknown")]


def _assert_usable(count: int, uses: int | None, expires: timedelta | None, batch: str) -> None:
    if not 1 <= count <= MOST:
        raise Refused(f"{count} codes can't be made at once; from 1 to {MOST:,}")
    if uses is not None and not 1 <= uses < 2**31:
        raise Refused(f"a code can't be good for {uses} uses; once or more, or any number")
    if expires is not None and not timedelta() < expires <= LONGEST:
        raise Refused("codes expire after more than nothing and at most a hundred years")
    if batch and (not _BATCH.fullmatch(batch) or looks_like_code(batch)):
        raise Refused(f"{batch!r} is no name for codes; small letters, digits and dashes, like 'meetup-2026', and nothing like a code")
