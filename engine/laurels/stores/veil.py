"""Accounts in whatever is kept as JSON, covered by others that stand in for them. Pure."""

from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any, Final

from ..model import Account

StandsIn = Callable[[str], Account | None]

#: Beside an ``id``, one of these makes an object somebody's description, in what a platform sent.
CALLED: Final = ("login", "username", "display_name", "real_name")


def digest(secret: str, text: str) -> str:
    """The hash of *text* under a key: without it, nobody can try what gives this."""
    return blake2b(text.encode(), key=secret.encode(), digest_size=16).hexdigest()


class Veil:
    """Covers what is found by *stands_in*, which says by key which account stands in for one.

    *platform* is that of accounts which a platform describes, *pairs* says that they may also be named as decisions do. *found*: whether
    there was any.
    """

    def __init__(self, stands_in: StandsIn, platform: str = "") -> None:
        self.stands_in, self.platform = stands_in, platform
        self.found = self.pairs = False

    def over(self, value: Any) -> Any:
        """*value*, with every account in it covered."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return self._described(value) or {self.text(str(name)): self.over(item) for name, item in value.items()}
        if isinstance(value, list | tuple):
            return self._named(value) or [self.over(item) for item in value]
        return value

    def text(self, text: str) -> str:
        """A text: an account's key, or something that names none."""
        other = self._other(text)
        return other.key if other is not None else text

    def _other(self, key: str) -> Account | None:
        other = self.stands_in(key) if ":" in key else None
        self.found = self.found or other is not None
        return other

    def _described(self, value: Mapping[str, Any]) -> dict[str, Any] | None:
        """An object that describes an account: as laurels does, as a platform does, or as a decision does that names it."""
        if isinstance(value.get("platform"), str) and isinstance(value.get("id"), str):
            other = self._other(Account(value["platform"], value["id"], str(value.get("realm", ""))).key)
            return None if other is None else _account(other, value)
        called = [name for name in CALLED if isinstance(value.get(name), str)]
        if self.platform and called and isinstance(value.get("id"), int | str):
            other = self._other(Account(self.platform, str(value["id"])).key)
            return None if other is None else {**value, "id": other.id, **dict.fromkeys(called, other.name)}
        if isinstance(value.get("account"), str) and "name" in value and self._other(value["account"]) is not None:
            return {name: self.over(item) for name, item in {**value, "name": ""}.items()}
        return None

    def _named(self, value: list[Any] | tuple[Any, ...]) -> list[Any] | None:
        """``[key, name]``, as decisions name whom they are about."""
        if not self.pairs or len(value) != 2 or not all(isinstance(item, str) for item in value) or ":" in value[1]:
            return None
        other = self._other(value[0])
        return None if other is None else [other.key, ""]


def _account(other: Account, value: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"platform": other.platform, "id": other.id}
    if other.realm:
        found["realm"] = other.realm
    if value.get("name") and other.name:
        found["name"] = other.name
    if value.get("bot") or other.bot:
        found["bot"] = True
    return found
