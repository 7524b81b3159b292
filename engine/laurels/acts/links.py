"""Showing that several accounts are one's own, and parting them again."""

from collections.abc import Sequence

from ..claims.codes import looks_like_code, make_code
from ..engine import decisions
from ..errors import Refused
from ..filed import LinkCode
from ..links.proving import digest
from ..model import Account, Actor, Outcome
from ..periods import to_micros
from ..policy import OPERATOR
from .acting import Acting


class Links(Acting):
    """What people do with their accounts. No name is ever compared: only who has a code that was given in private can show it."""

    async def ask(self, by: Actor) -> str:
        """A code for whoever asks, to be shown by their other account within ten minutes; one that they had before is void.

        It goes to the asker alone, and is kept nowhere. Raises Refused for who is no person.
        """
        _assert_person(by)
        code = make_code()
        await self.done(decisions.LINK_ASKED, {"digest": digest(code)}, by)
        return code

    async def show(self, by: Actor, code: str) -> Sequence[Outcome]:
        """Show a code that another account was given. Who names too many that there aren't has to wait. Raises Refused as :meth:`ask`."""
        _assert_person(by)
        key, guesses = by.account.key, self.community.guesses
        if not guesses.may_try(key, self.desk.clock()):
            return [Outcome("INVALID", key, detail="link-attempts")]
        if not looks_like_code(code):
            return [Outcome("INVALID", key, detail="link-unknown")]
        outcomes = await self.done(decisions.LINK_SHOWN, {"digest": digest(code)}, by)
        if all(outcome.detail != "link-unknown" for outcome in outcomes):
            guesses.right(key)
        return outcomes

    async def waiting(self, by: Actor) -> Account | None:
        """The account that showed the code that *by* was given, and waits to be confirmed by them."""
        code = await self._shown(by)
        return (await self.store.accounts([code.shown]))[code.shown] if code is not None else None

    async def answer(self, by: Actor, yes: bool, shown: Account | None = None) -> Sequence[Outcome]:
        """Say whether the account that waits is one's own: if so, both are one person from now on.

        *shown* is the account that was seen; where another one waits meanwhile, nothing is answered.
        """
        code = await self._shown(by)
        waits = await self.waiting(by) if code is not None else None
        if code is None or (shown is not None and shown != waits):
            return [Outcome("INVALID", by.account.key, detail="link-nothing")]
        return await self.done(decisions.LINK_ANSWERED, {"digest": code.digest, "yes": yes}, by)

    async def unlink(self, by: Actor, account: Account) -> Sequence[Outcome]:
        """Part an account of one's own from the others; what either would hold without the other is theirs again."""
        return await self.done(decisions.UNLINKED, {"account": account.key}, by)

    async def _shown(self, by: Actor) -> LinkCode | None:
        asker = (await self.store.know(self.name, [by.account]))[by.account.key].account
        now = to_micros(self.desk.clock())
        found = await self.store.find(LinkCode, self.name, asker=asker, state="shown")
        return next((code for code in found if code.expires > now), None)


def _assert_person(by: Actor) -> None:
    if by.account == OPERATOR or by.account.bot:
        raise Refused("accounts are linked by the person whose they are")
