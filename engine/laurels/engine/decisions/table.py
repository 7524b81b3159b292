"""Which entry of the journal is applied by what."""

from collections.abc import Awaitable, Callable
from typing import Final

from ...links.linking import linked
from ...progress.moving import moved
from . import AWARDED, LINKED, MOVED, REDEFINED, REGRADE, REINSTATED, REVOKED, UNDONE, VETOED
from .awarding import awarded, reinstated, revoked, vetoed
from .decision import Decision
from .undoing import redefined, regraded, undone

HANDLERS: Final[dict[str, Callable[[Decision], Awaitable[None]]]] = {
    AWARDED: awarded,
    REVOKED: revoked,
    REINSTATED: reinstated,
    VETOED: vetoed,
    MOVED: moved,
    UNDONE: undone,
    REGRADE: regraded,
    REDEFINED: redefined,
    LINKED: linked,
}


async def take(decision: Decision) -> None:
    """Apply a decision; a type that this version doesn't know has no effect."""
    handler = HANDLERS.get(decision.row.event.type)
    if handler is not None:
        await handler(decision)
