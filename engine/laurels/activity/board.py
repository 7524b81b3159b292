"""A leaderboard: people in the order of a number. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import groupby

from msgspec import Struct


class Rank(Struct, frozen=True):
    """One person on a board. Those with the same *value* have the same *rank*, and the next rank counts them all: 1, 2, 2, 4."""

    rank: int
    person: int
    value: float
    name: str = ""


class Board(Struct, frozen=True):
    """One *page* of *pages*. *by* is ``badges``, ``points`` or a badge's slug; *period* ``all``, or one as people write it.

    *total* is how many people are on it, *mine* where the asker is, on whatever page.
    """

    by: str
    period: str
    rows: tuple[Rank, ...]
    page: int
    pages: int
    total: int
    mine: Rank | None = None


def ranked(numbers: Iterable[tuple[int, float]], without: Collection[int]) -> list[Rank]:
    """Everybody with a number above 0, the highest first, ties by who came first; who is left out leaves no gap."""
    there = [(person, value) for person, value in numbers if value > 0 and person not in without]
    found: list[Rank] = []
    for value, tied in groupby(sorted(there, key=lambda row: (-row[1], row[0])), key=lambda row: row[1]):
        rank = len(found) + 1
        found += [Rank(rank, person, value) for person, _ in tied]
    return found


def paged(ranks: Sequence[Rank], page: int, size: int) -> tuple[Sequence[Rank], int, int]:
    """The ranks of a page, its number (the nearest there is), and how many pages there are."""
    pages = max(1, -(-len(ranks) // size))
    number = min(max(1, page), pages)
    return ranks[(number - 1) * size : number * size], number, pages


def named(ranks: Iterable[Rank], names: Mapping[int, str]) -> tuple[Rank, ...]:
    """With what people are called."""
    return tuple(Rank(rank.rank, rank.person, rank.value, names.get(rank.person, "")) for rank in ranks)
