"""The yardstick: plain sqlite3 in one thread, doing the least SQL that leaves the same rows behind.

It gets the same events, stamps and encodes them with the project's own functions, and knows beforehand what the engine has to find out:
that no event comes twice, is late or takes another back, that nobody revoked anything, and which number wins what.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import structs

from laurels import Event
from laurels.periods import local_date, local_hour, to_micros
from laurels.stores.codec import encode_body

from .engine import events
from .workload import MESSAGE, Workload, rules

GROUP: Final = 256
UTC: Final = ZoneInfo("UTC")

_ACCOUNT = "INSERT INTO account (community, key, first_time) VALUES (1, ?, ?) RETURNING id"
_JOURNAL = """
    INSERT INTO journal (seq, community, source, id, type, time, revised, recorded, local, thing, "on", body)
    VALUES (?, 1, 'bench', ?, 'message', ?, ?, ?, ?, NULL, 1, ?)
"""
_TRACE = "INSERT INTO trace (account, type, time, seq, own) VALUES (?, ?, ?, ?, 1)"
_TALLIES = "SELECT person, value FROM tally WHERE unit = ? AND person IN (SELECT value FROM json_each(?))"
_TALLY = """
    INSERT INTO tally (unit, person, value, peak, wins, last_time, last_id) VALUES (?1, ?2, ?3, ?3, 0, ?4, ?5)
    ON CONFLICT (unit, person) DO UPDATE SET value = ?3, peak = ?3, last_time = ?4, last_id = ?5
"""
_AWARD = """
    INSERT INTO award
        (id, community, badge, person, level, occurrence, state, cause, time, event, recorded, giver, note, evidence, name, level_name)
    VALUES (?, 1, ?, ?, ?, '', 'active', ?, ?, ?, ?, '', '', '[]', ?, ?) ON CONFLICT DO NOTHING
"""
_OUTBOX = "INSERT INTO outbox (award, community, person, time, place, wanted) VALUES (?, 1, ?, ?, NULL, 1) ON CONFLICT DO NOTHING"

Entry = tuple[int, str, int, int, int, int, str]


class Raw:
    """One run over one database."""

    def __init__(self, path: Path, work: Workload) -> None:
        self.connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "temp_store=MEMORY", "cache_size=-20000"):
            self.connection.execute(f"PRAGMA {pragma}")
        self.people: dict[str, int] = dict(self.connection.execute("SELECT key, id FROM account"))
        self.badges = {
            slug: (id_, cause, name) for slug, id_, cause, name in self.connection.execute("SELECT slug, id, cause, name FROM badge")
        }
        self.goals: dict[int, list[tuple[str, int]]] = {}
        for rule in rules(work):
            for level, at in enumerate(rule.thresholds, 1):
                if rule.listens == MESSAGE:
                    self.goals.setdefault(at, []).append((rule.slug, level))
        self.unit = next(self.connection.execute("SELECT id FROM unit WHERE key LIKE '%\"message\"%' OR key LIKE '%message%'"))[0]
        self.type = self.connection.execute("INSERT INTO event_type (name) VALUES ('message') RETURNING id").fetchone()[0]
        self.award = self.connection.execute("SELECT coalesce(max(id), 0) FROM award").fetchone()[0]

    def write(self, group: Sequence[tuple[str, Entry]]) -> None:
        """One transaction."""
        run = self.connection
        run.execute("BEGIN IMMEDIATE")
        for key, entry in group:
            if key not in self.people:
                self.people[key] = run.execute(_ACCOUNT, (key, entry[2])).fetchone()[0]
        run.executemany(_JOURNAL, [entry for _, entry in group])
        run.executemany(_TRACE, [(self.people[key], self.type, entry[2], entry[0]) for key, entry in group])
        self.count(group)
        run.execute("COMMIT")

    def count(self, group: Sequence[tuple[str, Entry]]) -> None:
        """The tallies, and the awards that they reach."""
        counts = dict(self.connection.execute(_TALLIES, (self.unit, json.dumps([self.people[key] for key, _ in group]))))
        tallies: dict[int, tuple[Any, ...]] = {}
        awards: list[tuple[Any, ...]] = []
        for key, (_, id_, time, _, recorded, _, _) in group:
            person = self.people[key]
            counts[person] = value = counts.get(person, 0) + 1
            tallies[person] = (self.unit, person, value, time, id_)
            for slug, level in self.goals.get(int(value), ()):
                self.award += 1
                badge, cause, name = self.badges[slug]
                awards.append((self.award, badge, person, level, cause, time, id_, recorded, name, f"Level {level}"))
        self.connection.executemany(_TALLY, tallies.values())
        if awards:
            self.connection.executemany(_AWARD, awards)
            self.connection.executemany(_OUTBOX, [(award[0], award[2], award[5]) for award in awards])


def entry(seq: int, event: Event) -> tuple[str, Entry]:
    """The journal's row of an event, with the key of its account."""
    if event.actor is None:
        raise ValueError("every event of the benchmark has an actor")
    time, local = to_micros(event.time), local_hour(event.time, UTC)
    stamped = structs.replace(event, data={**event.data, "local_date": local_date(local)})
    return event.actor.key, (seq, event.id, time, time, time, local, encode_body(stamped))


def run(path: Path, work: Workload, limit: int | None = None) -> float:
    """Write everything; the seconds that it took, from the same events that the engine gets to the same rows."""
    its = list(enumerate(events(work, limit), 1))
    raw = Raw(path, work)
    with closing(raw.connection):
        begun = perf_counter()
        for group in _groups(its):
            raw.write([entry(seq, event) for seq, event in group])
        return perf_counter() - begun


def _groups(its: Sequence[tuple[int, Event]]) -> Iterator[Sequence[tuple[int, Event]]]:
    for start in range(0, len(its), GROUP):
        yield its[start : start + GROUP]
