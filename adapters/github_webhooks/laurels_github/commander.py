"""Answering commands, behind the webhook's back: GitHub waits ten seconds at most, and what is answered must outlive a crash."""

import asyncio
import time
from typing import Final

import msgspec
import structlog
from msgspec import Struct, field, structs

from laurels import Host, Later, Unreachable

from .access import Access
from .commands import Asked
from .posts import NAME, Posts
from .render import answer, marker
from .roles import Roles

_INDEX: Final = "commands"
LEASE: Final = 30.0  # seconds for which a command is left to the process that has it
_PATIENCE: Final = 24 * 3600.0  # seconds after which an answer would surprise more than it helps
_REMEMBERED: Final = 30 * 24 * 3600.0  # seconds; GitHub delivers again what is up to three days old
_AT_ONCE: Final = 4
_TRIES: Final = 5  # of what fails for a reason that is not GitHub's

_SEEN, _DONE, _REFUSED = "eyes", "+1", "confused"

_log = structlog.get_logger(__name__)


class Index(Struct):
    """The comments with commands: *waiting* to be answered, and *done*, when."""

    waiting: list[str] = field(default_factory=list)
    done: dict[str, float] = field(default_factory=dict)


class Job(Struct):
    """A command on its way, taken at *since*, left to the process that has it until *until*; *body* is the answer, once given."""

    asked: Asked
    since: float
    until: float
    body: str = ""
    ok: bool = True


class Commander:
    """Keeps commands, and answers each by one comment: seen, asked, answered, in whatever process gets that far."""

    def __init__(self, access: Access, host: Host) -> None:
        self._access, self._host, self._roles = access, host, Roles()
        self._queue: asyncio.Queue[tuple[str, bool]] = asyncio.Queue()
        self._lock, self._gate = asyncio.Lock(), asyncio.Semaphore(_AT_ONCE)

    async def keep(self, asked: Asked) -> None:
        """Take a command; returns once it is durable. One that was taken already is not taken again."""
        async with self._lock:
            index, now = await self._index(), time.time()
            if asked.comment in index.done or await self._job(asked.comment) is not None:
                return
            # The list first: a command that is in no list would be found by nobody after a crash.
            await self._save(Index(list(dict.fromkeys([*index.waiting, asked.comment])), index.done))
            await self._put(Job(asked, now, now + LEASE))
        self._queue.put_nowait((asked.comment, True))

    async def run(self) -> None:
        """Answer what is kept until cancelled, beginning with what a crash left behind."""
        async with asyncio.TaskGroup() as tasks:
            for comment in (await self._index()).waiting:
                tasks.create_task(self._guarded(comment, own=False))
            while True:
                comment, own = await self._queue.get()
                tasks.create_task(self._guarded(comment, own=own))

    async def _guarded(self, comment: str, *, own: bool) -> None:
        try:
            await self._work(comment, own=own)
        except Exception:  # the store's trouble; the command waits there until the next start
            _log.exception("command not answered", comment=comment)

    async def _work(self, comment: str, *, own: bool) -> None:
        """Try until it is answered, or never will be. What is not its *own* is left to the process that has it for as long as it may."""
        tries = 0
        while (job := await self._job(comment)) is not None:
            if not own and (wait := job.until - time.time()) > 0:
                await asyncio.sleep(wait)
                continue
            own, tries = True, tries + 1
            pause = await self._tried(job, tries)
            if pause is None or time.time() + pause - job.since > _PATIENCE:
                break
            await self._renew(job, pause)
            await asyncio.sleep(pause)
        await self._finish(comment)

    async def _tried(self, job: Job, tries: int) -> float | None:
        """Seconds until it is worth another try, or None."""
        try:
            await self._renew(job)
            async with self._gate:
                await self._answer(job)
        except Later as later:
            return later.seconds
        except Unreachable as gone:
            _log.warning("command can't be answered", comment=job.asked.command.message, why=str(gone))
        except Exception:
            _log.exception("command not answered", comment=job.asked.command.message)
            return None if tries >= _TRIES else 2.0**tries
        return None

    async def _answer(self, job: Job) -> None:
        """Ask once, though it may take several tries to tell the answer."""
        asked, known = job.asked, bool(job.body)
        place, key = asked.command.place, f"command:{asked.comment}"
        if not NAME.fullmatch(place.channel):
            raise Unreachable(f"{place.channel!r} is no repository")
        owner = place.channel.partition("/")[0]
        if not known:
            async with self._access.api(owner, asked.installation) as github:
                await self._react(Posts(github, place.channel), asked, _SEEN)
                roles = await self._roles.of(github, asked)
            reply = await self._host.ask(structs.replace(asked.command, roles=roles))
            job.body, job.ok = answer(reply, key), reply.ok
            await self._renew(job)
        async with self._access.api(owner, asked.installation) as github:
            posts = Posts(github, place.channel)
            if not (known and await posts.find(place.thread, marker(key))):
                await posts.write(place.thread, job.body)
            await self._react(posts, asked, _DONE if job.ok else _REFUSED)

    async def _react(self, posts: Posts, asked: Asked, content: str) -> None:
        if refused := await posts.react(asked.comment, content):
            _log.warning("no reaction", comment=asked.command.message, why=refused)

    async def _finish(self, comment: str) -> None:
        async with self._lock:
            index, now = await self._index(), time.time()
            done = {id_: when for id_, when in index.done.items() if when > now - _REMEMBERED} | {comment: now}
            await self._save(Index([id_ for id_ in index.waiting if id_ != comment], done))
            await self._host.state.put(f"{_INDEX}/{comment}", None)

    async def _index(self) -> Index:
        return msgspec.convert(await self._host.state.get(_INDEX) or {}, Index)

    async def _save(self, index: Index) -> None:
        await self._host.state.put(_INDEX, msgspec.to_builtins(index))

    async def _job(self, comment: str) -> Job | None:
        kept = await self._host.state.get(f"{_INDEX}/{comment}")
        return msgspec.convert(kept, Job) if kept else None

    async def _put(self, job: Job) -> None:
        await self._host.state.put(f"{_INDEX}/{job.asked.comment}", msgspec.to_builtins(job))

    async def _renew(self, job: Job, pause: float = 0.0) -> None:
        job.until = time.time() + pause + LEASE
        await self._put(job)
