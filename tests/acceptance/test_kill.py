"""Killed at any moment, laurels loses nothing and does nothing twice."""

import asyncio
import hashlib
import hmac
import json
import multiprocessing
import os
import random
import socket
import sqlite3
import sys
from collections import Counter
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import msgspec
import pytest

import kill_server

KILLS, EVENTS, PEOPLE = 50, 5_000, 40


def webhooks() -> list[tuple[bytes, int]]:
    """Issues opened since yesterday (what is older is not announced any more), as GitHub sends them, and by whom."""
    rng, start = random.Random(4), datetime.now(UTC) - timedelta(hours=20)
    found = []
    for number in range(EVENTS):
        author = int(PEOPLE * rng.random() ** 2) + 1
        user = {"id": author, "login": f"u{author}", "type": "User"}
        issue = {
            "id": 1_000 + number, "number": number, "user": user, "labels": [], "title": "x", "author_association": "MEMBER",
            "created_at": (start + timedelta(seconds=10 * number)).isoformat(), "html_url": "https://example.org/x",
        }  # fmt: skip
        repository = {"id": 1, "name": "site", "full_name": "acme/site", "private": False, "owner": {"login": "acme", "id": 2}}
        body = {"action": "opened", "issue": issue, "repository": repository, "sender": user}
        found.append((json.dumps(body).encode(), author))
    return found


def headers(body: bytes, delivery: str) -> dict[str, str]:
    signature = hmac.new(kill_server.SECRET.encode(), body, hashlib.sha256).hexdigest()
    return {
        "content-type": "application/json", "x-github-event": "issues", "x-github-delivery": delivery,
        "x-hub-signature-256": f"sha256={signature}",
    }  # fmt: skip


class Server:
    """The server, started again and again on one port and database: forked from a process that has imported it, and nothing else."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload([kill_server.__name__])

    async def start(self) -> None:
        self.child = self.context.Process(target=kill_server.run, args=(self.folder, self.port))
        self.child.start()
        async with asyncio.timeout(30):
            while not await self._answers():
                assert self.child.is_alive(), (self.folder / "log").read_text()[-2000:]
                await asyncio.sleep(0.02)

    async def _answers(self) -> bool:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", self.port)
        except OSError:
            return False
        writer.close()
        return True

    async def kill(self) -> None:
        self.child.kill()
        await asyncio.to_thread(self.child.join)


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def deliver(session: aiohttp.ClientSession, url: str, body: bytes, number: int) -> None:
    """Send one webhook until it is taken, as a patient client does."""
    attempt = 0
    while True:
        attempt += 1
        with suppress(aiohttp.ClientError, asyncio.TimeoutError):
            async with session.post(url, data=body, headers=headers(body, f"{number}-{attempt}")) as answer:
                if answer.status < 300:
                    return
        await asyncio.sleep(0.05)


async def send(url: str, hooks: list[tuple[bytes, int]], gate: asyncio.Semaphore) -> None:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(10)) as session:

        async def one(number: int) -> None:
            async with gate:
                await deliver(session, url, hooks[number][0], number)

        async with asyncio.TaskGroup() as tasks:
            for number in range(len(hooks)):
                tasks.create_task(one(number))


@pytest.mark.timeout(400)
async def test_nothing_is_lost_or_doubled_by_fifty_kills(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))  # where the process that forks finds the server
    rng, hooks = random.Random(5), webhooks()
    server = Server(tmp_path)
    url = f"http://127.0.0.1:{server.port}/webhooks/github"
    share = EVENTS // KILLS
    await server.start()
    try:
        for kill in range(KILLS):
            part = asyncio.create_task(send(url, hooks[kill * share : (kill + 1) * share], asyncio.Semaphore(32)))
            await asyncio.sleep(rng.random() * 0.3)
            await server.kill()
            await server.start()
            await part
        await rest(tmp_path / "x.db")
    finally:
        await server.kill()

    wanted = expected(hooks)
    with closing(sqlite3.connect(tmp_path / "x.db")) as database:
        assert database.execute("SELECT count(*) FROM journal WHERE type = 'issue.opened'").fetchone() == (EVENTS,)
        assert database.execute("SELECT sum(value) FROM tally").fetchone() == (EVENTS,)
        rows = database.execute(
            "SELECT a.key, b.slug, w.level FROM award w JOIN badge b ON b.id = w.badge JOIN account a ON a.id = w.person "
            "WHERE state = 'active'"
        ).fetchall()
        untold = database.execute("SELECT count(*) FROM outbox WHERE shown <> 'won'").fetchone()
    assert Counter(rows) == Counter(wanted)
    assert untold == (0,)
    keys = [msgspec.json.decode(line)["key"] for line in (tmp_path / "posts").read_text().splitlines()]
    assert Counter(keys) == Counter(set(keys))
    assert told(tmp_path / "posts") == {(person, badge) for person, badge, _ in wanted}


def expected(hooks: list[tuple[bytes, int]]) -> list[tuple[str, str, int]]:
    opened = Counter(author for _, author in hooks)
    levels = [(f"github:{who}", "opener", n) for who, count in opened.items() for n, at in enumerate(kill_server.LEVELS, 1) if count >= at]
    return levels + [(person, "meta", 1) for person, badge, level in levels if (badge, level) == ("opener", 2)]


def told(posts: Path) -> set[tuple[str, str]]:
    """Who was said to have won what."""
    announcements = [msgspec.json.decode(line) for line in posts.read_text().splitlines()]
    return {(f"github:{a['person'].removeprefix('u')}", won["badge"]) for a in announcements for won in a["won"]}


async def rest(path: Path) -> None:
    """Wait until everything is counted, settled and told."""
    waiting = "SELECT (SELECT count(*) FROM work) + (SELECT count(*) FROM due) + (SELECT count(*) FROM outbox WHERE shown <> 'won')"
    async with asyncio.timeout(60):
        with closing(sqlite3.connect(path)) as database:
            while database.execute(waiting).fetchone() != (0,):
                await asyncio.sleep(0.05)
