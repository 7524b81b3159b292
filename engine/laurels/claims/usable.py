"""Whether a code still works."""

from ..filed import Claim


def fault(claim: Claim, now: int) -> str:
    """What keeps anybody from using a code, as the catalogue names it; empty where nothing does."""
    if claim.state == "withdrawn":
        return "claim-withdrawn"
    if claim.uses is not None and claim.used >= claim.uses:
        return "claim-used"
    if claim.expires is not None and claim.expires <= now:
        return "claim-expired"
    return ""
