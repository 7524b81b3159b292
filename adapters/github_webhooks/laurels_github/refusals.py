"""What GitHub's refusals mean: wait, or don't try again."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final

import aiohttp
from gidgethub import BadRequest, GitHubException, HTTPException, RedirectionException

from laurels import Later, Unreachable

_PAUSE: Final = 30.0  # seconds until what may be GitHub's passing trouble is tried again
_LIMITED: Final = 60.0  # seconds: what GitHub asks for where it limits without saying how long


class Denied(Unreachable):
    """GitHub answered *status*, and will again."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(f"GitHub answered {status}: {why}")
        self.status = status


class Trouble(Later):
    """GitHub asks for nothing: it, or the way there, fails, which may pass."""

    def __init__(self) -> None:
        super().__init__(_PAUSE)


@contextmanager
def understood() -> Iterator[None]:
    """Whatever goes wrong between here and GitHub becomes Later or Denied."""
    try:
        yield
    except HTTPException as exc:
        raise refusal(exc) from exc
    # gidgethub lets an unreadable answer through as ValueError or LookupError.
    except (GitHubException, aiohttp.ClientError, TimeoutError, ValueError, LookupError) as exc:
        raise Trouble from exc


def refusal(exc: HTTPException) -> Later | Denied:
    """What GitHub's answer means (https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api)."""
    asked, reset = exc.headers.get("retry-after", ""), exc.headers.get("x-ratelimit-reset", "")
    if asked.isdecimal():
        return Later(float(asked))
    if exc.headers.get("x-ratelimit-remaining") == "0" and reset.isdecimal():
        return Later(max(1.0, float(reset) - datetime.now(UTC).timestamp()))
    if exc.status_code == 429 or (exc.status_code == 403 and "rate limit" in str(exc).lower()):
        return Later(_LIMITED)
    if isinstance(exc, BadRequest | RedirectionException):
        return Denied(int(exc.status_code), str(exc))
    return Trouble()
