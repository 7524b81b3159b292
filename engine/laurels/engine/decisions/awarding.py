"""Given, revoked, reinstated, vetoed."""

from collections.abc import Sequence
from typing import Final, Literal

from msgspec import structs

from ...hooks.awards import revocation
from ...model import Account, Result
from ...records import Key, Known, Pair
from ..delivery import waiting
from .decision import Decision
from .giving import Gift, give


async def awarded(decision: Decision) -> None:
    """A badge is given to one or several, each with their own outcome.

    A *strict* entry is a wish, that rests on how things stand when it is applied. Any other is a fact, told perhaps late, and is taken as
    it is: so that in whatever order facts arrive, they come to the same.
    """
    data = decision.data
    gift = Gift(
        data["badge"], data["level"], data["occurrence"], f"command:{decision.row.seq}", decision.giver, data.get("note", ""),
        tuple(data.get("evidence", ())),
    )  # fmt: skip
    for account in accounts(decision):
        await (give(decision, gift, account) if data.get("strict") else _note(decision, gift, account))


async def revoked(decision: Decision) -> None:
    """An award is taken back, unless a hook objects; one that waits for its holder is given up."""
    await _turn(decision, "revoked")


async def reinstated(decision: Decision) -> None:
    """A revoked award stands again."""
    await _turn(decision, "reinstated")


async def vetoed(decision: Decision) -> None:
    """A hook forbade an award: it stays so until somebody asks for it again."""
    data = decision.data
    (account,) = accounts(decision)
    badge = await decision.badge_id(data["badge"])
    if badge is not None:
        known = (await decision.know(account))[account.key]
        key = Key(data["level"], data["occurrence"])
        decision.rule(known, badge, key, "vetoed", data["badge"], giver=data["hook"], note=data["reason"])


def accounts(decision: Decision) -> Sequence[Account]:
    """Whom the entry is about."""
    data = decision.data
    if "accounts" in data:
        return [Account.parse(key, name) for key, name in data["accounts"]]
    return [Account.parse(data["account"], data.get("name", ""))]


async def _note(decision: Decision, gift: Gift, account: Account) -> None:
    known = (await decision.know(account))[account.key]
    badge = await decision.badge_id(gift.badge)
    if badge is not None:
        key = Key(gift.level, gift.occurrence)
        decision.rule(known, badge, key, "given", gift.badge, cause=gift.cause, giver=gift.giver, note=gift.note, evidence=gift.evidence)


async def _turn(decision: Decision, kind: Literal["revoked", "reinstated"]) -> None:
    data = decision.data
    badge = await decision.badge_id(data["badge"])
    key = Key(data["level"], data["occurrence"])
    for account in accounts(decision):
        known = (await decision.know(account))[account.key]
        if badge is None:
            decision.say("INVALID", known, level=key.level, badge=data["badge"], detail="badge-unknown")
        elif refused := await _refused(decision, known, badge, key, kind):
            decision.say(refused[0], known, level=key.level, badge=data["badge"], detail=refused[1], reason=refused[2])
        else:
            decision.rule(known, badge, key, kind, data["badge"], giver=decision.giver, note=data.get("note", ""))
            decision.say(_DONE[kind], known, level=key.level, badge=data["badge"], occurrence=key.occurrence)


async def _refused(decision: Decision, known: Known, badge: int, key: Key, kind: str) -> tuple[Result, str, str] | None:
    """Why not. A fact, see :func:`awarded`, also rules on what isn't there yet."""
    held = next((row for row in await decision.store.holdings([Pair(badge, known.person)]) if row.key == key), None)
    if held is None and kind == "revoked" and await _given_up(decision, known, key):
        return "REVOKED", "held-withdrawn", ""
    if decision.data.get("strict") and (held is None or held.state != _BEFORE[kind]):
        return "INVALID", f"award-{held.state}" if held is not None else "award-missing", ""
    if kind == "revoked" and held is not None and (veto := await revocation(decision, held, known)):
        return "VETOED", "", veto
    return None


async def _given_up(decision: Decision, known: Known, key: Key) -> bool:
    """Withdraw what waits for somebody; whether there was anything."""
    found = await waiting(decision.store, decision.community.name, known, badge=decision.data["badge"], level=key.level)
    decision.save(*(structs.replace(one, state="withdrawn") for one in found))
    return bool(found)


_DONE: Final[dict[str, Result]] = {"revoked": "REVOKED", "reinstated": "REINSTATED"}
_BEFORE: Final = {"revoked": "active", "reinstated": "revoked"}
