"""Nominating, seconding, approving, accepting, rejecting; and looking at nominations."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..desk import level_of
from ..engine import decisions
from ..filed import Nomination, Voice
from ..model import Account, Actor, Award, Outcome, Place
from ..nominations.terms import as_of
from ..periods import to_micros
from ..policy import Deed
from ..privacy.stored import person_of
from .acting import Acting


class Inbox(NamedTuple):
    """The open nominations that wait for somebody: for their yes, and for their approval."""

    accept: Sequence[Nomination]
    approve: Sequence[Nomination]


class Story(NamedTuple):
    """Who was part of a nomination. *automatic*: it was approved by nobody, whatever the badge says by now."""

    nomination: Nomination
    nominee: Account
    nominator: Account
    seconders: tuple[Account, ...]
    approvers: tuple[Account, ...]
    automatic: bool


class Nominations(Acting):
    """What people decide about nominations. Each verb answers one outcome, about the nominee.

    What completes a nomination answers with what became of the award. Where that is a veto, what was said does not count.
    """

    async def nominate(
        self, by: Actor, slug: str, account: Account, *, level: int | None = None, reason: str = "", evidence: Sequence[str] = (),
        place: Place | None = None,
    ) -> Sequence[Outcome]:  # fmt: skip
        """Propose somebody for a badge that takes nominations; everybody may.

        NOMINATED, with the nomination's id as *seq*; or SECONDED, with the id of the one that is open already as *reason*. Raises
        UnknownBadge; Refused where the level is none of the badge's or has to be named.
        """
        data = {
            "badge": slug, "account": account.key, "name": account.name, "bot": account.bot,
            "level": level_of(self.definition(slug), level), "reason": reason, "evidence": list(evidence),
        }  # fmt: skip
        return await self.done(decisions.NOMINATED, data, by, place)

    async def approve(self, by: Actor, id: int, note: str = "") -> Sequence[Outcome]:
        """Approve it, for who may award the badge; never one's own, nor one of oneself."""
        return await self._decide(decisions.APPROVED, "approve", by, id, note)

    async def accept(self, by: Actor, id: int) -> Sequence[Outcome]:
        """Say yes to being nominated; or say it for the nominee, for who may award the badge."""
        return await self._decide(decisions.ACCEPTED, "approve", by, id)

    async def reject(self, by: Actor, id: int, reason: str = "") -> Sequence[Outcome]:
        """End it: DECLINED by the nominee, WITHDRAWN by the nominator, REJECTED by who may award the badge."""
        return await self._decide(decisions.REJECTED, "reject", by, id, reason)

    async def _decide(self, type_: str, deed: Deed, by: Actor, id_: int, note: str = "") -> Sequence[Outcome]:
        """Only the engine knows who is the nominee when the entry is applied; the policy's word goes with it."""
        nomination = await self.find(id_)
        if nomination is None:
            return [Outcome("INVALID", detail="nomination-unknown", reason=str(id_))]
        may, only = self.policy.may(by, deed, nomination.badge), ", ".join(self.policy.roles(deed, nomination.badge))
        if type_ == decisions.APPROVED and not may:
            accounts = await self.store.accounts([nomination.nominee])
            return self.forbidden(by, deed, nomination.badge, accounts.values())
        return await self.done(type_, {"nomination": id_, "note": note, "may": may, "only": only}, by)

    # -- looking -----------------------------------------------------------------------------------------------------------------

    async def find(self, id: int) -> Nomination | None:
        """A nomination as it is now."""
        found = await self.store.find(Nomination, self.name, id=id)
        return as_of(found[0], self._now) if found else None

    async def listed(self, account: Account | None = None, *, state: str | None = "open") -> Sequence[Nomination]:
        """Nominations in a state, or in any; with *account*, those of and by that person. Newest first."""
        stored: dict[str, Any] = {"state": ("open", "lapsed") if state == "lapsed" else state} if state else {}
        found = {one.id: one for one in await self._found(account, stored)}
        now = [as_of(found[id_], self._now) for id_ in sorted(found, reverse=True)]
        return [one for one in now if state in (None, one.state)]

    async def _found(self, account: Account | None, stored: dict[str, Any]) -> Sequence[Nomination]:
        if account is None:
            return await self.store.find(Nomination, self.name, **stored)
        accounts = [id_ for id_, _ in await self.store.accounts_of(await self._person(account))]
        of = await self.store.find(Nomination, self.name, nominee=accounts, **stored)
        return [*of, *await self.store.find(Nomination, self.name, nominator=accounts, **stored)]

    async def voices(self, id: int) -> Sequence[Voice]:
        """What was said about one, in order: *kind* is ``second``, ``approve`` or ``accept``."""
        return await self.store.find(Voice, self.name, order="seq", nomination=id)

    async def inbox(self, by: Actor) -> Inbox:
        """What waits for somebody to say yes, and what for them to approve."""
        found, me = await self.listed(), await self._person(by.account)
        voices = await self.store.find(Voice, self.name, nomination=[one.id for one in found])
        spoken = [voice for voice in voices if voice.kind == "approve"]
        owner = await self._persons({id_ for one in found for id_ in (one.nominee, one.nominator)} | {voice.account for voice in spoken})
        approved = {voice.nomination for voice in spoken if owner[voice.account] == me}
        accept = [one for one in found if owner[one.nominee] == me and one.acceptance and one.accepted is None]
        others = [one for one in found if me not in (owner[one.nominee], owner[one.nominator]) and one.id not in approved]
        return Inbox(accept, [one for one in others if not one.auto and self.policy.may(by, "approve", one.badge)])

    async def story(self, id: int) -> Story | None:
        """Who nominated, seconded and approved."""
        nomination = await self.find(id)
        if nomination is None:
            return None
        voices = await self.voices(id)
        known = await self.store.accounts({nomination.nominee, nomination.nominator, *(voice.account for voice in voices)})
        seconders, approvers = (
            tuple(known[voice.account] for voice in voices if voice.kind == kind) for kind in ("second", "approve")
        )  # fmt: skip
        automatic = nomination.auto and not approvers
        return Story(nomination, known[nomination.nominee], known[nomination.nominator], seconders, approvers, automatic)

    async def behind(self, award: Award) -> Story | None:
        """The story of the nomination that an award came from, if it came from one."""
        kind, _, id_ = award.cause.partition(":")
        return await self.story(int(id_)) if kind == "nomination" else None

    async def shown(self, by: Actor, nomination: Nomination) -> bool:
        """Whether somebody may see all of it: the nominee, the nominator, and who may approve it."""
        if self.policy.may(by, "approve", nomination.badge):
            return True
        owner = await self._persons({nomination.nominee, nomination.nominator})
        return await self._person(by.account) in owner.values()

    @property
    def _now(self) -> int:
        return to_micros(self.desk.clock())

    async def _person(self, account: Account) -> int:
        return await person_of(self.store, self.name, account)

    async def _persons(self, ids: set[int]) -> dict[int, int]:
        accounts = await self.store.accounts(ids)
        known = await self.store.know(self.name, accounts.values())
        return {id_: known[account.key].person for id_, account in accounts.items()}
