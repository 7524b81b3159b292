"""``laurels status``."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from ...filed import HookCall, RewardDue, Setting
from ...periods import from_micros
from ...records import ParkedEvent
from ...registry import Registry
from ...steering.steered import steered
from ...store import Store
from . import configured, output, people
from .badges import once
from .session import Session, opened


class Failure(Struct, frozen=True):
    """A badge's code that could not decide about somebody: *time* is when it was given up, or will be tried again."""

    badge: str
    person: str
    event: str
    type: str
    error: str
    time: str


class Status(Struct, frozen=True):
    """How things stand."""

    counting: bool
    counts: dict[str, int]
    announcements: dict[str, int]
    communities: dict[str, str]
    failing: list[Failure]
    parked: list[Failure]
    hooks: list[dict[str, Any]]
    unreachable: list[dict[str, Any]]
    rewards: list[dict[str, Any]]
    quarantine: dict[str, str]
    problems: list[str]
    strangers: list[dict[str, Any]]


async def show(path: Path | None, *, json: bool) -> None:
    """Print how things stand."""
    async with opened(path) as session:
        status = await _status(session)
    if json:
        output.json(status)
        return
    for line in _lines(status):
        output.say(line)


async def _status(session: Session) -> Status:
    store = session.store
    return Status(
        counting=not await store.lead(),
        counts=(await store.counted())._asdict(),
        announcements=dict(await session.outbox.announcements()),
        communities={name: await _mode(session, name) for name in session.config.communities},
        failing=await _failures(session, await store.failing_dues()),
        parked=await _failures(session, await store.parked_events()),
        hooks=[call for name in session.config.communities for call in await _untold(store, name)],
        unreachable=[
            {
                "community": one.community,
                "place": str(one.place),
                "error": one.error,
                "attempts": one.attempts,
                "again": one.again,
                "said": one.said,
            }
            for one in await session.outbox.troubles()
        ],
        rewards=[fault for name in session.config.communities for fault in await _unshown(store, name)],
        quarantine=configured.quarantine(session.config).causes(),
        problems=once((*session.installed.problems, *session.generation.problems)),
        strangers=[
            {"platform": platform, "realm": realm, "events": events} for platform, realm, events in await store.strangers()
            if session.config.community_of(platform, realm) is None
        ],
    )  # fmt: skip


async def _mode(session: Session, name: str) -> str:
    """What the configuration says, or what admins set since."""
    its = steered(session.config.communities[name], await session.store.find(Setting, name))
    return its.mode or "by platform"


async def _untold(store: Store, community: str) -> list[dict[str, Any]]:
    """What hooks failed to be told; *again* is None where it was given up."""
    return [
        {
            "community": community, "hook": call.hook, "verb": call.verb, "subject": call.subject, "error": call.error,
            "again": from_micros(call.at) if call.state == "due" else None,
        }
        for call in await store.find(HookCall, community, order="at") if call.attempts
    ]  # fmt: skip


async def _unshown(store: Store, community: str) -> list[dict[str, Any]]:
    """What keeps platforms from showing what people hold, by roles for example, and of how many."""
    errors = Counter(due.error for due in await store.find(RewardDue, community) if due.error)
    return [{"community": community, "error": error, "people": count} for error, count in errors.most_common()]


async def _failures(session: Session, events: Sequence[ParkedEvent]) -> list[Failure]:
    who = await people.named(session.store, [event.person for event in events if event.person])
    registries = session.generation.registries
    return [
        Failure(
            culprit(event.unit, registries), who[event.person].name if event.person else "", event.event, event.type, event.error,
            output.moment(event.time),
        )
        for event in events
    ]  # fmt: skip


def culprit(unit: str, registries: Mapping[str, Registry]) -> str:
    """The badge whose code a unit is; the badges that share a measure; laurels itself where there is no unit."""
    if not unit:
        return "laurels"
    slugs = dict.fromkeys(d.slug for registry in registries.values() for d in registry.by_unit.get(unit, ()))
    return ", ".join(slugs) or unit.partition(":badge:")[2].partition("@")[0] or unit


def _lines(status: Status) -> Iterator[str]:
    yield "a laurels is running and counts" if status.counting else "no laurels is running: `laurels run` counts what waits"
    counts, announcements = status.counts, status.announcements
    yield f"{output.counted(counts['journal'], 'event')}, {counts['work']:,} waiting to be counted"
    yield f"{output.counted(counts['award'], 'award')}, {output.counted(counts['account'], 'account')}"
    yield f"{output.counted(counts['due'], 'person and badge', 'people and badges')} due to be settled"
    others = "".join(f", {count:,} {fate}" for fate, count in sorted(announcements.items()) if fate != "waiting")
    yield f"{output.counted(announcements['waiting'], 'announcement')} waiting{others}"
    yield from (f"community {name}: {mode}" for name, mode in status.communities.items())
    yield from (f"failing: {_failure(one)}; tried again at {one.time}" for one in status.failing)
    yield from (f"set aside: {_failure(one)}; given up at {one.time}" for one in status.parked)
    for call in status.hooks:
        again = "given up" if call["again"] is None else f"told again at {output.moment(call['again'])}"
        yield f"hook not told: {call['hook']}, {call['verb']} {call['subject']}: {call['error']}; {again}"
    yield from map(_unreached, status.unreachable)
    yield from (f"not shown of {output.counted(one['people'], 'person', 'people')}: {one['error']}" for one in status.rewards)
    yield from (f"in quarantine: {cause} {what}" for cause, what in status.quarantine.items())
    yield from (f"left out: {problem}" for problem in status.problems)
    yield from (
        f"unknown: {one['platform']}:{one['realm']} belongs to no community; {output.counted(one['events'], 'event')}"
        for one in status.strangers
    )


def _unreached(one: Mapping[str, Any]) -> str:
    if one["said"] and not one["again"]:
        return f"announced at {one['place']}, but: {one['error']}"
    again = f"; tried again at {output.moment(one['again'])}" if one["again"] else "; given up"
    error = one["error"].removeprefix(f"{one['place']} can't be reached: ")  # the place stands before it already
    return f"not announced: {one['place']}: {error}{again}"


def _failure(one: Failure) -> str:
    about = f" about {one.person}" if one.person else ""
    error = one.error.removeprefix(f"{one.badge}: ")  # the engine names the badge itself
    return f"{one.badge}{about}, {one.type} {one.event}: {error}"
