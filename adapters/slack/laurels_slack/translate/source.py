"""Who did it, and when."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from laurels import Account

if TYPE_CHECKING:
    from ..directory import Person

SOURCE: Final = "slack"
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def account(person: "Person", realm: str) -> Account:
    """Somebody on Slack."""
    return Account(SOURCE, person.id, realm, person.name, person.bot)


def moment(ts: str) -> datetime:
    """When: Slack's timestamps are seconds and, behind a point, microseconds, exact in text alone. Raises ValueError for what is none."""
    seconds, _, micros = ts.partition(".")
    return _EPOCH + timedelta(seconds=int(seconds), microseconds=int((micros or "0").ljust(6, "0")[:6]))
