"""Civil time, for the models: periods as their first moments, in local time without a zone."""

from datetime import datetime, timedelta

LABEL = {"hour": "%Y-%m-%dT%H", "day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
LONGEST = {"hour": timedelta(hours=1), "day": timedelta(1), "week": timedelta(7), "month": timedelta(31), "year": timedelta(366)}
UNIT = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def duration(text: str) -> timedelta:
    return timedelta(**{UNIT[text[-1]]: float(text[:-1])})


def begin(moment: datetime, per: str) -> datetime:
    """When the period that *moment* is in began."""
    hour = moment.replace(minute=0, second=0, microsecond=0, tzinfo=None, fold=0)
    day = hour.replace(hour=0)
    starts = {"hour": hour, "week": day - timedelta(day.weekday()), "month": day.replace(day=1), "year": day.replace(month=1, day=1)}
    return starts.get(per, day)


def after(period: datetime, per: str) -> datetime:
    """The period after *period*."""
    return begin(period + LONGEST[per], per)


def label(moment: datetime, per: str) -> str:
    return begin(moment, per).strftime(LABEL[per])
