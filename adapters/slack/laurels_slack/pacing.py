"""How fast Slack may be asked: turns, and what it said when it was too fast."""

import time
from collections.abc import Callable, Hashable
from typing import Final

from laurels import Later

#: Seconds between two messages in one channel, whatever its threads, and between two edits in one workspace (Slack's tier 3).
POSTS: Final = 1.0
EDITS: Final = 1.2

_EARLY: Final = 0.05  # seconds by which clocks may differ
_MANY: Final = 1000


class Lane:
    """Where one comes after the other: from when on it is *free*, and the turns that are *kept*, by whose they are."""

    def __init__(self) -> None:
        self.free, self.kept = 0.0, dict[str, float]()


class Pace:
    """The turns of this process. *clock* gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._lanes: dict[Hashable, Lane] = {}

    def turn(self, where: Hashable, who: str, between: float) -> None:
        """Take a turn. Raises Later for those who come too early; theirs is kept."""
        lane, now = self._lane(where), self.clock()
        at = lane.kept.pop(who, None)
        if at is None:
            at = max(now, lane.free)
            lane.free = at + between
        if at > now + _EARLY:
            lane.kept[who] = at
            raise Later(at - now)

    def rest(self, where: Hashable, who: str, seconds: float) -> None:
        """Slack was asked too often: nobody has a turn before so many *seconds* are over, and *who* was refused has the first then."""
        lane, at = self._lane(where), self.clock() + seconds
        lane.kept = {who: at}
        lane.free = max(lane.free, at + _EARLY)

    def _lane(self, where: Hashable) -> Lane:
        if len(self._lanes) > _MANY:
            now = self.clock()
            self._lanes = {key: lane for key, lane in self._lanes.items() if max(lane.free, *lane.kept.values(), 0.0) > now}
        return self._lanes.setdefault(where, Lane())
