"""Settings, forgetting and hiding, as they are applied."""

import secrets
from collections.abc import Mapping
from typing import Final

from msgspec import structs

from ..engine.decisions import SOURCE
from ..engine.decisions.decision import Decision
from ..filed import BEGINNING, Forgotten, Preference, Shut
from ..model import Account
from ..records import Forgetting, Pair
from ..stores.veil import digest
from .preferences import ANNOUNCE, CHOICES, TRACKING, VALID, of_accounts


async def preferred(decision: Decision) -> None:
    """Somebody sets something for all their accounts."""
    name, value = decision.data["name"], decision.data["value"]
    known = await decision.actor()
    if name not in VALID:
        decision.say("INVALID", known, detail="setting-unknown", reason=", ".join(VALID))
    elif not VALID[name](value):
        decision.say("INVALID", known, detail="setting-value", reason=CHOICES[name])
    else:
        await _set(decision, name, value)
        decision.say("SET", known)


async def _set(decision: Decision, name: str, value: str) -> None:
    known, store = await decision.actor(), decision.store
    accounts = dict(await store.accounts_of(known.person))
    before = (await of_accounts(store, decision.community.name, accounts)).get(name)
    if name == TRACKING and value == "on":
        await _open(decision, accounts, before)
    if name == ANNOUNCE and value == "quiet":
        decision.round.changes.muted.update(accounts)
    if before is None or before.value != value:
        decision.save(Preference(account=known.account, name=name, value=value, time=decision.now))


async def _open(decision: Decision, accounts: Mapping[int, Account], before: Preference | None) -> None:
    """From now on they are tracked again. What they did while they were not, or before they were forgotten, is taken by no backfill."""
    secret = await decision.store.seal()
    digests = [digest(secret, account.key) for account in accounts.values()]
    if before is not None and before.value == "off":
        decision.save(*(Shut(digest=one, since=before.time, until=decision.now) for one in digests))
    shut = await decision.store.find(Shut, decision.community.name, digest=digests, until=None)
    decision.save(*(structs.replace(one, until=decision.now) for one in shut))


async def forgotten(decision: Decision) -> None:
    """Everything about somebody goes, or stays under pseudonyms that nothing leads back from: by their own wish, or by the operator."""
    account = _whom(decision)
    if account is None or account.platform == SOURCE:
        decision.say("INVALID", detail="forget-nobody")
        return
    store, name = decision.store, decision.community.name
    known = (await decision.know(account))[account.key]
    accounts = dict(await store.accounts_of(known.person))
    names, seqs = await store.mentions(name, list(accounts.values()), decision.row.seq)
    secret = await store.seal()
    called = _pseudonym()
    stand_ins = {id_: (its, Account(its.platform, _pseudonym(), its.realm, called, its.bot)) for id_, its in accounts.items()}
    decision.round.changes.forgotten = Forgetting(stand_ins, names, seqs, secret)
    decision.save(*(Forgotten(account=id_, time=decision.now) for id_ in accounts))
    decision.save(*(Shut(digest=digest(secret, its.key), since=BEGINNING) for its in accounts.values()))
    decision.say("FORGOTTEN", known)
    decision.then(lambda: decision.community.gone.update(accounts))


def _whom(decision: Decision) -> Account | None:
    named = decision.data.get("account")
    return Account.parse(named) if named else decision.row.event.actor


def _pseudonym() -> str:
    return f"forgotten-{secrets.token_hex(_LONG)}"


async def hidden(decision: Decision) -> None:
    """A holder hides awards of a badge, or shows them again: one level or all, one occurrence or all. They stay what they are."""
    data, known = decision.data, await decision.actor()
    badge = await decision.badge_id(data["badge"])
    held = await decision.store.holdings([Pair(badge, known.person)]) if badge is not None else ()
    meant = [
        row for row in held
        if row.state == "active" and data["level"] in (None, row.key.level) and data["occurrence"] in ("", row.key.occurrence)
    ]  # fmt: skip
    if not meant:
        decision.say("INVALID", known, badge=data["badge"], level=data["level"] or 0, detail="award-missing")
    decision.round.changes.hidden += [(row.id, data["hidden"]) for row in meant]
    decision.round.changes.shown.add(known.person)
    for row in meant:
        decision.say("HIDDEN" if data["hidden"] else "SHOWN", known, badge=data["badge"], level=row.key.level)


_LONG: Final = 5  # bytes of a pseudonym
