"""What people decided, as journal entries; each is applied alone, so that what follows sees what it did."""

from typing import Final

PREFIX: Final = "laurels."
SOURCE: Final = "laurels"

AWARDED: Final = "laurels.awarded"
REVOKED: Final = "laurels.revoked"
REINSTATED: Final = "laurels.reinstated"
VETOED: Final = "laurels.vetoed"
MOVED: Final = "laurels.moved"  # progress, by hand
HIDDEN: Final = "laurels.hidden"
UNDONE: Final = "laurels.undone"
REGRADE: Final = "laurels.regrade"
REDEFINED: Final = "laurels.redefined"

LINK_ASKED: Final = "laurels.link_asked"
LINK_SHOWN: Final = "laurels.link_shown"
LINK_ANSWERED: Final = "laurels.link_answered"
LINKED: Final = "laurels.linked"
LINKS_DECLARED: Final = "laurels.links_declared"  # all that the configuration says
UNLINKED: Final = "laurels.unlinked"

NOMINATED: Final = "laurels.nominated"
APPROVED: Final = "laurels.approved"
ACCEPTED: Final = "laurels.accepted"
REJECTED: Final = "laurels.rejected"  # also declined by the nominee, withdrawn by the nominator

CLAIMS_MADE: Final = "laurels.claims_made"
CLAIMS_WITHDRAWN: Final = "laurels.claims_withdrawn"
CLAIMED: Final = "laurels.claimed"
CLAIM_GRANTED: Final = "laurels.claim_granted"  # a code is brought to somebody

BADGE_MADE: Final = "laurels.badge_made"  # created or edited
BADGE_RETIRED: Final = "laurels.badge_retired"
BADGE_RESTORED: Final = "laurels.badge_restored"
STEERED: Final = "laurels.steered"  # a setting of the community
MAKING: Final = frozenset({BADGE_MADE, BADGE_RETIRED, BADGE_RESTORED, STEERED})  # after them, there may be other badges

PREFERRED: Final = "laurels.preferred"  # a setting of a person
FORGOTTEN: Final = "laurels.forgotten"
CLOSING: Final = frozenset({PREFERRED, FORGOTTEN, LINKED, LINK_ANSWERED, LINKS_DECLARED, UNLINKED})  # after them, others may be shut out
