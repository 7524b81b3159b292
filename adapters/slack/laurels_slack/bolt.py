"""Bolt's app: it takes apart what Slack sends, and finds who listens."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import structlog
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from laurels import LaurelsError

from .faults import understood
from .settings import Settings
from .workspaces import SDK_LOG, Workspaces, client

_ANY: Final = re.compile(".*", re.DOTALL)
_BOLTS_OWN: Final = ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_VERIFICATION_TOKEN")

_log = structlog.get_logger(__name__)


def bolt(wanted: Settings, workspaces: Workspaces) -> AsyncApp:
    """An app without listeners. What it answers is answered when its listener has ended: an event is acknowledged once it is durable.

    A listener that raises is answered 500: Slack delivers an event again. Requests are verified before they come here: see
    :mod:`.receiving`. What Bolt and slack_sdk log of themselves is not shown; what matters of it is said here.
    """

    async def authorize(enterprise_id: str | None, team_id: str | None) -> Any:  # Bolt takes None too, and doesn't say so
        with understood(wanted):  # for Bolt, Slack's own errors mean "not installed", and the event would be gone
            its = await workspaces.of(team_id or "", enterprise_id or "")
        if its is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=its.token, bot_user_id=its.bot_user, bot_id=its.bot or None
        )

    with _hidden(*_BOLTS_OWN):
        app = AsyncApp(
            name="laurels", logger=SDK_LOG, authorize=authorize, client=client(wanted), process_before_response=True,
            request_verification_enabled=False, ssl_check_enabled=False,
        )  # fmt: skip
    app.error(_failed)
    app.middleware(_limited)
    return app


async def _limited(body: dict[str, Any], next: Any) -> BoltResponse | None:
    """Slack tells, once a minute, that it tells no more than so much; what it leaves out nobody hears of otherwise."""
    if body.get("type") != "app_rate_limited":
        await next()
        return None
    remedy = "`laurels backfill slack` reads the messages"
    _log.warning(f"Slack leaves out events: a workspace has more of them than it tells in an hour; {remedy}", workspace=body.get("team_id"))
    return BoltResponse(status=200)


async def _failed(error: Exception, body: dict[str, Any]) -> BoltResponse:
    what = (body.get("event") or {}).get("type") or body.get("type") or body.get("command")
    if isinstance(error, LaurelsError):  # which it says in words that are enough
        _log.error("not taken", what=what, why=str(error))
    else:
        _log.error("not taken", what=what, exc_info=error)
    return BoltResponse(status=500)


@contextmanager
def _hidden(*names: str) -> Iterator[None]:
    """Without these environment variables: Bolt takes what is in them for its own settings, and ours may be there under the same names."""
    taken = {name: os.environ.pop(name) for name in names if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(taken)


def finish(app: AsyncApp) -> None:
    """Let the rest go by, so that Slack doesn't send it again or tell somebody that it failed. To be called last."""

    async def nothing(ack: Any) -> None:
        await ack()

    async def no_choices(ack: Any) -> None:
        await ack(options=[])

    async def unknown(ack: Any, body: dict[str, Any]) -> None:
        _log.warning("a slash command that the settings don't name", command=body["command"])
        await ack(text=f"{body['command']} is not a command that I know.")

    app.event(_ANY)(nothing)
    for rest in (app.block_action, app.attachment_action, app.view_submission, app.view_closed, app.global_shortcut, app.message_shortcut):
        rest(_ANY)(nothing)
    app.block_suggestion(_ANY)(no_choices)
    app.command(_ANY)(unknown)
