"""Who: accounts on platforms, and the person behind them."""

from functools import lru_cache
from typing import Self

from msgspec import Struct

_ESCAPES = (("%", "%25"), (":", "%3A"), ("/", "%2F"))
_ESCAPED = frozenset("%:/")


class Account(Struct, frozen=True, eq=False, kw_only=False, omit_defaults=True):
    """One identity on one platform: (platform, realm, id).

    *realm* is empty where ids are global (Discord, GitHub); for Slack it is the team. *name* is what people call the account at the
    moment and *bot* whether a program speaks through it; neither is part of the identity.
    """

    platform: str
    id: str
    realm: str = ""
    name: str = ""
    bot: bool = False

    @property
    def key(self) -> str:
        """The identity as text, ``platform:id`` or ``platform:realm/id``: what events, rules and the journal name accounts by."""
        return _key(self.platform, self.realm, self.id)

    @classmethod
    def parse(cls, key: str, name: str = "", bot: bool = False) -> Self:
        """Read what :attr:`key` wrote. Raises ValueError where there is no platform or no id."""
        platform, _, identity = key.partition(":")
        realm, slash, id_ = identity.rpartition("/")
        if not platform or not id_ or (slash and not realm):
            raise ValueError(f"{key!r} is no account; write platform:id or platform:realm/id")
        return cls(platform, _unescape(id_), _unescape(realm), name, bot)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Account) and self.key == other.key

    def __ne__(self, other: object) -> bool:
        # msgspec's structs bring a != of their own, which without eq compares identities.
        return not self == other

    def __hash__(self) -> int:
        return hash(self.key)


class Person(Struct, frozen=True):
    """One human in one community, with the accounts that were proved to be theirs."""

    id: int
    community: str
    name: str
    accounts: tuple[Account, ...] = ()


@lru_cache(maxsize=16_384)
def _key(platform: str, realm: str, id_: str) -> str:
    identity = f"{_escape(realm)}/{_escape(id_)}" if realm else _escape(id_)
    return f"{platform}:{identity}"


def _escape(text: str) -> str:
    if _ESCAPED.isdisjoint(text):
        return text
    for plain, escaped in _ESCAPES:
        text = text.replace(plain, escaped)
    return text


def _unescape(text: str) -> str:
    for plain, escaped in reversed(_ESCAPES):
        text = text.replace(escaped, plain)
    return text
