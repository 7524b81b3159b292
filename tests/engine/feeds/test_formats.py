"""Each format, read back as its readers read it: by feedparser, by the specification's required members, by the vocabulary."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest
from msgspec import structs

from laurels.feeds import FORMATS, Entry, Feed, Format, render

ATOM = "{http://www.w3.org/2005/Atom}"
CONTEXT = "https://www.w3.org/ns/activitystreams"
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)

ANA = Entry(
    id="tag:badges.example.org,2026:acme/award/7",
    title="Ana earned Silver Reviewer",
    person="Ana",
    badge="reviewer",
    badge_name="Reviewer",
    level_name="Silver",
    note="Fifty reviews & <counting>",
    image="https://badges.example.org/images/reviewer.png",
    time=NOON,
    updated=NOON + timedelta(hours=1),
    url="https://badges.example.org/acme/awards/7",
    person_url="https://badges.example.org/acme/people/ana",
)
BO = Entry(
    id="tag:badges.example.org,2026:acme/award/6",
    title="Bo earned Helper",
    person="Bo",
    badge="helper",
    badge_name="Helper",
    time=NOON.astimezone(timezone(timedelta(hours=-5))),
    updated=NOON,
)
FEED = Feed(
    id="tag:badges.example.org,2026:acme/recent",
    title="Acme: recent badges",
    community="Acme",
    url="https://badges.example.org/feeds/acme/recent",
    home="https://badges.example.org/acme",
    updated=NOON + timedelta(hours=2),
    entries=(ANA, BO),
    language="en",
)
PAGE = structs.replace(
    FEED, first=f"{FEED.url}?page=1", previous=f"{FEED.url}?page=1", next=f"{FEED.url}?page=3&per=2", url=f"{FEED.url}?page=2", total=5
)


def parsed(feed: Feed) -> Any:
    found = feedparser.parse(render(feed, "atom").body)
    assert not found.bozo, found.bozo_exception
    return found


def document(feed: Feed, form: Format) -> Any:
    return json.loads(render(feed, form).body)


def test_tb31_a_feed_reader_finds_the_badge_and_the_person_in_atom() -> None:
    found = parsed(FEED)
    assert (found.version, found.feed.title, found.feed.link, found.feed.id) == ("atom10", FEED.title, FEED.home, FEED.id)
    assert found.feed.language == "en"
    first, second = found.entries
    assert (first.title, first.author, first.id, first.link) == (ANA.title, "Ana", ANA.id, ANA.url)
    assert first.author_detail.href == ANA.person_url
    assert [tag.term for tag in first.tags] == ["reviewer"]
    assert first.content[0].type == "text/html"
    assert ANA.image in first.content[0].value
    assert "Fifty reviews &amp; &lt;counting&gt;" in first.content[0].value
    assert (second.title, second.author, second.link) == ("Bo earned Helper", "Bo", FEED.home)


@pytest.mark.parametrize("feed", [FEED, PAGE, structs.replace(FEED, entries=())], ids=["all", "page", "empty"])
def test_atom_has_every_element_that_rfc_4287_requires_and_none_twice(feed: Feed) -> None:
    root = ElementTree.fromstring(render(feed, "atom").body)
    assert root.tag == f"{ATOM}feed"
    for parent in [root, *root.findall(f"{ATOM}entry")]:
        for name in ("id", "title", "updated", "author"):
            assert len(parent.findall(ATOM + name)) == 1, name
        links = [(link.get("rel"), link.get("type"), link.get("hreflang")) for link in parent.findall(f"{ATOM}link")]
        assert len(links) == len(set(links))
        assert ("alternate", None, None) in links
        assert datetime.fromisoformat(parent.findtext(f"{ATOM}updated") or "").tzinfo is not None
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == feed.url  # type: ignore[union-attr]


def test_atom_says_when_the_feed_and_not_only_its_entries_changed() -> None:
    for feed in (FEED, structs.replace(FEED, entries=())):
        assert parsed(feed).feed.updated == "2026-06-01T14:00:00+00:00"


def test_times_are_told_in_utc_in_every_format() -> None:
    assert parsed(FEED).entries[1].published == "2026-06-01T12:00:00+00:00"
    assert document(FEED, "json")["items"][1]["date_published"] == "2026-06-01T12:00:00Z"
    assert document(FEED, "as2.json")["orderedItems"][1]["published"] == "2026-06-01T12:00:00Z"


def test_atom_leads_to_the_other_pages() -> None:
    links = {link.rel: link.href for link in parsed(PAGE).feed.links}
    assert (links["first"], links["previous"], links["next"]) == (PAGE.first, PAGE.previous, PAGE.next)
    assert {link.rel for link in parsed(FEED).feed.links} == {"alternate", "self"}


def test_json_feed_has_what_version_1_1_requires() -> None:
    found = document(FEED, "json")
    assert found["version"] == "https://jsonfeed.org/version/1.1"
    assert (found["title"], found["feed_url"], found["home_page_url"], found["language"]) == (FEED.title, FEED.url, FEED.home, "en")
    assert found["authors"] == [{"name": "Acme", "url": FEED.home}]
    assert "next_url" not in found
    assert found["items"][0] == {
        "id": ANA.id,
        "url": ANA.url,
        "title": ANA.title,
        "content_text": "Fifty reviews & <counting>",
        "image": ANA.image,
        "date_published": "2026-06-01T12:00:00Z",
        "date_modified": "2026-06-01T13:00:00Z",
        "authors": [{"name": "Ana", "url": ANA.person_url}],
        "tags": ["reviewer"],
    }
    for item in found["items"]:  # an item needs its id, and its text as HTML or plain
        assert isinstance(item["id"], str)
        assert item["content_text"]
    assert document(PAGE, "json")["next_url"] == PAGE.next


def test_activity_streams_is_one_collection_where_there_is_one_page() -> None:
    found = document(FEED, "as2.json")
    assert found["@context"] == [
        CONTEXT,
        {"Achievement": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Achievement"},
        {"@language": "en"},
    ]
    assert (found["type"], found["id"], found["url"], found["totalItems"]) == ("OrderedCollection", FEED.id, FEED.url, 2)
    assert found["updated"] == "2026-06-01T14:00:00Z"
    assert found["orderedItems"][0] == {
        "type": "Add",
        "id": ANA.id,
        "name": ANA.title,
        "actor": {"type": "Group", "name": "Acme", "url": FEED.home},
        "object": {"type": ["Object", "Achievement"], "name": "Reviewer", "image": ANA.image},
        "target": {"type": "Person", "name": "Ana", "url": ANA.person_url},
        "result": {"type": "Object", "name": "Silver"},
        "content": "<p>Fifty reviews &amp; &lt;counting&gt;</p>",
        "published": "2026-06-01T12:00:00Z",
        "updated": "2026-06-01T13:00:00Z",
        "url": ANA.url,
    }
    assert "result" not in found["orderedItems"][1]


def test_an_activity_streams_page_names_its_collection_and_its_neighbours() -> None:
    found = document(PAGE, "as2.json")
    assert (found["type"], found["id"]) == ("OrderedCollectionPage", PAGE.url)
    assert found["partOf"] == {"type": "OrderedCollection", "id": FEED.id, "name": FEED.title, "totalItems": 5, "first": PAGE.first}
    assert (found["prev"], found["next"], len(found["orderedItems"])) == (PAGE.previous, PAGE.next, 2)


@pytest.mark.parametrize("end", ["previous", "next"])
def test_the_first_page_and_the_last_are_pages_too(end: str) -> None:
    found = document(structs.replace(PAGE, **{end: ""}), "as2.json")
    assert found["type"] == "OrderedCollectionPage"
    assert ("prev" in found, "next" in found) == (end != "previous", end != "next")


def test_an_empty_collection_says_that_it_is_empty() -> None:
    found = document(structs.replace(FEED, entries=()), "as2.json")
    assert (found["orderedItems"], found["totalItems"]) == ([], 0)
    assert document(structs.replace(FEED, entries=()), "json")["items"] == []


def test_each_format_has_its_registered_media_type() -> None:
    assert {form: render(FEED, form).content_type for form in FORMATS} == {
        "atom": "application/atom+xml; charset=utf-8",
        "json": "application/feed+json; charset=utf-8",
        "as2.json": "application/activity+json; charset=utf-8",
    }


def test_a_time_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 6, 1)
    for wrong in ({"time": naive}, {"updated": naive}):
        with pytest.raises(ValueError, match="no time zone"):
            structs.replace(ANA, **wrong)
    with pytest.raises(ValueError, match="no time zone"):
        structs.replace(FEED, updated=naive)
