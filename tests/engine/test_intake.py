"""The local hour that an event is stamped with."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from laurels.engine.intake import Hours
from laurels.periods import local_date, local_hour, to_micros


@pytest.mark.parametrize(
    ("zone", "around"),
    [
        ("Europe/Berlin", datetime(2024, 3, 31, 1, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2024, 10, 27, 1, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2024, 4, 6, 15, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2024, 1, 1, tzinfo=UTC)),
        ("Africa/Monrovia", datetime(1972, 1, 7, tzinfo=UTC)),  # 44 minutes and 30 seconds, until that day
    ],
)
def test_what_is_remembered_of_an_hour_is_right_at_every_moment(zone, around):
    hours = Hours(ZoneInfo(zone))
    for step in (*range(-400, 400), *range(400, -400, -7)):
        moment = around + timedelta(seconds=23 * step, microseconds=step)
        hour = local_hour(moment, ZoneInfo(zone))
        assert hours.at(to_micros(moment)) == (hour, local_date(hour))


def test_microseconds_are_exact_before_and_after_1970():
    for moment in (
        datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(2124, 2, 29, 1, 2, 3, 4, UTC),
    ):
        assert to_micros(moment) == (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
