"""An account was proved to belong to a person."""

from ..engine.decisions.decision import Decision
from ..engine.delivery import deliver
from ..model import Account
from ..records import AwardChange, Known, Pair


async def linked(decision: Decision) -> None:
    """Everything of theirs is folded again, the twin's awards are merged into it."""
    community, round_, store = decision.community, decision.round, decision.store
    keys = [Account.parse(decision.data[name]) for name in ("person", "account")]
    known = await decision.know(*keys)
    person, other = (known[account.key] for account in keys)
    if person.person == other.person:
        return
    round_.changes.links.append((other.account, person.person))
    for slug, badge in community.badges.items():
        definition = community.registry.definitions[slug]
        round_.owe(community.pair(definition, person.person))
        round_.changes.due[community.pair(definition, person.person)].silent = True
        for held in await store.holdings([Pair(badge.id, other.person)]):
            round_.changes.awards.append(
                AwardChange(held.badge, held.person, held.key, "merged", held.cause, held.position, id=held.id, silent=True)
            )
    if await store.acted([person.account, other.account]):
        for each in (person, other):
            await deliver(round_, store, Known(each.account, person.person), decision.row)
