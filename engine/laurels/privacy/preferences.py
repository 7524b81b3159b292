"""The settings of people: what can be set, and what holds."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final

from ..filed import Preference
from ..store import Store

TRACKING: Final = "tracking"  # off: their events are not taken
LEADERBOARD: Final = "leaderboard"  # off: they are on none
ANNOUNCE: Final = "announce"  # quiet: nothing is posted about what they win; dm: they are told alone, where that can be
LOCALE: Final = "locale"  # the language of their answers

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*").fullmatch


def _one_of(*values: str) -> Callable[[str], bool]:
    return lambda value: value in values


#: By name, what it may be; and what it is for who said nothing.
VALID: Final[Mapping[str, Callable[[str], bool]]] = {
    TRACKING: _one_of("on", "off"),
    LEADERBOARD: _one_of("on", "off"),
    ANNOUNCE: _one_of("place", "dm", "quiet"),
    LOCALE: lambda value: not value or _LANGUAGE(value) is not None,
}
DEFAULTS: Final[Mapping[str, str]] = {TRACKING: "on", LEADERBOARD: "on", ANNOUNCE: "place", LOCALE: ""}
CHOICES: Final[Mapping[str, str]] = {TRACKING: "on, off", LEADERBOARD: "on, off", ANNOUNCE: "place, dm, quiet", LOCALE: "en, de, pt-BR, …"}


def newest(said: Iterable[Preference]) -> dict[str, Preference]:
    """By name, what holds of what one person said by any of their accounts."""
    return {one.name: one for one in sorted(said, key=lambda one: (one.time, one.account))}


async def of_accounts(store: Store, community: str, accounts: Collection[int]) -> dict[str, Preference]:
    """What holds for the person of these accounts."""
    return newest(await store.find(Preference, community, account=list(accounts), name=list(VALID)))


async def off(store: Store, community: str, name: str) -> dict[int, Preference]:
    """The persons who turned something off."""
    said = await store.find(Preference, community, name=name)
    accounts = await store.accounts({one.account for one in said})
    known = await store.know(community, accounts.values())
    by_person: dict[int, list[Preference]] = {}
    for one in said:
        by_person.setdefault(known[accounts[one.account].key].person, []).append(one)
    holding = {person: newest(its)[name] for person, its in by_person.items()}
    return {person: one for person, one in holding.items() if one.value == "off"}
