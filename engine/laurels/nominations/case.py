"""One nomination while somebody says something about it."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Self

from msgspec import structs

from ..engine.decisions.decision import Decision
from ..engine.decisions.giving import Gift, give
from ..filed import HookCall, Nomination, Voice
from ..hook import NominationNews
from ..model import Account, Result
from ..periods import from_micros
from ..records import Known

#: What the award can come to that ends a nomination. Where it comes to anything else, the word that would have decided does not count.
ENDS: Final = frozenset({"AWARDED", "HELD_FOR", "ALREADY_HELD", "HIGHER_HELD"})


class Case:
    """A nomination, all that was said about it, and who is who now. Nothing is written before :meth:`keep`, which :meth:`proceed` calls.

    Records name accounts. Here they are counted as persons, after the links as they are: two accounts of one person are one voice.
    """

    def __init__(self, decision: Decision, nomination: Nomination, voices: Sequence[Voice], actor: Known) -> None:
        self.decision, self.nomination, self.voices, self.actor = decision, nomination, list(voices), actor
        self.accounts: Mapping[int, Account] = {}
        self.persons: Mapping[int, int] = {}
        self._said: list[Voice] = []
        self._calls: list[HookCall] = []

    @classmethod
    async def of(cls, decision: Decision, nomination: Nomination) -> Self:
        """The case of a nomination, for whoever decided."""
        voices = await decision.store.find(Voice, decision.community.name, order="seq", nomination=nomination.id)
        made = cls(decision, nomination, voices, await decision.actor())
        ids = {nomination.nominee, nomination.nominator, made.actor.account, *(voice.account for voice in voices)}
        made.accounts = await decision.store.accounts(ids)
        known = await decision.know(*made.accounts.values())
        made.persons = {id_: known[account.key].person for id_, account in made.accounts.items()}
        return made

    # -- who is who --------------------------------------------------------------------------------------------------------------

    @property
    def nominee(self) -> Known:
        """Who is nominated."""
        return Known(self.nomination.nominee, self.persons[self.nomination.nominee])

    @property
    def nominator(self) -> int:
        """The person who nominated them."""
        return self.persons[self.nomination.nominator]

    @property
    def own(self) -> bool:
        """Whether somebody nominated themselves."""
        return self.nominator == self.nominee.person

    def having(self, kind: str) -> dict[int, Voice]:
        """By person, the first voice of a kind."""
        found: dict[int, Voice] = {}
        for voice in self.voices:
            if voice.kind == kind:
                found.setdefault(self.persons[voice.account], voice)
        return found

    # -- how far it is -----------------------------------------------------------------------------------------------------------

    @property
    def approvals(self) -> list[Voice]:
        """The approvals that count: of different people, none of them the nominee or the nominator."""
        return [voice for person, voice in self.having("approve").items() if person not in (self.nominee.person, self.nominator)]

    @property
    def missing(self) -> int:
        """How many approvals are missing. An automatic one doesn't count for who turned out to have nominated themselves."""
        automatic = self.nomination.auto and not self.own
        return 0 if automatic else max(0, self.nomination.needed - len(self.approvals))

    @property
    def complete(self) -> bool:
        """Whether nothing is missing any more."""
        return not self.missing and (self.nomination.accepted is not None or not self.nomination.acceptance)

    # -- what is said ------------------------------------------------------------------------------------------------------------

    def change(self, **fields: Any) -> None:
        """Change the nomination."""
        self.nomination = structs.replace(self.nomination, **fields)

    def speak(self, kind: str, note: str = "") -> None:
        """Add the actor's voice."""
        row = self.decision.row
        voice = Voice(nomination=self.nomination.id, account=self.actor.account, kind=kind, seq=row.seq, time=self.decision.now, note=note)
        self.voices.append(voice)
        self._said.append(voice)

    async def objected(self, verb: str, note: str = "") -> bool:
        """Whether a hook objects to what was said; then that is the outcome."""
        veto = await self.decision.hooks.will(verb, self._news(note))
        if veto is not None:
            self.say("VETOED", reason=veto.reason)
        return veto is not None

    async def approve_automatically(self) -> None:
        """Approve it without anybody's word; where a hook objects to that, it is left to people."""
        news = structs.replace(self._news(), by="", by_account="")
        if await self.decision.hooks.will("nomination_will_be_approved", news) is None:
            self.change(auto=True)
            self._calls += self.decision.hooks.was("nomination_was_approved", self._subject, news, self.decision.round.changes.now - 1)

    def tell(self, verb: str, note: str = "", *, before: int = 0) -> None:
        """Have hooks told, in the order of time: *before* is by how many microseconds it comes before an award of this entry."""
        self._calls += self.decision.hooks.was(verb, self._subject, self._news(note), self.decision.round.changes.now - before)

    def say(self, result: Result, detail: str = "", reason: str = "") -> None:
        """Say what came of it."""
        self.decision.say(result, self.nominee, badge=self.nomination.badge, level=self.nomination.level, detail=detail, reason=reason)

    def keep(self) -> None:
        """Write it all down."""
        self.decision.save(self.nomination, *self._said, *self._calls)

    async def proceed(self, result: Result) -> None:
        """Award the badge if nothing is missing any more, else say *result* and what is."""
        if self.complete:
            await self._award()
            return
        self.keep()
        missing = self.missing
        self.say(result, "approvals-missing" if missing else "acceptance-missing", str(missing) if missing else "")

    # -- the award -----------------------------------------------------------------------------------------------------------------

    async def _award(self) -> None:
        decision, nomination = self.decision, self.nomination
        definition = decision.definition(nomination.badge)
        repeatable = definition is not None and definition.badge.repeatable
        gift = Gift(
            nomination.badge, nomination.level, str(nomination.id) if repeatable else "", f"nomination:{nomination.id}", self._givers(),
            nomination.reason, nomination.evidence,
        )  # fmt: skip
        if self.own or self.nominee.person in self.having("accept"):
            decision.present.add(self.nominee.account)  # they have spoken, though to nobody but laurels
        await give(decision, gift, self.accounts[nomination.nominee], self._given)
        touch = decision.round.touched.get(nomination.badge, {}).get(self.nominee.person)
        if touch is not None:
            touch.place = touch.place or nomination.place

    def _given(self, result: Result) -> None:
        if result in ENDS:
            self.change(state="awarded", outcome=result, closer=self.actor.account, closed=self.decision.now)
            self.keep()

    def _givers(self) -> str:
        """The names of those who approved; nobody's where it was automatic."""
        givers = [self.accounts[voice.account] for voice in self.approvals]
        return ", ".join(giver.name or giver.key for giver in givers if giver.platform != "laurels")

    @property
    def _subject(self) -> str:
        return f"{self.nomination.id}/{self.decision.row.seq}"

    def _news(self, note: str = "") -> NominationNews:
        decision, nomination = self.decision, self.nomination
        definition = decision.definition(nomination.badge)
        nominee, nominator, by = (self.accounts[id_] for id_ in (nomination.nominee, nomination.nominator, self.actor.account))
        return NominationNews(
            decision.community.name, nomination.id, nomination.badge, definition.name if definition else nomination.badge, nomination.level,
            nominee.name or nominee.key, nominator.name or nominator.key, by.name or by.key, from_micros(decision.now), nomination.reason,
            note, len(self.approvals), nomination.needed, nominee.key, nominator.key, by.key,
        )  # fmt: skip
