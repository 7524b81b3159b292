"""What a badge's code answers about one event."""

from collections.abc import Iterable
from typing import TypeAlias

from msgspec import Struct

from .account import Account


class Grant(Struct, frozen=True):
    """A decision: this level to these people.

    *level* counts from 1 and may be left out where the badge has one level. *to* is an account, its key, or several; left out, the
    event's actor. *note* is shown with the award; *evidence* are links or texts.
    """

    level: int | None = None
    to: Account | str | tuple[Account | str, ...] | None = None
    note: str = ""
    evidence: tuple[str, ...] = ()


class Advance(Struct, frozen=True):
    """Move the person's progress *by* an amount, or *to* a value; reaching a level's ``at`` wins it. Just one of the two."""

    by: float | None = None
    to: float | None = None


Verdict: TypeAlias = Grant | Advance | Iterable[Grant | Advance] | None
