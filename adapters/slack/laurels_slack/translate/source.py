"""Who did it, and when."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from laurels import Account

if TYPE_CHECKING:
    from ..directory import Person

SOURCE: Final = "slack"
SLACKBOT: Final = "USLACKBOT"  # speaks for Slack itself, which doesn't call it a bot

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def account(person: "Person", realm: str = "") -> Account:
    """Somebody on Slack, at home in their own workspace or enterprise; in *realm* where that is not known."""
    return Account(SOURCE, person.id, person.home or realm, person.name, person.bot or person.id == SLACKBOT)


def moment(ts: str) -> datetime:
    """When: Slack's timestamps are seconds and, behind a point, microseconds, exact in text alone. Raises ValueError for what is none."""
    seconds, _, micros = ts.partition(".")
    return _EPOCH + timedelta(seconds=int(seconds), microseconds=int((micros or "0").ljust(6, "0")[:6]))


def stamp(when: datetime) -> str:
    """The same the other way round."""
    since = when - _EPOCH
    return f"{since // timedelta(seconds=1)}.{since.microseconds:06d}"
