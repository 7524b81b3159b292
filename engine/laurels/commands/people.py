"""Who is meant by what somebody typed."""

from collections.abc import Sequence
from typing import NamedTuple

from ..announcer.harmless import words as harmless
from ..model import Account, Award
from .asked import Asked
from .errors import Wrong, near
from .texts import called


class Somebody(NamedTuple):
    """A person as a command speaks of them; *id* is 0 for who was never seen."""

    id: int
    name: str
    accounts: tuple[Account, ...]
    asker: bool = False

    @property
    def account(self) -> Account:
        """The account that was meant, or else the nearest."""
        return self.accounts[0]


async def asker(asked: Asked) -> Somebody:
    """Who asks."""
    account = asked.command.actor
    for id_, accounts in (await asked.store.find_people(asked.community.name, account.key)).items():
        if account in accounts:
            return _somebody(asked, id_, accounts, account.key, asker=True)
    return _somebody(asked, 0, [account], account.key, asker=True)


async def person(asked: Asked, text: str) -> Somebody:
    """Who is named by *text*, a name or an account's key; without any, who asks. Raises Wrong with the nearest names."""
    me, text = await asker(asked), _bare(text)
    if not text or text.casefold() in ("me", asked.say("common.me")):
        return me
    found = await asked.store.find_people(asked.community.name, text)
    found = {id_: its for id_, its in found.items() if text in [account.key for account in its]} or found
    if not found and (named := _named(asked, text)) is not None:
        return me if named == me.account else _somebody(asked, 0, [named], named.key)
    if not found:
        raise Wrong("person.unknown", near(text, await asked.store.names(asked.community.name)), name=harmless(text))
    if len(found) > 1:
        keys = sorted(accounts[0].key for accounts in found.values())
        raise Wrong("person.several", name=harmless(text), keys=", ".join(keys))
    ((id_, accounts),) = found.items()
    return me if id_ == me.id else _somebody(asked, id_, accounts, text)


async def anybody(asked: Asked, text: str) -> Somebody:
    """Likewise, and by the mere key of an account also who was never seen: for what can wait for them."""
    try:
        return await person(asked, text)
    except Wrong as wrong:
        account = _account(asked, text) if wrong.key == "person.unknown" else None
        if account is None:
            raise
        return _somebody(asked, 0, [account], account.key)


async def several(asked: Asked, words: Sequence[str]) -> tuple[Sequence[Somebody], str]:
    """Who is named first: the very first word, each after a comma, and each ``@name`` or key; and what is said after that."""
    named, rest = list[str](), list(words)
    while rest:
        if named and rest[0].casefold() in ("and", "&", asked.its.marks["and"]) and _points(asked, rest[1:]):
            rest.pop(0)
        elif named and not named[-1].endswith(",") and not _points(asked, rest):
            break
        named.append(rest.pop(0))
    found = [await anybody(asked, part) for word in named for part in word.split(",") if part]
    return list({one.account: one for one in found}.values()), " ".join(rest)


async def holdings(asked: Asked, who: Somebody) -> Sequence[Award]:
    """What somebody holds, newest first."""
    return await asked.store.awards(asked.community.name, person=who.id, now=asked.now) if who.id else ()


async def names(asked: Asked, keys: Sequence[str]) -> dict[str, str]:
    """What the people of these accounts are called."""
    found = {key: await asked.store.find_people(asked.community.name, key) for key in dict.fromkeys(keys)}
    people = {key: next(iter(its.values())) for key, its in found.items() if its}
    return {key: called(people[key] if key in people else [Account.parse(key)], asked.command.place) for key in found}


def _points(asked: Asked, words: Sequence[str]) -> bool:
    """Whether the first word can only be meant for somebody."""
    return bool(words) and (words[0].startswith("@") or _account(asked, words[0]) is not None)


def _named(asked: Asked, text: str) -> Account | None:
    """The account of this key, where the platform told with the command who that is."""
    return next((account for account in asked.command.people if account.key == text), None)


def _bare(text: str) -> str:
    return text.removeprefix("@").rstrip(",")


def _account(asked: Asked, text: str) -> Account | None:
    """The account of this key, on a platform that is known here."""
    try:
        account = Account.parse(_bare(text))
    except ValueError:
        return None
    return account if account.platform in {asked.command.actor.platform, *asked.means.platforms} else None


def _somebody(asked: Asked, id_: int, accounts: Sequence[Account], text: str, *, asker: bool = False) -> Somebody:
    platform = asked.command.actor.platform
    nearest = sorted(accounts, key=lambda account: (account.key != text, account.platform != platform))
    return Somebody(id_, called(accounts, asked.command.place), tuple(nearest), asker)
