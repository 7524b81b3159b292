"""GitHub's 329 documented payloads, signed and sent over HTTP."""

import json
from collections import Counter, defaultdict
from datetime import UTC, datetime
from itertools import cycle

import pytest

from fake_host import FakeHost
from github_endpoint import signature
from laurels.domain import DOMAIN
from laurels_github import IGNORED, translate
from laurels_github.translate import TABLE, owner_of

pytestmark = pytest.mark.npm
NOW = datetime(2024, 6, 1, tzinfo=UTC)


def canonical(name, payload):
    return name, json.dumps(payload, sort_keys=True)


async def test_every_documented_payload_is_taken_and_lands_in_the_journal_or_is_ignored_by_name(examples, serve):
    endpoint = await serve()
    assert len(examples) == 329
    for name, payload in examples:
        before = len(endpoint.host.journal)
        assert 200 <= await endpoint.send(name, payload) < 300, (name, endpoint.answer)
        again = len(endpoint.host.journal)
        assert 200 <= await endpoint.send(name, payload) < 300
        assert len(endpoint.host.journal) == again, "a redelivery has no effect"
        assert again >= before
        if name in IGNORED:
            assert again == before, name
    landed = {event.id for event in endpoint.host.events}
    for name, payload in examples:
        assert name in IGNORED or {event.id for event in translate(name, payload, NOW)} & landed, name


#: What a payload is about, and when it was done, where its ids are made of that: the examples tell of some things several times.
OBJECTS = {
    "issues": "issue", "pull_request": "pull_request", "issue_comment": "comment", "pull_request_review": "review",
    "pull_request_review_comment": "comment", "discussion": "discussion", "discussion_comment": "comment", "release": "release",
    "fork": "forkee", "star": "sender",
}  # fmt: skip
WHEN = ("closed_at", "published_at", "merged_at")


def occurrence(name, payload):
    about = payload.get(OBJECTS.get(name, ""), {})
    return name, payload.get("action"), about.get("id"), payload.get("starred_at"), *(about.get(when) for when in WHEN)


async def test_distinct_payloads_have_distinct_ids_unless_they_tell_of_one_thing_done_once(examples):
    told, distinct = defaultdict(set), {canonical(*example): example for example in examples if example[0] not in IGNORED}
    for name, payload in distinct.values():
        ids = [event.id for event in translate(name, payload, NOW)]
        assert ids and len(ids) == len(set(ids))
        for id_ in ids:
            told[id_].add(canonical(name, payload))
    again = {id_: [distinct[each] for each in found] for id_, found in told.items() if len(found) > 1}
    assert all(len({occurrence(*example) for example in found}) == 1 for found in again.values())
    assert {
        ".".join(occurrence(*example)[:2]) if example[0] != "fork" else "fork" for found in again.values() for example in found
    } <= TABLE.keys()
    assert sum(count - 1 for count in Counter(canonical(*example) for example in examples).values()) == 5


async def test_an_id_depends_on_the_content_alone(examples):
    for name, payload in examples:
        shuffled = dict(reversed(payload.items()))
        later = datetime(2024, 6, 2, tzinfo=UTC)
        assert [event.id for event in translate(name, payload, NOW)] == [event.id for event in translate(name, shuffled, later)]


async def test_what_a_payload_becomes_is_what_the_table_says(examples):
    fields = {declared.name: set(declared.fields) for declared in DOMAIN}
    for name, payload in examples:
        key = f"{name}.{payload['action']}" if payload.get("action") else name
        types = {event.type for event in translate(name, payload, NOW)}
        if key not in TABLE:
            assert types <= {f"github.{key}"}
        else:
            assert types <= set(TABLE[key].makes) or types == {f"github.{key}"}
        for event in translate(name, payload, NOW):
            if not event.type.startswith("github."):
                assert set(event.data) <= fields[event.type], event.type


async def test_no_event_keeps_what_people_wrote(examples):
    for name, payload in examples:
        for event in translate(name, payload, NOW):
            body = (payload.get("comment") or payload.get("issue") or payload.get("review") or {}).get("body")
            assert not body or len(body) < 20 or body not in json.dumps(dict(event.data))


async def test_none_is_larger_than_a_journal_row_should_be(examples):
    assert all(len(json.dumps(dict(event.data))) < 4000 for name, payload in examples for event in translate(name, payload, NOW))


FAULTS = {
    "unsigned": (401, lambda body: (body, {"X_Hub_Signature_256": None})),
    "signed with another secret": (403, lambda body: (body, {"secret": "other"})),
    "a signature that is not ASCII": (403, lambda body: (body, {"X_Hub_Signature_256": "sha256=" + "é" * 64})),
    "changed after it was signed": (403, lambda body: (body + b" ", {"X_Hub_Signature_256": signature(body)})),
    "without its event": (400, lambda body: (body, {"X_GitHub_Event": None})),
    "truncated": (400, lambda body: (body[: len(body) // 2], {})),
    "not JSON": (400, lambda body: (b"it was " + body, {})),
    "invalid UTF-8": (400, lambda body: (body.replace(b"a", b"\xff"), {})),
    "a JSON list": (400, lambda body: (b"[" + body + b"]", {})),
    "another content type": (400, lambda body: (body, {"Content_Type": "text/plain"})),
    "said to be compressed": (400, lambda body: (body, {"Content_Encoding": "gzip"})),
    "nested 50,000 deep": (400, lambda body: (b'{"a":' * 50_000 + body + b"}" * 50_000, {})),
    "over the bound": (413, lambda body: (body + b" " * 100_000, {})),
}


async def test_none_is_taken_with_a_fault(examples, serve):
    endpoint = await serve(max_body=60_000)
    faults = cycle(FAULTS.items())
    for name, payload in examples:
        for _ in range(2):
            fault, (status, change) = next(faults)
            body, how = change(json.dumps(payload, ensure_ascii=False).encode())
            status = 413 if len(body) > 60_000 and status == 400 else status
            assert await endpoint.post(body, name, **how) == status, (name, fault, endpoint.answer)
    assert not endpoint.host.journal


async def test_none_is_taken_for_the_owners_of_another_community(examples, serve):
    class Everywhere(dict):
        def get(self, realm, default=None):
            return "other"

    endpoint = await serve(FakeHost(Everywhere()), communities={"acme": "acme's own"})
    for name, payload in examples:
        status = await endpoint.send(name, payload, path="/acme", secret="acme's own")
        assert status == (403 if owner_of(payload) else 202), name
        assert owner_of(payload) or name in IGNORED
    assert not endpoint.host.journal
    assert not endpoint.host.state.kept
