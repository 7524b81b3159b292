"""What people decided about awards, as the models read it from the journal."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

Verb = Literal["awarded", "revoked", "reinstated", "undone"]


class Decision(Struct, frozen=True):
    """*verb* about the award (*badge*, *person*, *level*, *occurrence*); ``undone`` is about all that the badge's rule gave to anybody."""

    id: str
    time: datetime
    verb: Verb
    badge: str
    person: str = ""
    level: int = 1
    occurrence: str = ""

    @property
    def key(self) -> tuple[str, int, str]:
        """What it is about, within the badge."""
        return (self.person, self.level, self.occurrence)
