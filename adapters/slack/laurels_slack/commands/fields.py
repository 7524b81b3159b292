"""The fields of forms: what they look like, and which words what was filled in means. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from ..prose import plain
from .texts import say, texts

Kind: TypeAlias = Literal["line", "rule", "badge", "person", "people", "place"]

_PEOPLE: Final = 20  # at once
_LINE: Final = 200
_QUOTES: Final = ('"', "“", "„")
_RULE: Final = re.compile(r"\s*([a-z_]+)\s*[=:\s]\s*(.*)", re.DOTALL)


class Field(NamedTuple):
    """One field. With a *key* it is typed ``key=value``. What may be longer than a line has room for *most* characters."""

    name: str
    kind: Kind = "line"
    key: str = ""
    needed: bool = False
    most: int = _LINE

    def typed(self, given: Sequence[str], people: Mapping[str, str]) -> list[str]:
        """The words that mean what was given; none where nothing was. *people* are the keys of their accounts."""
        match self.kind:
            case "person" | "people":
                return [people[user] for user in given]
            case "rule":
                return [_assigned(key, text) for value in given for key, text in rule(value)]
            case "place":
                return []
        return [_assigned(self.key, text) if self.key else _whole(text) for value in given if (text := value.strip())]

    def block(self, locale: str) -> dict[str, Any]:
        """Its input."""
        label = plain(say(locale, f"form.{self.name}"), 2000)
        return {"type": "input", "block_id": self.name, "label": label, "element": self._element(locale), "optional": not self.needed}

    def _element(self, locale: str) -> dict[str, Any]:
        made: dict[str, Any] = {"type": _TYPES[self.kind], "action_id": self.name, **_MORE.get(self.kind, {})}
        if self.kind in ("line", "rule"):
            made |= {"max_length": self.most, "multiline": self.most > _LINE}
        if (key := f"placeholder.{self.name}") in texts("en"):
            made["placeholder"] = plain(say(locale, key), 150)
        return made


def given(values: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> dict[str, list[str]]:
    """What was filled in, by the fields' names."""
    return {name: _given(element) for actions in values.values() for name, element in actions.items()}


def rule(text: str) -> list[tuple[str, str]]:
    """Keys and values, one a line; on a single line, between semicolons. Between both stands ``=``, ``:`` or a space."""
    lines = text.splitlines() if "\n" in text else text.split(";")
    return [(found[1], found[2].strip()) for line in lines if (found := _RULE.fullmatch(line))]


def _given(element: Mapping[str, Any]) -> list[str]:
    found = element.get("value") or element.get("selected_user") or element.get("selected_conversation")
    found = found or (element.get("selected_option") or {}).get("value")
    return [str(found)] if found else [str(user) for user in element.get("selected_users") or ()]


def _assigned(key: str, text: str) -> str:
    return f"{key}={_whole(text)}"


def _whole(text: str) -> str:
    """*text* as one word, also where it begins with a quote: laurels reads quotes as those around a word."""
    return f'"{text}"' if text.startswith(_QUOTES) else text


_TYPES: Final[Mapping[Kind, str]] = {
    "line": "plain_text_input", "rule": "plain_text_input", "badge": "external_select", "person": "users_select",
    "people": "multi_users_select", "place": "conversations_select",
}  # fmt: skip
_MORE: Final[Mapping[Kind, Mapping[str, Any]]] = {
    "badge": {"min_query_length": 0},
    "people": {"max_selected_items": _PEOPLE},
    "place": {"default_to_current_conversation": True, "response_url_enabled": True},
}
