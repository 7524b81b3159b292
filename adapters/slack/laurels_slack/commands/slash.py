"""What is typed behind a slash."""

from typing import Any

from laurels import ADMIN, Command, Host, Place

from ..directory import Directory
from ..settings import Settings
from ..translate import SOURCE, account


class Slash:
    """Answers slash commands: Slack is told at once that they came, the answer follows."""

    def __init__(self, host: Host, wanted: Settings, directory: Directory) -> None:
        self.host, self.settings, self.directory = host, wanted, directory

    async def ack(self, ack: Any) -> None:
        """It came."""
        await ack()

    async def answer(self, body: dict[str, Any], respond: Any) -> None:
        """Answer it."""
        its = await self.directory.workspaces.of(body["team_id"], body.get("enterprise_id") or "")
        assert its is not None
        person, realm = await self.directory.person(its, body["user_id"]), its.realm
        place = Place(SOURCE, body["channel_id"], realm=realm)
        name = "badges-admin" if body["command"] == self.settings.admin_command else "badges"
        roles = (ADMIN,) if person.admin else ()
        reply = await self.host.ask(
            Command(name, tuple(body.get("text", "").split()), account(person, realm), place, realm, roles, person.locale)
        )
        await respond(text=reply.text, response_type="ephemeral" if reply.private else "in_channel")
