"""Reading what GitHub sent without trusting its shape: every reader takes anything and answers with its type."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, TypeAlias

from laurels import Account, LaurelsError

Json: TypeAlias = Mapping[str, Any]

#: GitHub's stand-in for the authors of what deleted accounts left behind (https://github.com/ghost): nobody to award.
GHOST: Final = 10137

_NOTHING: Final[Json] = {}
_EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
_LATEST: Final = datetime(2200, 1, 1, tzinfo=UTC)
_LARGEST: Final = 2**53  # what every JSON reader keeps exactly


class Malformed(LaurelsError):
    """The payload lacks what its event can't be without; the message names it."""


def mapping(value: object) -> Json:
    """The object, or an empty one."""
    return value if isinstance(value, dict) else _NOTHING


def need(source: Json, key: str) -> Json:
    """The object under *key*. Raises Malformed where there is none."""
    value = source.get(key)
    if not isinstance(value, dict):
        raise Malformed(f"{key} is missing or no object")
    return value


def items(value: object) -> tuple[Json, ...]:
    """The objects in a list."""
    return tuple(item for item in value if isinstance(item, dict)) if isinstance(value, list) else ()


def text(value: object, limit: int = 200) -> str:
    """The string, no longer than *limit*, or an empty one. NUL, which PostgreSQL can't store, is left out."""
    return value[:limit].replace("\0", "") if isinstance(value, str) else ""


def number(value: object) -> int:
    """The whole number that counts something, or 0."""
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _LARGEST else 0


def flag(value: object) -> bool:
    """Whether it is true, and not merely something."""
    return value is True


def identity(source: Json, name: str) -> str:
    """The object's id as text. Raises Malformed where it has none."""
    if found := number(source.get("id")):
        return str(found)
    raise Malformed(f"{name}.id is missing or no number")


def moment(value: object) -> datetime | None:
    """A time as GitHub writes it, ISO 8601 or seconds since 1970; None for what is no time or no plausible one."""
    try:
        if isinstance(value, str):
            found = datetime.fromisoformat(value)
            found = found if found.tzinfo else found.replace(tzinfo=UTC)
        else:
            found = datetime.fromtimestamp(number(value), UTC)
        return found.astimezone(UTC) if _EARLIEST <= found <= _LATEST else None
    except (ValueError, OverflowError, OSError):
        return None


def account(user: object) -> Account | None:
    """The account of a GitHub user object; None for nobody, and for the ghost of a deleted one."""
    found = mapping(user)
    id_, login = number(found.get("id")), text(found.get("login"), 100)
    if not id_ or not login or id_ == GHOST:
        return None
    return Account("github", str(id_), name=login, bot=found.get("type") == "Bot" or login.endswith("[bot]"))


def key(person: Account | None) -> str:
    """How an event's data names *person*; empty for nobody."""
    return person.key if person else ""


def other(person: Account | None, than: Account | None) -> Account | None:
    """*person*, unless that is the same one: who answers themselves answered nobody."""
    return person if person != than else None
