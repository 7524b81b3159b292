"""``laurels check``: what Discord says of the set-up."""

from collections.abc import Sequence

from laurels import Problem

from .settings import Settings


async def check(wanted: Settings) -> Sequence[Problem]:
    """What is wrong, in plain words."""
    return ()
