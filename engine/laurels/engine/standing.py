"""Which awards stand: what the fold won, what people decided, what is there already. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from ..definition import Definition
from ..records import Held as HeldRow
from ..records import Key, Ruling
from ..requirements import AtLeast, Held
from ..tally import Position

NEVER: Position = (2**62, "")
BY_PEOPLE: Final = ("command:", "nomination:", "claims:")  # causes that are rulings: these say whether they stand


class Win(NamedTuple):
    """Where in the fold a key was won, and what is to be said of it."""

    position: Position
    place: str | None = None
    note: str = ""
    evidence: tuple[str, ...] = ()
    giver: str = ""


class Span(NamedTuple):
    """A time in which a level was held: from *start* until before *end*."""

    level: int
    start: Position
    end: Position


@dataclass(slots=True)
class Standing:
    """An award as it is to be, and the spans of the fold in which it was held."""

    state: str
    cause: str
    win: Win
    spans: list[Span] = field(default_factory=list)


def standings(
    definition: Definition,
    wins: Mapping[Key, Win],
    rows: Mapping[Key, HeldRow],
    rulings: Sequence[Ruling],
    undone: Mapping[str, Position],
) -> dict[Key, Standing]:
    """Every award of one badge and person that is or was, by key."""
    found: dict[Key, Standing] = {}
    for key in dict.fromkeys((*rows, *wins, *(r.key for r in rulings if r.kind == "given"))):
        its = [ruling for ruling in rulings if ruling.key == key]
        if _vetoed(its):
            if row := rows.get(key):
                found[key] = Standing("withdrawn", row.cause, Win(row.position))
            continue
        held = _held(definition, wins.get(key), rows.get(key), its, undone)
        if held is None:
            if row := rows.get(key):
                found[key] = Standing("withdrawn", row.cause, Win(row.position))
            continue
        cause, win = held
        spans = _spans(key.level, win.position, its, definition.expires)
        revoked = bool(turns := [r.kind for r in its if r.kind in ("revoked", "reinstated")]) and turns[-1] == "revoked"
        found[key] = Standing("revoked" if revoked else "active", cause, win, spans)
    return found


def _vetoed(rulings: Sequence[Ruling]) -> bool:
    """Whether a hook's veto holds: nobody has asked again since. A veto of this very round has no seq yet."""
    turns = [(r.seq or NEVER[0], r.kind) for r in rulings if r.kind in ("vetoed", "given", "reinstated")]
    return max(turns, default=(0, ""))[1] == "vetoed"


def _held(
    definition: Definition, win: Win | None, row: HeldRow | None, rulings: Iterable[Ruling], undone: Mapping[str, Position]
) -> tuple[str, Win] | None:
    """Cause and win of a key that is held: by the fold, by people, or as a fact from before; None where it isn't."""
    ways: list[tuple[str, Win]] = []
    if win is not None:
        ways.append((definition.cause, win))
    ways += [(r.cause, Win(r.position, None, r.note, r.evidence, r.giver)) for r in rulings if r.kind == "given"]
    if row is not None and row.state in ("active", "revoked") and lasting(definition, row.cause):
        ways.append((row.cause, Win(row.position)))
    standing = [(cause, way) for cause, way in ways if undone.get(cause, (-NEVER[0], "")) < way.position]
    if not standing:
        return None
    first = min(standing, key=lambda way: way[1].position)
    mine = next((way for way in standing if row is not None and way[0] == row.cause), first)
    return mine[0], mine[1]._replace(position=first[1].position) if mine[0] != first[0] else mine[1]


def lasting(definition: Definition, cause: str) -> bool:
    """Whether an award of this cause stands whatever the fold says: an older definition's, an import's, or a permanent badge's."""
    if cause.startswith(BY_PEOPLE):
        return False
    if cause == definition.cause:
        return definition.badge.permanent
    return not cause.startswith("badge:") or definition.badge.on_change != "regrade"


def _spans(level: int, start: Position, rulings: Iterable[Ruling], expires: int) -> list[Span]:
    """The spans in which a key won at *start* was held: a revocation ends one, a reinstatement begins one."""
    spans, open_from, begun, revoked = [], None, False, False
    turns = [(r.position, r.kind) for r in rulings if r.kind in ("revoked", "reinstated")]
    for position, kind in sorted([(start, "won"), *turns], key=lambda turn: turn[0]):
        begun = begun or kind == "won"
        revoked = kind == "revoked" or (revoked and kind != "reinstated")
        if begun and not revoked and open_from is None:
            open_from = position
        elif revoked and open_from is not None:
            spans.append(Span(level, open_from, position))
            open_from = None
    if open_from is not None:
        spans.append(Span(level, open_from, NEVER))
    if not expires:
        return spans
    until = (start[0] + expires, "")
    return [Span(s.level, s.start, min(s.end, until)) for s in spans if s.start < until]


def holds(requirement: Held | AtLeast | object, spans: Mapping[str, Sequence[Span]], at: Position) -> bool:
    """Whether a resolved requirement is met at *at*, by the spans of each badge."""
    if isinstance(requirement, AtLeast):
        return sum(holds(part, spans, at) for part in requirement.of) >= requirement.n
    if not isinstance(requirement, Held):
        raise TypeError(f"{requirement!r} is not resolved")
    return any(span.level >= requirement.level and span.start <= at < span.end for span in spans.get(requirement.slug, ()))


def first_met(requirement: Held | AtLeast, spans: Mapping[str, Sequence[Span]]) -> Position | None:
    """The first moment at which a requirement is met, or None."""
    starts = sorted({span.start for of_one in spans.values() for span in of_one})
    return next((start for start in starts if holds(requirement, spans, start)), None)
