"""What accounts that are linked or parted held, put where it belongs until everything is folded again."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from ..engine.decisions.decision import Decision
from ..engine.standing import lasting
from ..filed import Brought
from ..records import AwardChange, Key
from .turnover import Turnover

STANDING: Final = ("active", "revoked")


class Which(NamedTuple):
    """An award, whoever has it."""

    badge: int
    key: Key


async def rearrange(decision: Decision, turnover: Turnover) -> None:
    """Set aside, as ``merged``, what those hold who are part of another now; give that one what they lack.

    Nothing of it is news: hooks aren't asked, nothing is announced. Whatever the journal decides is folded again afterwards; this is final
    for awards that stand whatever it says: they follow the account that they belong to.
    """
    rearranging = Rearranging(decision, turnover, await decision.store.award_rows(turnover.concerned))
    await rearranging.note()
    for person in turnover.present:
        rearranging.arrange(person)
    rearranging.set_aside()


class Rearranging:
    """The awards of all concerned, while it is decided what becomes of them."""

    def __init__(self, decision: Decision, turnover: Turnover, rows: Sequence[AwardChange]) -> None:
        self.decision, self.turnover = decision, turnover
        self.rows = {(row.person, Which(row.badge, row.key)): row for row in rows}
        self.standing: dict[int, dict[Which, AwardChange]] = {person: {} for person in turnover.concerned}
        for (person, which), row in self.rows.items():
            if row.state in STANDING and person in turnover.before.values():
                self.standing[person][which] = row
        self.brought: dict[tuple[int, Which], AwardChange] = {}  # by account

    async def note(self) -> None:
        """Say of each award whose it is, where that isn't said yet, and forget it of accounts that are alone again."""
        decision, turnover = self.decision, self.turnover
        slugs = {badge.id: badge.slug for badge in (await decision.store.defined(decision.community.name))[1]}
        ids = {slug: id_ for id_, slug in slugs.items()}
        noted = await decision.store.find(Brought, decision.community.name, account=list(turnover.before))
        self.brought = {(one.account, Which(ids[one.badge], Key(one.level, one.occurrence))): _row(one, ids[one.badge]) for one in noted}
        fresh = await self._attributed()
        self.brought |= fresh
        alone = {account for accounts in turnover.accounts.values() if len(accounts) == 1 for account in accounts}
        decision.save(*(_brought(account, slugs[row.badge], row) for (account, _), row in fresh.items() if account not in alone))
        decision.round.changes.dropped += [one for one in noted if one.account in alone]

    async def _attributed(self) -> dict[tuple[int, Which], AwardChange]:
        """What stands and nobody brought: it is whose event won it, else of the account by which the person was known."""
        found: dict[tuple[int, Which], AwardChange] = {}
        for person, its in self.standing.items():
            accounts = [account for account, before in self.turnover.before.items() if before == person]
            brought = {which for account, which in self.brought if account in accounts}
            fresh = {which: row for which, row in its.items() if which not in brought}
            concerned = await self.decision.store.concerned(accounts, [row.position for row in fresh.values()]) if len(accounts) > 1 else {}
            found |= {(concerned.get(row.position[1], person), which): row for which, row in fresh.items()}
        return found

    def arrange(self, person: int) -> None:
        """What somebody holds from now on."""
        holds, brought = self.standing[person], self._earliest(person)
        for which in dict.fromkeys((*brought, *holds)):
            row, mine = brought.get(which), holds.get(which)
            lasts = mine is not None and self._lasts(mine)
            if row is not None and (mine is None or lasts or self._lasts(row)):
                self._put(person, which, row)
            elif row is None and mine is not None and lasts:  # it was brought by an account that is another's now
                self.decision.round.changes.awards.append(replace(mine, state="merged"))

    def _earliest(self, person: int) -> Mapping[Which, AwardChange]:
        """Of all that somebody's accounts brought and that stands, the earliest of each award; rather one that stands for good."""
        found: dict[Which, AwardChange] = {}
        accounts = self.turnover.accounts[person]
        theirs = [(account, which, row) for (account, which), row in self.brought.items() if account in accounts]
        for account, which, row in sorted(theirs, key=lambda one: (not self._lasts(one[2]), one[2].position)):
            stands = self.standing[self.turnover.before[account]].get(which)
            if stands is not None:
                found.setdefault(which, replace(row, state=stands.state, hidden=row.hidden or stands.hidden))
        return found

    def _lasts(self, row: AwardChange) -> bool:
        """Whether the journal can't decide about it: also while its badge is away."""
        slug = self.decision.community.slugs.get(row.badge)
        return slug is None or lasting(self.decision.community.registry.definitions[slug], row.cause)

    def _put(self, person: int, which: Which, row: AwardChange) -> None:
        """Let somebody hold *row*, in the place of what they have."""
        there = self.rows.get((person, which))
        self.decision.round.changes.awards.append(replace(row, person=person, id=there.id if there is not None else 0))
        if there is not None and row.hidden and not there.hidden:
            self.decision.round.changes.hidden.append((there.id, True))

    def set_aside(self) -> None:
        """Those who are part of another now hold nothing themselves."""
        gone = [row for person in sorted(self.turnover.gone) for row in self.standing[person].values()]
        self.decision.round.changes.awards += [replace(row, state="merged") for row in gone]


def _row(one: Brought, badge: int) -> AwardChange:
    return AwardChange(
        badge, 0, Key(one.level, one.occurrence), "active", one.cause, (one.time, one.event), one.name, one.level_name, one.giver, one.note,
        one.evidence, None, True, 0, one.expires, one.hidden,
    )  # fmt: skip


def _brought(account: int, slug: str, row: AwardChange) -> Brought:
    level, occurrence = row.key
    time, event = row.position
    same = {name: getattr(row, name) for name in ("cause", "name", "level_name", "giver", "note", "evidence", "expires", "hidden")}
    return Brought(account=account, badge=slug, level=level, occurrence=occurrence, time=time, event=event, **same)
