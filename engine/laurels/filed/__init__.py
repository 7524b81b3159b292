"""Records that a community keeps beside the counting: who was nominated, which codes there are, what came of what was asked."""

from .badges import MadeBadge
from .base import Filed
from .boards import BoardDue, BoardRow
from .claims import Claim, ClaimUse
from .held import HeldAward
from .hooks import HookCall, Milestone
from .links import Brought, Link, LinkCode
from .nominations import Nomination, Voice
from .outcomes import Asked
from .people import BEGINNING, Forgotten, Preference, Shut
from .rewards import RewardDue
from .settings import Setting

#: Every kind, for stores and for whoever has to look at all there is about somebody.
KINDS: tuple[type[Filed], ...] = (
    Asked, BoardDue, BoardRow, Brought, Claim, ClaimUse, Forgotten, HeldAward, HookCall, Link, LinkCode, MadeBadge, Milestone, Nomination,
    Preference, RewardDue, Setting, Shut, Voice,
)  # fmt: skip

__all__ = [
    "BEGINNING", "KINDS", "Asked", "BoardDue", "BoardRow", "Brought", "Claim", "ClaimUse", "Filed", "Forgotten", "HeldAward", "HookCall",
    "Link", "LinkCode", "MadeBadge", "Milestone", "Nomination", "Preference", "RewardDue", "Setting", "Shut", "Voice",
]  # fmt: skip
