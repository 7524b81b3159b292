"""Who is meant."""

from collections.abc import Sequence
from difflib import get_close_matches

from msgspec import Struct

from ...errors import UnknownPerson
from ...model import Account
from ...store import Store
from ..errors import Unclear, unknown


class Someone(Struct, frozen=True):
    """A person: 0 for one that was never seen."""

    id: int
    accounts: tuple[Account, ...]

    @property
    def name(self) -> str:
        """What they are called."""
        return called(self.accounts)

    @property
    def keys(self) -> list[str]:
        """Their accounts' keys."""
        return [account.key for account in self.accounts]


def called(accounts: Sequence[Account]) -> str:
    """What people call whoever has these accounts."""
    return next((account.name for account in accounts if account.name), accounts[0].id if accounts else "nobody")


async def find(store: Store, community: str, text: str) -> Someone:
    """The person with this name or account. Raises UnknownPerson with the nearest names, Unclear where there are several."""
    found = await store.find_people(community, text)
    exact = {person: its for person, its in found.items() if text in [account.key for account in its]}
    people = exact or found
    if len(people) > 1:
        raise Unclear(text, [f"{its[0].key} ({called(its)})" for its in people.values()])
    for person, accounts in people.items():
        return Someone(person, tuple(accounts))
    near = get_close_matches(text, sorted(set(await store.names(community))), n=3)
    raise UnknownPerson(unknown("person", text, near) if near else f"nobody called {text!r} has been seen in {community}")


async def find_or_account(store: Store, community: str, text: str) -> Someone:
    """Likewise; an account that was never seen is a person too."""
    try:
        return await find(store, community, text)
    except UnknownPerson as missing:
        try:
            return Someone(0, (Account.parse(text),))
        except ValueError:
            raise missing from None


async def named(store: Store, persons: Sequence[int]) -> dict[int, Someone]:
    """Who these persons are."""
    found = await store.people(set(persons))
    return {person: Someone(person, tuple(found.get(person, ()))) for person in persons}
