"""The hooks that are installed: each asked in its own try, with its own time limit; none can hurt another."""

import asyncio
import hashlib
from collections.abc import Iterable
from typing import Final, NamedTuple

import msgspec
import structlog

from ..filed import HookCall
from ..hook import AwardNews, Hook, MilestoneNews, NominationNews, Veto

log = structlog.get_logger()

PATIENCE: Final = 3  # failures in a row, after which a will-hook is not asked for a while
PAUSE: Final = 60.0  # seconds
LONGEST: Final = 400  # characters of a subject that are kept as they are

News = AwardNews | NominationNews | MilestoneNews


class Vetoed(NamedTuple):
    """Who objects, and why."""

    hook: str
    reason: str


class Hooks:
    """All hooks of this process, in the order in which they were loaded."""

    def __init__(self, hooks: Iterable[Hook] = ()) -> None:
        self.all = tuple(hooks)
        self.named = {name_of(hook): hook for hook in self.all}
        self._failures: dict[str, int] = {}
        self._asleep: dict[str, float] = {}

    def listening(self, verb: str) -> list[Hook]:
        """The hooks that override a verb."""
        return [hook for hook in self.all if getattr(type(hook), verb, None) is not getattr(Hook, verb)]

    async def will(self, verb: str, news: News) -> Vetoed | None:
        """Ask, in turn; the first veto holds. A hook that fails forbids nothing."""
        for hook in self.listening(verb):
            veto = await self._ask(hook, verb, news)
            if veto is not None:
                return Vetoed(name_of(hook), veto.reason)
        return None

    async def _ask(self, hook: Hook, verb: str, news: News) -> Veto | None:
        name, loop = name_of(hook), asyncio.get_running_loop()
        if self._asleep.get(name, 0) > loop.time():
            return None
        try:
            async with asyncio.timeout(hook.timeout):
                answer = _valid(verb, await getattr(hook, verb)(news))
        except Exception:  # an author's code may raise anything
            failures = self._failures[name] = self._failures.get(name, 0) + 1
            if failures >= PATIENCE:
                self._asleep[name] = loop.time() + PAUSE
            log.exception("a hook failed; it forbids nothing", hook=name, verb=verb, failures=failures)
            return None
        self._failures.pop(name, None)
        return answer

    def was(self, verb: str, subject: str, news: News, now: int) -> list[HookCall]:
        """What is to be told, to be saved with what it tells of. *subject* tells two calls of one verb apart."""
        text = msgspec.json.encode(news).decode()
        short = subject if len(subject) <= LONGEST else f"{subject[:LONGEST]}~{hashlib.sha256(subject.encode()).hexdigest()[:16]}"
        return [HookCall(hook=name_of(hook), verb=verb, subject=short, news=text, at=now) for hook in self.listening(verb)]


def _valid(verb: str, answer: object) -> Veto | None:
    """The answer of a hook. Raises TypeError or UnicodeError for what is none, or has a reason that can't be written down."""
    if answer is None:
        return None
    if not isinstance(answer, Veto) or not isinstance(answer.reason, str):
        raise TypeError(f"{verb} answered {answer!r}: a Veto with a reason in words, or None, is needed")
    answer.reason.encode()
    return answer


def name_of(hook: Hook) -> str:
    """What a hook is called."""
    return hook.name or f"{type(hook).__module__}.{type(hook).__qualname__}"


NO_HOOKS: Final = Hooks()
