"""Writing what the engine decided: one transaction, sets of rows."""

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from ...records import AwardChange, Changes, Due, Key, Stale
from ..codec import encode
from . import boards, files, forgetting, rewards, wide
from .fold import Fold

_UNTRACE = "DELETE FROM trace WHERE account = ? AND type = ? AND time = ? AND seq = ?"
_TRACE = "INSERT INTO trace (account, type, time, seq, own) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET own = max(own, excluded.own)"
_TALLY = """
    INSERT INTO tally (unit, person, value, peak, wins, last_time, last_id, extra) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (unit, person) DO UPDATE SET value = excluded.value, peak = excluded.peak, wins = excluded.wins,
        last_time = excluded.last_time, last_id = excluded.last_id, extra = excluded.extra
"""
_GIVEN = """
    INSERT INTO given (unit, recipient, subject, level, occurrence, time, event, seq, note, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET time = excluded.time, event = excluded.event, seq = excluded.seq, note = excluded.note,
        evidence = excluded.evidence
    WHERE (excluded.time, excluded.event) < (time, event)
"""
_RULING = """
    INSERT INTO ruling (seq, badge, account, level, occurrence, kind, cause, time, event, giver, note, evidence)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_DUE = """
    INSERT INTO due (unit, person, whole, silent, at, attempts, failed, error, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (unit, person) DO UPDATE SET whole = max(whole, excluded.whole), silent = min(silent, excluded.silent),
        at = CASE WHEN excluded.attempts > 0 THEN excluded.at WHEN attempts > 0 THEN at ELSE min(at, excluded.at) END,
        failed = CASE WHEN excluded.attempts > 0 THEN excluded.failed ELSE failed END,
        error = CASE WHEN excluded.attempts > 0 THEN excluded.error ELSE error END,
        attempts = CASE WHEN excluded.attempts > 0 THEN excluded.attempts ELSE attempts END,
        place = coalesce(excluded.place, place), stamp = stamp + 1
"""
# With a position: those seen by then, and whole where the fold has come further already, as a single step can't go back.
ENROLL = """
    INSERT INTO due (unit, person, whole, silent, at, attempts, failed, error, place)
    SELECT DISTINCT ?2, coalesce(person, id), ?3 OR EXISTS (
        SELECT 1 FROM tally WHERE unit = ?2 AND tally.person = coalesce(account.person, account.id) AND (last_time, last_id) > (?5, ?6)
    ), ?4, 0, 0, NULL, '', NULL FROM account
    WHERE community = ?1 AND (?5 IS NULL OR first_time <= ?5) AND key <> 'laurels:everyone'
    ON CONFLICT (unit, person) DO UPDATE SET whole = max(whole, excluded.whole), silent = min(silent, excluded.silent), at = 0,
        stamp = stamp + 1
"""
_STALE = """
    SELECT 1 FROM json_each(?) p LEFT JOIN due d ON d.unit = p.value ->> 0 AND d.person = p.value ->> 1 WHERE d.stamp IS NOT p.value ->> 2
"""
_LAST_AWARD = "SELECT coalesce(max(id), 0) FROM award"
_AWARD = """
    INSERT INTO award (community, badge, person, level, occurrence, state, cause, time, event, recorded, giver, note, evidence, name,
        level_name, expires, hidden)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""
_NEW_AWARDS = "SELECT id, badge, person, level, occurrence FROM award WHERE id > ?"
_CHANGE_AWARD = """
    UPDATE award SET state = ?, cause = ?, time = ?, event = ?, giver = coalesce(nullif(?, ''), giver),
        note = coalesce(nullif(?, ''), note), evidence = coalesce(nullif(?, '[]'), evidence), expires = ?
    WHERE id = ?
"""
# What was made silently, and lost, is news when it is won.
_OUTBOX_LATER = """
    INSERT INTO outbox (award, community, person, time, place, wanted)
    SELECT id, community, person, ?, ?, 1 FROM award WHERE id = ? AND state IN ('withdrawn', 'merged') ON CONFLICT DO NOTHING
"""
_OUTBOX = "INSERT INTO outbox (award, community, person, time, place, wanted) VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING"
# An award, and its twins: those that were won under other accounts of the person, before these were linked. What was said of them holds.
_TWINS = """
    (SELECT ?2 UNION ALL SELECT t.id FROM award mine JOIN account a ON a.person = mine.person
        JOIN award t ON t.badge = mine.badge AND t.person = a.id AND t.level = mine.level AND t.occurrence = mine.occurrence
    WHERE mine.id = ?2 AND t.state = 'merged')
"""
_QUIET = "UPDATE outbox SET fate = 'quiet' WHERE shown = '' AND fate = ''"
_WANTED = f"UPDATE outbox SET wanted = ?1 WHERE award IN {_TWINS}"  # noqa: S608  # constants
_REPOST = f"""
    UPDATE post SET due = 1, at = 0, attempts = 0 WHERE id IN (SELECT post FROM outbox WHERE wanted <> ?1 AND award IN {_TWINS})
"""  # noqa: S608  # constants


class Commit(Fold):
    """The one verb that writes what was decided."""

    def __init__(self) -> None:
        super().__init__()
        self._types: dict[str, int] = {}

    async def commit(self, changes: Changes) -> Sequence[AwardChange]:
        """Write it all in one transaction; the awards that are new."""
        community = await self.community_id(changes.community)
        types = await self._intern({row[1] for row in changes.traced} | {row[1] for row in changes.untraced})

        touched = sorted({change.person for change in changes.awards} | changes.shown)
        linked = {id_ for link in changes.links for id_ in link if id_ is not None}
        gone = set(changes.forgotten.accounts) if changes.forgotten is not None else set()
        statements = [(sql, rows) for sql, rows in _statements(changes, community, types) if rows]

        def step(connection: sqlite3.Connection) -> list[AwardChange]:
            _assert_fresh(connection, changes.settled)
            rewards.mark(connection, linked | gone)  # by what their accounts are called, and whose they are, as yet
            for sql, rows in statements:
                wide.execute(connection, sql, rows)
            new = _award(connection, changes, community)
            boards.mark(connection, community, touched)
            rewards.mark(connection, {*touched, *linked} - gone)
            if changes.forgotten is not None:
                forgetting.forget(connection, community, changes.forgotten)
            files.drop(connection, community, changes.dropped)
            files.save(connection, community, changes.saved)
            if changes.done:
                connection.execute("DELETE FROM work WHERE seq IN (SELECT value FROM json_each(?))", (encode(changes.done),))
            return new

        new = await self.db.writer.step(step)
        self.forget_events(changes.done)
        if changes.links or changes.forgotten is not None:
            self.forget_people()
        return new

    async def _intern(self, names: set[str]) -> dict[str, int]:
        missing = [name for name in names if name not in self._types]
        if missing:

            def step(connection: sqlite3.Connection) -> dict[str, int]:
                connection.executemany("INSERT INTO event_type (name) VALUES (?) ON CONFLICT DO NOTHING", [(n,) for n in missing])
                return dict(connection.execute("SELECT name, id FROM event_type").fetchall())

            self._types.update(await self.db.writer.step(step))
        return self._types


def _assert_fresh(connection: sqlite3.Connection, settled: list[Due]) -> None:
    """Raise Stale where something became due again while it was settled."""
    stamps = encode([(*due.pair, due.stamp) for due in settled])
    if settled and any(connection.execute(_STALE, (stamps,))):
        raise Stale("what was settled has become due again")


def _statements(changes: Changes, community: int, types: dict[str, int]) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """Everything but awards, in an order in which later rows may rest on earlier ones."""
    tallies = [
        (*pair, t.value, t.peak, t.wins, *t.last, encode(t.extra) if t.extra else None) for pair, t in changes.tallies.items()
    ]  # fmt: skip
    seen = [(*pair, value) for pair, tally in changes.tallies.items() for value in tally.fresh]
    given = [(g.unit, g.account or g.recipient, g.subject, *g.key, *g.position, g.seq, g.note, encode(g.evidence)) for g in changes.given]
    rulings = [
        (r.seq, r.badge, account, *r.key, r.kind, r.cause, *r.position, r.giver, r.note, encode(r.evidence))
        for account, r in changes.rulings
    ]  # fmt: skip
    dues = [(*d.pair, d.whole, d.silent, d.at, d.attempts, d.failed, d.error, d.place) for d in changes.due.values()]
    return [
        ("UPDATE account SET person = ? WHERE id = ?", [(person, account) for account, person in changes.links]),
        ("UPDATE award SET hidden = ? WHERE id = ?", [(hidden, award) for award, hidden in changes.hidden]),
        (f"{_QUIET} AND award = ?", [(award,) for award, hides in changes.hidden if hides]),
        (f"{_QUIET} AND person = ?", [(person,) for person in changes.muted]),
        (_UNTRACE, [(account, types[type_], time, seq) for account, type_, time, seq in changes.untraced]),
        (_TRACE, [(account, types[type_], time, seq, int(own)) for account, type_, time, seq, own in changes.traced]),
        (
            "UPDATE account SET first_time = ?2 WHERE id = ?1 AND coalesce(first_time, ?2) >= ?2",
            list(changes.firsts.items()),
        ),
        ("DELETE FROM seen WHERE unit = ? AND person = ?", [tuple(pair) for pair in changes.reset]),
        (_TALLY, tallies),
        ("INSERT INTO seen (unit, person, value) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", seen),
        ("DELETE FROM given WHERE unit = ? AND subject = ?", [tuple(pair) for pair in changes.ungiven]),
        (_GIVEN, given),
        (_RULING, rulings),
        (
            "INSERT INTO undone (seq, community, cause, time, event) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(seq, community, cause, *position) for seq, cause, position in changes.undone],
        ),
        ("DELETE FROM due WHERE unit = ? AND person = ?", [tuple(due.pair) for due in changes.settled]),
        ("UPDATE due SET stamp = stamp + 1, at = 0 WHERE person = ?", [(person,) for person in changes.unowed]),
        (_DUE, dues),
        (ENROLL, [(community, unit, False, False, *position) for unit, position in changes.enrolled]),
        (
            "INSERT INTO settled (badge, person) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [tuple(pair) for pair in changes.evaluated],
        ),
        (
            "INSERT INTO frozen (unit, person, seq, state) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(*pair, seq, state) for pair, seq, state in changes.frozen],
        ),
        (
            "INSERT INTO parked (unit, person, seq, error, time) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(*p.pair, p.seq, p.error, p.time) for p in changes.parked],
        ),
        ("UPDATE unit SET reads = ? WHERE id = ?", [(encode(reads), unit) for unit, reads in changes.reads.items()]),
    ]


def _award(connection: sqlite3.Connection, changes: Changes, community: int) -> list[AwardChange]:
    """Make, withdraw and bring back awards, and say so in the outbox."""
    fresh = [change for change in changes.awards if not change.id]
    known = [change for change in changes.awards if change.id]
    new = _insert(connection, fresh, community, changes.now) if fresh else []
    if known:
        won = [(c.position[0], c.place, c.id) for c in known if c.state == "active" and not c.silent]
        connection.executemany(_OUTBOX_LATER, won)
        connection.executemany(_CHANGE_AWARD, [
            (c.state, c.cause, *c.position, c.giver, c.note, encode(c.evidence), c.expires, c.id) for c in known
        ])  # fmt: skip
        standing = [(c.state == "active", c.id) for c in known if c.state != "merged"]  # its twin stands: nothing to correct
        connection.executemany(_REPOST, standing)
        connection.executemany(_WANTED, standing)
    return new


def _insert(connection: sqlite3.Connection, fresh: list[AwardChange], community: int, now: int) -> list[AwardChange]:
    ((last,),) = connection.execute(_LAST_AWARD)
    wide.execute(connection, _AWARD, [
        (
            community, c.badge, c.person, *c.key, c.state, c.cause, *c.position, now, c.giver, c.note, encode(c.evidence),
            c.name, c.level_name, c.expires, c.hidden,
        )
        for c in fresh
    ])  # fmt: skip
    ids = {(badge, person, Key(level, occ)): id_ for id_, badge, person, level, occ in connection.execute(_NEW_AWARDS, (last,))}
    new = [replace(c, id=ids[c.badge, c.person, c.key]) for c in fresh if (c.badge, c.person, c.key) in ids]
    told = [(c.id, community, c.person, c.position[0], c.place) for c in new if c.state == "active" and not c.silent]
    if told:
        wide.execute(connection, _OUTBOX, told)
    return new
