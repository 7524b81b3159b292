"""Asking a badge's code: what it sees, how long it may take, and what its answer must look like."""

import asyncio
from collections.abc import Awaitable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from ..definition import Definition
from ..errors import LaurelsError
from ..measures import Measure, Types
from ..model import Account, Advance, Event, Grant, Person
from ..records import Pair, Row
from .history import History, days
from .watchdog import Watchdog

LARGEST: Final = 1e300  # what a number may be; NaN is not less


class CheckFailed(LaurelsError):
    """A badge's code failed on one event: the message has the badge and what went wrong."""


@dataclass(slots=True)
class View:
    """:class:`laurels.Check` for one badge, event and person."""

    definition: Definition
    pair: Pair
    row: Row
    person: Person
    history: History
    values: Mapping[Measure, float] = field(default_factory=dict)
    progress: float = 0
    held: Mapping[str, int] = field(default_factory=dict)
    state: Mapping[str, Any] = field(default_factory=dict)

    @property
    def event(self) -> Event:
        """The event that is decided on."""
        return self.row.event

    @property
    def value(self) -> float:
        """The main measure, or the progress."""
        measure = self.definition.badge.measure
        return self.values[measure] if measure is not None else self.progress

    def __getitem__(self, measure: Measure) -> float:
        return self.values[measure]

    async def count(self, types: Types, *, since: str = "", until: str = "", last: int = 0) -> int:
        """How many events."""
        return len(await self._read(types, since, until, last))

    async def distinct(self, types: Types, field: str, *, since: str = "", until: str = "", last: int = 0) -> int:
        """How many different values."""
        read = self.history.reader(field)
        found: set[str] = set()
        for row in await self._read(types, since, until, last):
            value = read(row.event)
            found.update(str(item) for item in (value if isinstance(value, list | tuple) else (value,)) if item not in ("", None))
        return len(found)

    async def distinct_days(self, types: Types, *, since: str = "", until: str = "", last: int = 0) -> int:
        """On how many local days."""
        return len({row.local // 24 for row in await self._read(types, since, until, last)})

    async def sum(self, types: Types, field: str, *, since: str = "", until: str = "", last: int = 0) -> float:
        """The sum of a number."""
        read = self.history.reader(field)
        values = [read(row.event) for row in await self._read(types, since, until, last)]
        return sum(value for value in values if isinstance(value, int | float) and not isinstance(value, bool))

    async def _read(self, types: Types, since: str, until: str, last: int) -> list[Row]:
        return await self.history.until(types, self.row, days(self.row, since, until, last))


async def ask(view: View, watchdog: Watchdog) -> list[Grant | Advance]:
    """The badge's verdict on one event. Raises CheckFailed for anything that is not a verdict in time."""
    definition = view.definition
    badge = definition.badge
    try:
        with watchdog.watching(definition.cause, badge.timeout):
            verdict = badge.award(view)
        if isinstance(verdict, Awaitable):
            return verdicts(definition, await watchdog.task(verdict, definition.cause, badge.timeout))
        return verdicts(definition, verdict)
    except TimeoutError as exc:
        raise CheckFailed(f"{definition.slug}: no verdict within {badge.timeout:g} s on {view.event.id}") from exc
    except (KeyboardInterrupt, CheckFailed):
        raise
    except asyncio.CancelledError as exc:
        if (task := asyncio.current_task()) is not None and task.cancelling():
            raise
        raise CheckFailed(f"{definition.slug}: cancelled itself on {view.event.id}") from exc
    except BaseException as exc:
        raise CheckFailed(f"{definition.slug}: {type(exc).__name__}: {exc} on {view.event.id}") from exc


def freeze(view: View, watchdog: Watchdog) -> str:
    """The JSON of what a deferred badge freezes. Raises CheckFailed."""
    definition = view.definition
    try:
        with watchdog.watching(definition.cause, definition.badge.timeout):
            return msgspec.json.encode(dict(definition.badge.freeze(view))).decode()
    except KeyboardInterrupt:
        raise
    except BaseException as exc:
        raise CheckFailed(f"{definition.slug}: freeze: {type(exc).__name__}: {exc} on {view.event.id}") from exc


def verdicts(definition: Definition, verdict: object) -> list[Grant | Advance]:
    """A verdict as a list, each part valid. Raises CheckFailed with what is wrong and what would be right."""
    if verdict is None:
        return []
    several = isinstance(verdict, Iterable) and not isinstance(verdict, str | bytes | Mapping)
    return [_valid(definition, part) for part in (verdict if several and isinstance(verdict, Iterable) else [verdict])]


def _valid(definition: Definition, part: object) -> Grant | Advance:
    if isinstance(part, Grant):
        _valid_grant(definition, part)
        return part
    if isinstance(part, Advance):
        _valid_advance(definition, part)
        return part
    raise CheckFailed(f"{definition.slug}: award() answered {part!r}; return Grant, Advance, several of them, or None")


def _valid_grant(definition: Definition, grant: Grant) -> None:
    levels = len(definition.levels)
    if grant.level is None:
        if levels > 1:
            raise CheckFailed(f"{definition.slug}: Grant without a level; the badge has {levels}, say which")
    elif type(grant.level) is not int or not 1 <= grant.level <= levels:
        raise CheckFailed(f"{definition.slug}: Grant of level {grant.level!r}; levels go from 1 to {levels}")
    recipients(grant, "x:x")
    if (
        not isinstance(grant.note, str)
        or not isinstance(grant.evidence, tuple | list)
        or not all(isinstance(e, str) for e in grant.evidence)
    ):
        raise CheckFailed(f"{definition.slug}: Grant's note is a text and evidence a tuple of texts")


def recipients(grant: Grant, actor: str) -> list[str]:
    """The account keys that a grant goes to. Raises CheckFailed for what is no account."""
    to = grant.to if isinstance(grant.to, tuple | list) else (grant.to,)
    keys = []
    for account in to:
        key = actor if account is None else account.key if isinstance(account, Account) else account
        if not isinstance(key, str):
            raise CheckFailed(f"Grant to {account!r}: an account, its key, or a tuple of them")
        try:
            keys.append(Account.parse(key).key)
        except ValueError as exc:
            raise CheckFailed(f"Grant to {key!r}: {exc}") from exc
    return list(dict.fromkeys(keys))


def _valid_advance(definition: Definition, advance: Advance) -> None:
    amounts = [amount for amount in (advance.by, advance.to) if amount is not None]
    if len(amounts) != 1:
        raise CheckFailed(f"{definition.slug}: {advance!r}: give `by` or `to`, one of them")
    (amount,) = amounts
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not abs(amount) < LARGEST:
        raise CheckFailed(f"{definition.slug}: {advance!r}: the amount is a finite number")
    if not definition.thresholds:
        raise CheckFailed(f"{definition.slug}: Advance, but no level has `at`: nothing to advance to")
