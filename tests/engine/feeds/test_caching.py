"""Who has the feed already is told so, and only who has it."""

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from msgspec import structs

from laurels.feeds import FORMATS, Entry, Feed, render

WHEN = datetime(2026, 6, 1, 14, 30, 15, 999, tzinfo=timezone(timedelta(hours=2)))
ENTRY = Entry(id="urn:x:1", title="Ana earned Helper", person="Ana", badge="helper", badge_name="Helper", time=WHEN, updated=WHEN)
FEED = Feed(id="urn:x", title="f", community="c", url="https://e.org/f", home="https://e.org/", updated=WHEN, entries=(ENTRY,))
SENT = render(FEED, "atom")


def has_it(**headers: Any) -> bool:
    return SENT.unchanged(**headers)


def test_the_same_feed_has_the_same_bytes_and_tag() -> None:
    assert [render(FEED, form) for form in FORMATS] == [render(FEED, form) for form in FORMATS]


def test_every_format_and_every_change_has_a_tag_of_its_own() -> None:
    withdrawn = structs.replace(FEED, entries=())
    tags = {render(feed, form).etag for form in FORMATS for feed in (FEED, withdrawn)}
    assert len(tags) == 6
    assert all(tag.startswith('"') and tag.endswith('"') and tag.count('"') == 2 for tag in tags)


def test_the_last_change_is_told_as_http_writes_times() -> None:
    assert SENT.last_modified == "Mon, 01 Jun 2026 12:30:15 GMT"


@pytest.mark.parametrize("header", [SENT.etag, f"W/{SENT.etag}", f'"other", {SENT.etag}', f'"other",W/{SENT.etag}', "*", " * "])
def test_a_known_tag_means_unchanged(header: str) -> None:
    assert has_it(if_none_match=header)


@pytest.mark.parametrize("header", ['"other"', "", SENT.etag.strip('"'), SENT.etag[:-2] + '"', "nonsense"])
def test_any_other_tag_means_changed(header: str) -> None:
    assert not has_it(if_none_match=header)


def test_the_tag_decides_where_there_is_one() -> None:
    assert not has_it(if_none_match='"other"', if_modified_since=SENT.last_modified)
    assert not has_it(if_none_match="", if_modified_since=SENT.last_modified)
    assert has_it(if_none_match=SENT.etag, if_modified_since="Mon, 01 Jun 2020 00:00:00 GMT")


@pytest.mark.parametrize(
    ("header", "same"),
    [
        ("Mon, 01 Jun 2026 12:30:15 GMT", True),
        ("Mon, 01 Jun 2026 12:30:16 GMT", True),
        ("Mon, 01 Jun 2026 12:30:14 GMT", False),
        ("Monday, 01-Jun-26 12:30:15 GMT", True),
        ("Mon Jun  1 12:30:15 2026", True),
        ("last week", False),
        ("", False),
        ("Mon, 99 Jun 2026 12:30:15 GMT", False),
    ],
)
def test_a_time_tells_it_to_the_second_in_any_of_https_three_forms(header: str, same: bool) -> None:
    assert has_it(if_modified_since=header) is same


def test_who_asks_for_nothing_special_gets_the_feed() -> None:
    assert not has_it()
