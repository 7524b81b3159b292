"""Badges that people made."""

from typing import ClassVar

from .base import Filed


class MadeBadge(Filed, frozen=True, kw_only=True):
    """One version of a badge made by people; the newest holds. *content* is the JSON of a rule file's table; *state* ``good``, ``retired``.

    *creator* made the first version, *author* this one.
    """

    table: ClassVar[str] = "made_badge"
    key: ClassVar[tuple[str, ...]] = ("slug", "version")
    accounts: ClassVar[tuple[str, ...]] = ("creator", "author")

    slug: str
    version: int
    content: str
    creator: int
    author: int
    seq: int
    time: int
    state: str = "good"
