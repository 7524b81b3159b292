"""Leaving code alone that keeps failing, for a while that grows, so that it can't slow down everybody else."""

from typing import Final

SECOND: Final = 1_000_000  # microseconds
PATIENCE: Final = 3  # failures in a row before a badge is suspended
LONGEST: Final = 300 * SECOND
TRIES: Final = 3  # of one event, before it is parked


class Suspensions:
    """Failures in a row by badge (cause), and until when each is left alone. *now* is the engine's clock, in microseconds."""

    def __init__(self) -> None:
        self.now = 0
        self._failures: dict[str, int] = {}
        self._until: dict[str, int] = {}

    def failed(self, cause: str) -> None:
        """The badge's code failed once more."""
        count = self._failures[cause] = self._failures.get(cause, 0) + 1
        if count >= PATIENCE:
            self._until[cause] = self.now + min(SECOND << min(count - PATIENCE, 20), LONGEST)

    def succeeded(self, cause: str) -> None:
        """The badge's code answered."""
        if cause in self._failures:
            del self._failures[cause]
            self._until.pop(cause, None)

    def until(self, cause: str) -> int:
        """When the badge may be asked again; 0 where it may be now."""
        until = self._until.get(cause, 0)
        return until if until > self.now else 0

    @property
    def failing(self) -> dict[str, int]:
        """By cause, the failures in a row."""
        return dict(self._failures)


def retry_at(now: int, attempts: int) -> int:
    """When a pair that failed *attempts* times is tried again: after 1, 4, 16 … seconds."""
    return now + min(SECOND << 2 * min(attempts - 1, 10), LONGEST)
