"""Accounts covered for good: in all that the journal and what is computed from it say of them. Pure."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Final

from ..model import Account
from .veil import CALLED, Veil

_NAMED: Final = re.compile(rf"event\.actor\.name|event\.data(?:\.\w+)*\.(?:id|{'|'.join(CALLED)})\b")
_KEPT: Final = 400  # characters of an id at most, before what makes it another
#: Fields that hold what somebody wrote: in what they did, and in what they decided or others decided about them.
_WRITTEN: Final = frozenset({"text", "title", "description"})
_SAID: Final[Mapping[str, Any]] = {"note": "", "reason": "", "evidence": []}


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
        """An id or thing: another one, always the same, where it speaks of them. What is before that stays, for the order of the fold."""
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


def _wordless(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _wordless(item) for name, item in value.items() if name not in _WRITTEN}
    return [_wordless(item) for item in value] if isinstance(value, list) else value


def _either(texts: Iterable[str]) -> str:
    return "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))


def _either_of(body: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    return next((body[name] for name in names if body.get(name)), {})
