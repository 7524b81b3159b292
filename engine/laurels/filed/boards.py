"""Leaderboards of badges and points, kept as awards come and go."""

from typing import ClassVar

from .base import Filed


class BoardRow(Filed, frozen=True, kw_only=True):
    """A person's number on one board. *board* is ``badges`` or ``points``; *period* ``all``, or as people write one (``2024-W23``)."""

    table: ClassVar[str] = "board_row"
    key: ClassVar[tuple[str, ...]] = ("board", "period", "account")
    accounts: ClassVar[tuple[str, ...]] = ("account",)
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("account",),)

    board: str
    period: str
    account: int
    value: float


class BoardDue(Filed, frozen=True, kw_only=True):
    """Awards of a person changed: their rows are to be made again. Written with the awards, so that nothing is forgotten in a crash."""

    table: ClassVar[str] = "board_due"
    key: ClassVar[tuple[str, ...]] = ("account",)
    accounts: ClassVar[tuple[str, ...]] = ("account",)

    account: int
