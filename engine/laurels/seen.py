"""What was seen already, as far back as anything is delivered twice."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

_MOST: Final = 5000


class Seen:
    """A bounded memory."""

    def __init__(self) -> None:
        self._known: OrderedDict[Hashable, None] = OrderedDict()

    def first(self, what: Hashable) -> bool:
        """Whether this is the first time; from now on it isn't."""
        if what in self._known:
            return False
        self._known[what] = None
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return True
