"""Badges that people made."""

from typing import ClassVar

from .base import Filed


class MadeBadge(Filed, frozen=True, kw_only=True):
    """One edition of a badge made by people; the newest holds, the others are its history.

    *edition* counts what was done to it, *version* its rules: an award names the version that it was won under. *content* is the JSON of a
    rule file's table; *state* ``good`` or ``retired``. *creator* made the first edition, *author* this one.
    """

    table: ClassVar[str] = "made_badge"
    key: ClassVar[tuple[str, ...]] = ("slug", "edition")
    accounts: ClassVar[tuple[str, ...]] = ("creator", "author")

    slug: str
    edition: int
    version: int
    content: str
    creator: int
    author: int
    seq: int
    time: int
    state: str = "good"
