from datetime import timedelta

import pytest

from laurels import durations


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("60s", timedelta(seconds=60)),
        ("15m", timedelta(minutes=15)),
        ("12h", timedelta(hours=12)),
        ("7d", timedelta(days=7)),
        ("2w", timedelta(days=14)),
        ("36525d", timedelta(days=36_525)),
    ],
)
def test_a_duration_is_a_whole_number_and_a_unit(text, duration):
    assert durations.parse(text) == duration


@pytest.mark.parametrize("text", ["", "7", "d", "7 d", "1.5h", "-1d", "7y", "\u0667d", "1d12h", "7D"])
def test_anything_else_is_refused_with_what_to_write(text):
    with pytest.raises(ValueError, match=r"is no duration: write a whole number and one of s, m, h, d, w, like '7d'$"):
        durations.parse(text)


@pytest.mark.parametrize("text", ["0s", "36526d", "999999999999w"])
def test_nothing_and_for_ever_are_no_durations(text):
    with pytest.raises(ValueError, match=r"is no usable duration"):
        durations.parse(text)
