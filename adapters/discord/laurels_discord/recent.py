"""What was heard lately, since Discord tells of changes without saying what was before."""

from collections import OrderedDict
from typing import Final

from .translate import thanks

_MOST: Final = 20_000


class Reactions:
    """The last known state of reactions, so that the same told twice is one change."""

    def __init__(self) -> None:
        self._on: OrderedDict[str, bool] = OrderedDict()

    def changed(self, thing: str, on: bool) -> bool:
        """Whether this is news."""
        if self._on.get(thing) is on:
            return False
        self._on[thing] = on
        self._on.move_to_end(thing)
        if len(self._on) > _MOST:
            self._on.popitem(last=False)
        return True


class Thanked:
    """How many people each message thanked, for messages written since this process listens; the most that there can be, for older ones."""

    def __init__(self) -> None:
        self._counts: OrderedDict[int, int] = OrderedDict()
        self._since: int | None = None

    def note(self, message_id: int, count: int) -> None:
        """Remember how many a message thanks. The first that is noted is where listening begins."""
        if self._since is None:
            self._since = message_id
        if count:
            self._counts[message_id] = count
        else:
            self._counts.pop(message_id, None)
        if len(self._counts) > _MOST:
            self._since = max(self._since, self._counts.popitem(last=False)[0] + 1)

    def by(self, message_id: int) -> int:
        """How many it may have thanked."""
        young = self._since is not None and message_id >= self._since
        return self._counts.get(message_id, 0 if young else thanks.MOST)
