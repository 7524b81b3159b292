"""Awards on their way through the hooks."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from ..engine import decisions
from ..hook import AwardNews
from ..model import Account, Event
from ..periods import from_micros
from ..records import AwardChange, Held, Known, Pair, Ruling
from .hooks import Hooks, Vetoed

if TYPE_CHECKING:
    from ..engine.conclude import Conclusion
    from ..engine.decisions.decision import Decision
    from ..engine.round import Round
    from ..store import Store


class Journal(Protocol):
    """Where vetoes go in."""

    async def put(self, event: Event) -> int | None:
        """Keep an entry: its seq, or None where it was there."""
        ...


async def objection(conclusion: "Conclusion", since: int, hooks: Hooks, journal: Journal) -> Ruling | None:
    """Ask about every award that a conclusion would newly make, from its round's *since*-th on, until a hook objects.

    The veto is put into the journal. What was asked about once in a round is not asked about again.
    """
    round_ = conclusion.round
    if not hooks.listening("award_will_be_made"):
        return None
    for change in _new(round_, since):
        award = (change.badge, change.person, change.key)
        if award in round_.asked:
            continue
        round_.asked.add(award)
        accounts = (await conclusion.store.people([change.person])).get(change.person, ())
        veto = await hooks.will("award_will_be_made", news(round_, change, accounts))
        if veto is not None and accounts:
            before = sum(ruling.key == change.key for ruling in conclusion.rulings.get(Pair(change.badge, change.person), ()))
            entry = _entry(round_, change, accounts[0], veto, before)
            await journal.put(entry)
            position = (round_.changes.now, entry.id)
            return Ruling(0, change.badge, change.person, change.key, "vetoed", position, giver=veto.hook, note=veto.reason)
    return None


def _new(round_: "Round", since: int) -> list[AwardChange]:
    return [change for change in round_.changes.awards[since:] if not change.id and change.state == "active"]


async def tell(round_: "Round", since: int, hooks: Hooks, store: "Store") -> None:
    """Note that hooks are to be told of every award that this round newly makes."""
    new = _new(round_, since)
    if not new or not hooks.listening("award_was_made"):
        return
    people = await store.people({change.person for change in new})
    for change in new:
        what = news(round_, change, people.get(change.person, ()))
        subject = f"{what.badge}@{change.key.level}/{change.person}/{change.key.occurrence}"
        round_.changes.saved += hooks.was("award_was_made", subject, what, round_.changes.now)


def news(round_: "Round", change: AwardChange, accounts: Sequence[Account]) -> AwardNews:
    """What hooks hear of an award."""
    person = next((account.name for account in accounts if account.name), accounts[0].id if accounts else "")
    return AwardNews(
        round_.changes.community, round_.community.slugs.get(change.badge, ""), change.name, change.key.level, change.key.occurrence,
        person, tuple(account.key for account in accounts), from_micros(change.position[0]), change.cause, change.level_name, change.giver,
        change.note, change.evidence,
    )  # fmt: skip


async def revocation(decision: "Decision", held: Held, known: Known) -> str:
    """Ask about taking an award back, and note that hooks are to be told: the reason of a veto, or empty."""
    verbs = ("award_will_be_revoked", "award_was_revoked")
    if not any(decision.hooks.listening(verb) for verb in verbs):
        return ""
    accounts = (await decision.store.people([known.person])).get(known.person, ())
    definition = decision.definition(decision.data["badge"])
    change = AwardChange(
        held.badge, held.person, held.key, "revoked", held.cause, held.position, definition.name if definition else decision.data["badge"],
        definition.level_name(held.key.level) if definition else "", decision.giver, decision.data.get("note", ""),
    )  # fmt: skip
    what = news(decision.round, change, accounts)
    veto = await decision.hooks.will(verbs[0], what)
    if veto is None:
        decision.save(*decision.hooks.was(verbs[1], f"{decision.row.seq}/{known.person}", what, decision.round.changes.now))
    return veto.reason if veto else ""


def _entry(round_: "Round", change: AwardChange, account: Account, veto: Vetoed, before: int) -> Event:
    """The journal's entry of a veto: the same for the same objection, another one where somebody asked again."""
    slug, (level, occurrence) = round_.community.slugs[change.badge], change.key
    data = {
        "badge": slug, "account": account.key, "name": account.name, "level": level, "occurrence": occurrence, "hook": veto.hook,
        "reason": veto.reason,
    }  # fmt: skip
    identity = f"veto:{slug}:{level}:{account.key}:{before}:{occurrence}"[:500]
    time = from_micros(round_.changes.now)
    return Event(identity, decisions.SOURCE, decisions.VETOED, time, None, data, community=round_.changes.community)
