"""Asking Slack's API, and what it means when it doesn't answer."""

from collections.abc import Awaitable
from typing import Any, Final

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from laurels import LaurelsError

from . import refusals
from .workspaces import said

#: What Slack answers where the next time may be better: everything else is an answer.
_FOR_NOW: Final = frozenset({"", "accesslimited", "fatal_error", "internal_error", "request_timeout", "service_unavailable"})
#: And where it says nothing about what was asked for: the token is another soon, or none.
NOT_WITH_THIS: Final = frozenset({"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"})
_TROUBLE: Final = 500  # and above: not the API answers, but what stands before it


class Unlearnt(LaurelsError):
    """Slack didn't say. *again*: the seconds after which it wants to be asked again."""

    def __init__(self, what: str, again: float = 0.0) -> None:
        super().__init__(what)
        self.again = again


async def told(asked: Awaitable[Any]) -> dict[str, Any]:
    """What Slack answers. Raises SlackApiError for a refusal, Unlearnt where it may answer another time."""
    try:
        answer = await asked
    except SlackApiError as error:
        if (seconds := refusals.wait(error)) is not None:
            raise Unlearnt("Slack was asked too often", seconds) from error
        if refusals.said(error) in _FOR_NOW or getattr(error.response, "status_code", 200) >= _TROUBLE:
            raise Unlearnt(f"Slack answers {refusals.said(error) or 'nothing that it should'}") from error
        raise
    except (ClientError, OSError, TimeoutError) as error:
        raise Unlearnt(f"Slack can't be reached: {said(error)}") from error
    data: Any = answer.data
    return dict(data)
