"""Bolt's app as laurels makes it, with the simplest listeners there are: they keep what they hear."""

from typing import Any

from laurels_slack import Settings
from laurels_slack.bolt import bolt, finish
from laurels_slack.workspaces import Workspace

MESSAGE = {"type": "message", "channel": "C1", "user": "U1", "text": "hello", "ts": "1.000001"}
EVENT = {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": MESSAGE}
COMMAND = {"command": "/badges", "text": "help", "team_id": "T1", "user_id": "U1", "channel_id": "C1", "trigger_id": "1.2"}


class Here:
    """One workspace; *fails* is what asking for it raises."""

    fails: Exception | None = None

    async def of(self, team: str, enterprise: str = "") -> Workspace | None:
        if self.fails is not None:
            raise self.fails
        return Workspace("T1", "xoxb-1", bot_user="U0") if team == "T1" else None

    async def all(self) -> list[Workspace]:
        return []


class Small:
    """*app* hears messages and ``/badges``, and keeps them in *taken*; *fails* is what that raises."""

    def __init__(self, wanted: Settings) -> None:
        self.taken: list[dict[str, Any]] = []
        self.fails: Exception | None = None
        self.here = Here()
        self.app = bolt(wanted, self.here)
        self.app.event("message")(self.event)
        self.app.command("/badges")(self.command)
        finish(self.app)

    async def event(self, event: dict[str, Any]) -> None:
        await self.take(event)

    async def command(self, ack: Any, command: dict[str, Any]) -> None:
        await self.take(command)
        await ack("done")

    async def take(self, what: dict[str, Any]) -> None:
        if self.fails is not None:
            raise self.fails
        self.taken.append(what)
