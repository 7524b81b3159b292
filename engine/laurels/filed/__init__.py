"""Records that a community keeps beside the counting: who was nominated, which codes there are, what came of what was asked."""

from .badges import MadeBadge
from .base import Filed
from .boards import BoardDue, BoardRow
from .claims import Claim, ClaimUse
from .held import HeldAward
from .hooks import HookCall, Milestone
from .links import LinkCode
from .nominations import Nomination, Voice
from .outcomes import Asked
from .people import Preference, Shut

#: Every kind, for stores and for whoever has to look at all there is about somebody.
KINDS: tuple[type[Filed], ...] = (
    Asked, BoardDue, BoardRow, Claim, ClaimUse, HeldAward, HookCall, LinkCode, MadeBadge, Milestone, Nomination, Preference, Shut, Voice,
)  # fmt: skip

__all__ = [
    "KINDS", "Asked", "BoardDue", "BoardRow", "Claim", "ClaimUse", "Filed", "HeldAward", "HookCall", "LinkCode", "MadeBadge", "Milestone", "Nomination",
    "Preference", "Shut", "Voice",
]  # fmt: skip
