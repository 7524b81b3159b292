"""Local time as the fold counts it: hours since 0001-01-01 in the community's zone, and the periods they lie in."""

from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970 UTC; exact, where a float timestamp would round."""
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def from_micros(micros: int) -> datetime:
    """The moment that :func:`to_micros` gave *micros* for."""
    return EPOCH + timedelta(microseconds=micros)


def local_hour(moment: datetime, zone: ZoneInfo) -> int:
    """The local date's ordinal times 24, plus the hour on the clock. It repeats when clocks go back."""
    local = moment.astimezone(zone)
    return local.toordinal() * 24 + local.hour


def local_date(hour: int) -> str:
    """The ISO date of a :func:`local_hour`."""
    return date.fromordinal(hour // 24).isoformat()


def index(period: str, hour: int) -> int:
    """The number of the period that *hour* lies in; consecutive periods have consecutive numbers."""
    if period == "hour":
        return hour
    day = hour // 24
    if period == "day":
        return day
    if period == "week":
        return (day - 1) // 7  # ordinal 1 is a Monday, so these are ISO's weeks
    on = date.fromordinal(day)
    return on.year * 12 + on.month - 1 if period == "month" else on.year


def first_hour(period: str, number: int) -> int:
    """The first local hour of the period with this number."""
    if period == "hour":
        return number
    if period == "day":
        return number * 24
    if period == "week":
        return (number * 7 + 1) * 24
    on = date(number // 12, number % 12 + 1, 1) if period == "month" else date(number, 1, 1)
    return on.toordinal() * 24


def label(period: str, hour: int) -> str:
    """The period as people write it: 2024-06-01T14, 2024-06-01, 2024-W22, 2024-06, 2024."""
    on = date.fromordinal(hour // 24)
    if period == "hour":
        return f"{on.isoformat()}T{hour % 24:02}"
    if period == "day":
        return on.isoformat()
    if period == "week":
        year, week, _ = on.isocalendar()
        return f"{year}-W{week:02}"
    return f"{on.year:04}-{on.month:02}" if period == "month" else f"{on.year:04}"
