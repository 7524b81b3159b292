"""Accounts in whatever is kept as JSON, covered by others that stand in for them. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final

from ..model import Account

StandsIn = Callable[[str], Account | None]

#: Beside an ``id``, one of these makes an object somebody's description, in what a platform sent.
_CALLED: Final = ("login", "username", "display_name", "real_name")
_NAMED: Final = re.compile(rf"event\.actor\.name|event\.data(?:\.\w+)*\.(?:id|{'|'.join(_CALLED)})\b")
_KEPT: Final = 400  # characters of an id at most, before what makes it another
#: Fields that hold what somebody wrote: in what they did, and in what they decided or others decided about them.
_WRITTEN: Final = frozenset({"text", "title", "description"})
_SAID: Final[Mapping[str, Any]] = {"note": "", "reason": "", "evidence": []}


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
        called = [name for name in _CALLED if isinstance(value.get(name), str)]
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


class Shroud(Veil):
    """Covers some accounts for good, also where they are part of something else. *names* is what they were ever called.

    *renamed* are ids that spoke of them, with those that they have now; *digest* makes new ones.
    """

    def __init__(self, accounts: Mapping[str, Account], names: Iterable[str], digest: Callable[[str], str]) -> None:
        super().__init__(accounts.get)
        self.accounts, self.names, self.digest = accounts, {name for name in names if name}, digest
        self.renamed: dict[str, str] = {}
        self._called: Mapping[str, str] = {}

    def measuring(self, unit: str) -> "Shroud":
        """The same for the numbers of a *unit*: one that counts names has these among its values."""
        if not _NAMED.search(unit):
            return self
        other = Shroud(self.accounts, self.names, self.digest)
        other.renamed = self.renamed
        other._called = {Account.parse(key).id: its.id for key, its in self.accounts.items()}
        other._called = {**other._called, **dict.fromkeys(self.names, next(iter(self.accounts.values())).name)}
        return other

    def text(self, text: str) -> str:
        """A text; keys are covered wherever they stand in it."""
        if (other := self.renamed.get(text) or self._called.get(text)) is not None:
            self.found = True
            return other
        covered, count = self._keys.subn(lambda match: self.accounts[match[0]].key, text)
        self.found = self.found or count > 0
        return covered

    def rename(self, id_: str) -> str:
        """An id or thing: another one, always the same, where it speaks of them. Up to there it stays, and with it the order of the fold."""
        if id_ not in self.renamed and (found := self._tokens.search(id_)):
            self.renamed[id_] = f"{id_[: min(found.start(), _KEPT)]}~{self.digest(id_)}"
        return self.renamed.get(id_, id_)

    @cached_property
    def _keys(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w%])(?:{_either(self.accounts)})(?![\w%-])")

    @cached_property
    def _tokens(self) -> re.Pattern[str]:
        ids = {Account.parse(key).id for key in self.accounts}
        return re.compile(rf"(?<!\w)(?:{_either({*self.accounts, *ids, *self.names})})(?!\w)", re.IGNORECASE)

    def body(self, body: Mapping[str, Any], type_: str) -> tuple[dict[str, Any], bool]:
        """An event's body; without their words where it is theirs, or a decision about nobody else. And whether it names them at all."""
        self.found, self.pairs = False, type_.startswith("laurels.")
        self.platform = str(_either_of(body, "actor", "place").get("platform", ""))
        own = self._is(body.get("actor"))
        covered = self.over(body)
        if own and "place" in covered:
            covered["place"] = self._somewhere(covered["place"])
        data = covered.get("data", {})
        if self.pairs:
            if own or self._alone(body.get("data", {})):
                data = {name: _SAID.get(name, item) for name, item in data.items()}
        elif own:
            data = _wordless(data)
        return {**covered, "data": data} if data else covered, self.found

    def _somewhere(self, place: dict[str, Any]) -> dict[str, Any]:
        """A place without the way to what they wrote; a private one may be theirs alone."""
        kept = {name: value for name, value in place.items() if name != "url"}
        if place.get("private"):
            kept |= {"channel": f"~{self.digest(place['channel'])}", "name": ""}
        return kept

    def owns(self, body: Mapping[str, Any]) -> bool:
        """Whether they did it."""
        return self._is(body.get("actor"))

    def called(self, body: Mapping[str, Any]) -> set[str]:
        """What an event calls them."""
        described = [body.get("actor"), *body.get("others", ())]
        return {str(one.get("name", "")) for one in described if self._is(one)} - {""}

    def _is(self, described: Any) -> bool:
        if not isinstance(described, Mapping) or "platform" not in described:
            return False
        return Account(described["platform"], described["id"], described.get("realm", "")).key in self.accounts

    def _alone(self, data: Mapping[str, Any]) -> bool:
        about = [data[name] for name in ("account", "person", "bound") if data.get(name)] + list(data.get("accounts") or ())
        return bool(about) and all((one if isinstance(one, str) else one[0]) in self.accounts for one in about)


def _account(other: Account, value: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"platform": other.platform, "id": other.id}
    if other.realm:
        found["realm"] = other.realm
    if value.get("name") and other.name:
        found["name"] = other.name
    if value.get("bot") or other.bot:
        found["bot"] = True
    return found


def _wordless(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _wordless(item) for name, item in value.items() if name not in _WRITTEN}
    return [_wordless(item) for item in value] if isinstance(value, list) else value


def _either(texts: Iterable[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))


def _either_of(body: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    return next((body[name] for name in names if body.get(name)), {})
