"""What people decide about what is kept of them."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..engine import decisions
from ..model import Account, Actor, Award, Outcome
from ..periods import to_micros
from ..privacy.export import export
from ..privacy.preferences import DEFAULTS, of_accounts
from ..privacy.stored import Stored, look, person_of, whose
from .acting import Acting


class Privacy(Acting):
    """Each is about the actor alone, under all their accounts: nobody decides it for somebody else, but the operator."""

    async def settings(self, by: Actor) -> Stored:
        """What is stored about them, where and how long, and their switches."""
        return await look(self.store, self.name, by.account)

    async def set(self, by: Actor, name: str, value: str) -> Sequence[Outcome]:
        """Turn a switch: ``tracking`` or ``leaderboard`` on or off, ``announce`` place or quiet, ``locale`` a language."""
        return await self.done(decisions.PREFERRED, {"name": name, "value": value}, by)

    async def preferences(self, account: Account) -> Mapping[str, str]:
        """All switches, as they are for the person of an account."""
        accounts = await whose(self.store, self.name, account)
        said = await of_accounts(self.store, self.name, accounts) if accounts else {}
        return {**DEFAULTS, **{name: one.value for name, one in said.items()}}

    async def export(self, by: Actor) -> Mapping[str, Any]:
        """Everything that is kept about them."""
        return await export(self.store, self.name, by.account, self.desk.clock())

    async def forget(self, by: Actor, account: Account | None = None) -> Sequence[Outcome]:
        """Forget whoever asks; or, for the operator, whose *account* it is."""
        if account is not None and (forbidden := self.forbidden(by, "configure", "", [account])):
            return forbidden
        return await self.done(decisions.FORGOTTEN, {"account": account.key} if account else {}, by)

    async def hide(self, by: Actor, slug: str, level: int | None = None, occurrence: str = "") -> Sequence[Outcome]:
        """Show an award to nobody else: one level or all, one occurrence or all."""
        return await self._turn(by, slug, level, occurrence, hidden=True)

    async def show(self, by: Actor, slug: str, level: int | None = None, occurrence: str = "") -> Sequence[Outcome]:
        """Show it again."""
        return await self._turn(by, slug, level, occurrence, hidden=False)

    async def hidden(self, by: Actor) -> Sequence[Award]:
        """The awards that they hide."""
        person, now = await person_of(self.store, self.name, by.account), to_micros(self.desk.clock())
        awards = await self.store.awards(self.name, person=person, hidden=True, now=now) if person else ()
        return [award for award in awards if award.hidden]

    async def _turn(self, by: Actor, slug: str, level: int | None, occurrence: str, *, hidden: bool) -> Sequence[Outcome]:
        data = {"badge": slug, "level": level, "occurrence": occurrence, "hidden": hidden}
        return await self.done(decisions.HIDDEN, data, by)
