"""Bolt's app: it takes apart what Slack sends, and finds who listens."""

import re
from typing import Any, Final

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from .settings import Settings
from .workspaces import SDK_LOG, Workspaces, client

_ANY: Final = re.compile(".*")


def bolt(wanted: Settings, workspaces: Workspaces) -> AsyncApp:
    """An app without listeners. What it answers is answered when its listener has ended: an event is acknowledged once it is durable.

    Requests are verified before they come here: see :mod:`.receiving`.
    """

    async def authorize(enterprise_id: str | None, team_id: str | None) -> Any:  # Bolt takes None too, and doesn't say so
        its = await workspaces.of(team_id or "", enterprise_id or "")
        if its is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=team_id, bot_token=its.token, bot_user_id=its.bot_user, bot_id=its.bot or None
        )

    return AsyncApp(
        name="laurels", logger=SDK_LOG, authorize=authorize, client=client(wanted), process_before_response=True,
        request_verification_enabled=False, ssl_check_enabled=False,
    )  # fmt: skip


def finish(app: AsyncApp) -> None:
    """Let the rest go by, so that Slack doesn't send it again or tell somebody that it failed. To be called last."""

    async def nothing(ack: Any) -> None:
        await ack()

    app.event(_ANY)(nothing)
    app.action(_ANY)(nothing)
    app.view_closed(_ANY)(nothing)
