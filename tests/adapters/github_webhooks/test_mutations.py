"""Nothing that can be done to a payload makes its translation raise anything but Malformed."""

import random
from datetime import UTC, datetime

import msgspec
import pytest

from laurels.engine.intake import validate
from laurels_github import IGNORED, Malformed, translate

pytestmark = pytest.mark.npm
NOW = datetime(2024, 6, 1, tzinfo=UTC)
#: JSON's every kind, at its edges.
ODD = (
    None, True, False, 0, -1, 1, 2**53 + 1, 2**64, 10**300, 0.5, -1e308, "", "\0", "ghost", "é" * 5000, "thanks @" * 9000, "2024-13-45",
    "9999-12-31T23:59:59.999999-23:59", "0001-01-01", [], [None], [[]], {}, {"id": 1}, {"login": "x"}, {"login": [], "id": {}}, [{}] * 100,
)  # fmt: skip


def places(value, path=()):
    """The path of every value inside."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


def mutated(payload, chance):
    """A copy with one to four values dropped, made odd, or swapped for another of the payload's own."""
    copy = msgspec.json.decode(msgspec.json.encode(payload))
    for _ in range(chance.randint(1, 4)):
        # Most of a payload is repository and links; what is near the root decides more.
        found = [path for path in places(copy) if len(path) < chance.choice((2, 3, 4, 9))]
        if not found:
            return copy
        *above, last = chance.choice(found)
        owner = copy
        for key in above:
            owner = owner[key]
        if chance.random() < 0.3 and isinstance(owner, dict):
            del owner[last]
        else:
            owner[last] = chance.choice(ODD)
    return copy


def test_a_mutated_payload_becomes_sound_events_or_is_refused_by_name(examples):
    chance = random.Random(20240607)
    refused = understood = 0
    for name, payload in examples:
        for _ in range(8):
            changed = mutated(payload, chance)
            try:
                events = translate(name, changed, NOW)
            except Malformed:
                refused += 1
                continue
            understood += 1
            assert bool(events) or name in IGNORED
            for event in events:
                validate(event)
                assert event.realm == event.place.realm
                assert event.actor is None or event.actor.id.isdecimal()
                assert len(msgspec.json.encode(event)) < 200_000
    assert refused > 100
    assert understood > 1000


async def test_nor_is_one_answered_with_an_error_of_ours(examples, serve):
    endpoint, chance = await serve(), random.Random(7)
    for name, payload in chance.sample(examples, 150):
        assert await endpoint.send(name, mutated(payload, chance)) in {202, 400}


@pytest.mark.parametrize("name", ["a", "x" * 80, "issues", "ping", "_"])
def test_an_event_of_the_future_arrives_raw(name):
    payload = {"repository": {"name": "hello", "owner": {"login": "octocat"}}}
    assert all(event.type == f"github.{name}" for event in translate(name, payload, NOW))
