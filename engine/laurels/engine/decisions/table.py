"""Which entry of the journal is applied by what."""

from collections.abc import Awaitable, Callable
from typing import Final

from ...claims.claiming import claimed, granted
from ...claims.making import made, withdrawn
from ...links.linking import declared, linked, unlinked
from ...links.proving import answered, asked, shown
from ...nominations.deciding import accepted, approved, rejected
from ...nominations.proposing import nominated
from ...privacy.deciding import forgotten, hidden, preferred
from ...progress.moving import moved
from ...steering.steered import steer
from ...workshop.making import badge_made, badge_restored, badge_retired
from . import (
    ACCEPTED,
    APPROVED,
    AWARDED,
    BADGE_MADE,
    BADGE_RESTORED,
    BADGE_RETIRED,
    CLAIM_GRANTED,
    CLAIMED,
    CLAIMS_MADE,
    CLAIMS_WITHDRAWN,
    FORGOTTEN,
    HIDDEN,
    LINK_ANSWERED,
    LINK_ASKED,
    LINK_SHOWN,
    LINKED,
    LINKS_DECLARED,
    MOVED,
    NOMINATED,
    PREFERRED,
    REDEFINED,
    REGRADE,
    REINSTATED,
    REJECTED,
    REVOKED,
    STEERED,
    UNDONE,
    UNLINKED,
    VETOED,
)
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
    LINK_ASKED: asked,
    LINK_SHOWN: shown,
    LINK_ANSWERED: answered,
    LINKED: linked,
    LINKS_DECLARED: declared,
    UNLINKED: unlinked,
    NOMINATED: nominated,
    APPROVED: approved,
    ACCEPTED: accepted,
    REJECTED: rejected,
    CLAIMS_MADE: made,
    CLAIMS_WITHDRAWN: withdrawn,
    CLAIMED: claimed,
    CLAIM_GRANTED: granted,
    BADGE_MADE: badge_made,
    BADGE_RETIRED: badge_retired,
    BADGE_RESTORED: badge_restored,
    STEERED: steer,
    HIDDEN: hidden,
    PREFERRED: preferred,
    FORGOTTEN: forgotten,
}


async def take(decision: Decision) -> None:
    """Apply a decision; a type that this version doesn't know has no effect."""
    handler = HANDLERS.get(decision.row.event.type)
    if handler is not None:
        await handler(decision)
