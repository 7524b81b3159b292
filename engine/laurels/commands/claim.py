"""``/badges claim <code>``: a badge for a code."""

from ..model import Reply
from .asked import Asked
from .outcomes import told


async def claim(asked: Asked) -> Reply:
    """Use a code, however it is typed. The answer never repeats it."""
    asked.need()
    return await told(asked, await asked.acts.claims.claim(asked.by, " ".join(asked.words), asked.command.place), quiet=True)
