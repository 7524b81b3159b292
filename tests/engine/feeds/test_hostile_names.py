"""Whatever people call themselves and write, the feed stays a feed and says what they wrote."""

import json
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from laurels.feeds import FORMATS, Entry, Feed, render

ATOM = "{http://www.w3.org/2005/Atom}"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
ENTRY = Entry(id="urn:x:1", title="t", person="p", badge="b", badge_name="B", time=NOON, updated=NOON)
FEED = Feed(id="urn:x", title="f", community="c", url="https://e.org/f", home="https://e.org/", updated=NOON)

KEPT = {
    "cdata": "]]>",
    "markup": "<script>alert(1)</script>",
    "entity": "&lt;b&gt; &amp; &#0; &nbsp;",
    "quotes": '"it\'s"',
    "emoji": "👩‍👩‍👧 🏆",
    "hebrew": "מבקר כסף",
    "arabic": "مراجع فضي",
    "comment": "<!-- --> <?php ?>",
    "doctype": '<!DOCTYPE x [<!ENTITY a "a">]>&a;',
}
LOST = {
    "nul": ("A\0na", "Ana"),
    "escape": ("A\x1b[31mna", "A[31mna"),
    "vertical tab": ("An\x0ba", "Ana"),
    "c1": ("A\x85na\x9f", "Ana"),
    "surrogate": ("A\ud800na", "Ana"),
    "nonsense": ("A\ufffe\uffff\U0001ffffna", "Ana"),
    "overriding": ("A\u202ena\u2066", "Ana"),
    "lines": (" A\r\nna\t", "A na"),
}


def named(name: str) -> Feed:
    entry = structs.replace(ENTRY, title=f"{name} earned it", person=name, badge=name, badge_name=name, level_name=name, note=name)
    return structs.replace(FEED, title=name, community=name, entries=(entry,))


def texts(feed: Feed) -> list[tuple[str, str]]:
    """What each format says of (title, person)."""
    atom = ElementTree.fromstring(render(feed, "atom").body).find(f"{ATOM}entry")
    assert atom is not None
    item = json.loads(render(feed, "json").body)["items"][0]
    activity = json.loads(render(feed, "as2.json").body)["orderedItems"][0]
    return [
        (atom.findtext(f"{ATOM}title") or "", atom.findtext(f"{ATOM}author/{ATOM}name") or ""),
        (item["title"], item["authors"][0]["name"]),
        (activity["name"], activity["target"]["name"]),
    ]


@pytest.mark.parametrize("name", KEPT.values(), ids=KEPT)
def test_what_a_feed_can_hold_arrives_as_it_was_written(name: str) -> None:
    assert texts(named(name)) == [(f"{name} earned it", name)] * 3


@pytest.mark.parametrize(("name", "left"), LOST.values(), ids=LOST)
def test_what_no_feed_can_hold_is_left_out(name: str, left: str) -> None:
    assert texts(named(name)) == [(f"{left} earned it", left)] * 3


def test_markup_in_a_note_is_text_where_the_format_means_html() -> None:
    feed = named("<script>alert(1)</script>")
    entry = ElementTree.fromstring(render(feed, "atom").body).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}content") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert json.loads(render(feed, "as2.json").body)["orderedItems"][0]["content"] == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert json.loads(render(feed, "json").body)["items"][0].keys().isdisjoint({"content_html"})


def test_a_badge_name_can_not_leave_the_attribute_it_stands_in() -> None:
    entry = structs.replace(ENTRY, badge_name='" onerror="alert(1)', image='https://e.org/"><script>.png')
    body = render(structs.replace(FEED, entries=(entry,)), "atom").body
    html = ElementTree.fromstring(body).findtext(f"{ATOM}entry/{ATOM}content") or ""
    assert html.count('"') == 4
    assert "<script" not in html


BAD_URLS = [
    "javascript:alert(1)",
    " javascript:alert(2)",
    "javascript://evil.test/%0Aalert(3)",
    "data:text/html,x",
    "ftp://evil.test/x",
    "file:///etc/passwd",
    "//evil.test",
    "https:///no-host",
    "http://[",
]


@pytest.mark.parametrize("url", BAD_URLS)
def test_addresses_that_are_not_the_webs_are_left_out(url: str) -> None:
    feed = structs.replace(FEED, entries=(structs.replace(ENTRY, image=url, url=url, person_url=url),), next=url)
    for form in FORMATS:
        assert url.strip() not in render(feed, form).body.decode()


@given(st.text(st.characters(), max_size=60))
def test_any_text_at_all_gives_well_formed_documents(name: str) -> None:
    feed: Any = named(name)
    assert not feedparser.parse(render(feed, "atom").body).bozo
    titles = {title for title, _ in texts(feed)}
    assert len(titles) == 1
