"""What Slack tells of, put into the journal; only then Slack is told that it was received."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from . import translate
from .door import Door
from .translate import account


def install(app: AsyncApp, door: Door) -> None:
    """Listen to all that is counted."""
    app.event("message")(Listener(door).message)


class Listener:
    """Hears what people do."""

    def __init__(self, door: Door) -> None:
        self.door = door

    async def message(self, body: dict[str, Any], event: dict[str, Any]) -> None:
        """Somebody wrote."""
        its = await self.door.directory.workspaces.of(body.get("team_id") or "", body.get("enterprise_id") or "")
        if its is None or event.get("subtype") or "user" not in event:
            return
        where = await self.door.place(its, event["channel"], event.get("thread_ts") or "")
        if where is not None:
            who = account(await self.door.directory.person(its, event["user"]), where.realm)
            await self.door.put(translate.messages.message(event, who, where))
