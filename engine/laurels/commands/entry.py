"""One command of the table."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from ..model import Reply
from .asked import Asked

Answer = Callable[[Asked], Awaitable[Reply]]


class Entry(NamedTuple):
    """What *answers* the command; what its words name (see :mod:`.suggesting`), for completion; and the ``key=value`` that it takes.

    *every* word that looks like an option is one, where they can't be listed.
    """

    answer: Answer
    takes: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    every: bool = False
