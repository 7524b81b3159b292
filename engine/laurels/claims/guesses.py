"""How often somebody may be wrong about a code."""

from collections import deque
from datetime import datetime, timedelta
from typing import Final

MOST: Final = 10  # wrong codes
WITHIN: Final = timedelta(minutes=10)


class Guesses:
    """The attempts of each account that were not right, or are still under way; kept by this process alone."""

    def __init__(self) -> None:
        self._tried: dict[str, deque[datetime]] = {}

    def may_try(self, account: str, now: datetime) -> bool:
        """Whether *account* may try again. If so, it counts as wrong until :meth:`right` says otherwise."""
        self._forget(now - WITHIN)
        tried = self._tried.setdefault(account, deque())
        if len(tried) >= MOST:
            return False
        tried.append(now)
        return True

    def right(self, account: str) -> None:
        """The last attempt of *account* named a code that there is."""
        if tried := self._tried.get(account):
            tried.pop()

    def _forget(self, before: datetime) -> None:
        for account, tried in list(self._tried.items()):
            while tried and tried[0] <= before:
                tried.popleft()
            if not tried:
                del self._tried[account]
