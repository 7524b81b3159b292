"""Accounts are linked and parted."""

from collections.abc import Sequence
from itertools import pairwise

from ..engine.decisions import SOURCE
from ..engine.decisions.decision import Decision
from ..filed import Link
from ..model import Account
from ..records import Known
from .regrouping import regroup


async def linked(decision: Decision) -> None:
    """Two accounts are one person's, as somebody knows who need not be asked."""
    keys = [Account.parse(decision.data[name]) for name in ("person", "account")]
    known = await decision.know(*keys)
    await link(decision, known[keys[0].key], known[keys[1].key])


async def link(decision: Decision, one: Known, other: Known) -> None:
    """Make two accounts one person's, with all that belong to either."""
    if one.person == other.person:
        decision.say("INVALID", other, detail="link-same-person")
        return
    await regroup(decision, {one.person, other.person}, more=[_link(decision, one.account, other.account)])
    decision.say("LINKED", other)


async def unlinked(decision: Decision) -> None:
    """An account is a person of its own again; the others that it was linked to stay together."""
    account = Account.parse(decision.data["account"])
    known, actor = (await decision.know(account))[account.key], await decision.actor()
    links = await decision.store.find(Link, decision.community.name, account=known.account)
    links = [*links, *await decision.store.find(Link, decision.community.name, other=known.account)]
    if detail := _unpartable(decision, known, actor, links):
        decision.say("INVALID", known, detail=detail)
        return
    others = sorted({link.other if link.account == known.account else link.account for link in links})
    await regroup(decision, {known.person}, less=links, more=[_link(decision, *pair) for pair in pairwise(others)])
    decision.say("UNLINKED", known)


async def declared(decision: Decision) -> None:
    """The configuration says who is who. What it said before and says no more is taken back."""
    keys = [[Account.parse(key) for key in of_one] for of_one in decision.data["people"]]
    known = await decision.know(*(account for of_one in keys for account in of_one))
    wanted = {_pair(known[first.key].account, known[other.key].account) for first, *others in keys for other in others}
    there = {_pair(link.account, link.other): link for link in await decision.store.find(Link, decision.community.name, declared=True)}
    less = [link for pair, link in there.items() if pair not in wanted]
    more = [_link(decision, *pair, declared=True) for pair in sorted(wanted - there.keys())]
    accounts = await decision.store.accounts({account for link in (*less, *more) for account in (link.account, link.other)})
    persons = {its.person for its in (await decision.know(*accounts.values())).values()}
    await regroup(decision, persons, less=less, more=more)


def _unpartable(decision: Decision, known: Known, actor: Known, links: Sequence[Link]) -> str:
    """Why an account can't be parted from its person by whoever asked; empty where it can."""
    by = decision.row.event.actor
    if known.person != actor.person and by is not None and by.platform != SOURCE:
        return "link-missing"
    if not links:
        return "link-missing"
    return "link-declared" if any(link.declared for link in links) else ""


def _pair(one: int, other: int) -> tuple[int, int]:
    return (one, other) if one < other else (other, one)


def _link(decision: Decision, one: int, other: int, *, declared: bool = False) -> Link:
    account, other = _pair(one, other)
    return Link(account=account, other=other, declared=declared, seq=decision.row.seq, time=decision.now)
