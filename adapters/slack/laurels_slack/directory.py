"""Who and what Slack's ids stand for: people and channels, remembered for a while."""

from typing import Any

from msgspec import Struct
from slack_sdk.errors import SlackApiError

from .settings import Settings
from .workspaces import Workspace, Workspaces, client


class Person(Struct, frozen=True):
    """A user, as users.info tells."""

    id: str
    name: str = ""
    bot: bool = False
    admin: bool = False
    locale: str = ""


class Channel(Struct, frozen=True):
    """A conversation, as conversations.info tells."""

    id: str
    name: str = ""
    private: bool = True


class Directory:
    """Asks Slack once, and remembers."""

    def __init__(self, wanted: Settings, workspaces: Workspaces) -> None:
        self.settings, self.workspaces = wanted, workspaces
        self._people: dict[tuple[str, str], Person] = {}
        self._channels: dict[tuple[str, str], Channel] = {}

    async def person(self, its: Workspace, user: str) -> Person:
        """Who it is; without a name where Slack doesn't say."""
        if (its.realm, user) not in self._people:
            try:
                told: Any = (await client(self.settings, its.token).users_info(user=user, include_locale=True))["user"]
            except SlackApiError:
                return Person(user)
            profile = told.get("profile") or {}
            name = profile.get("display_name") or profile.get("real_name") or told.get("real_name") or told.get("name") or ""
            admin = bool(told.get("is_admin") or told.get("is_owner"))
            self._people[its.realm, user] = Person(user, name, bool(told.get("is_bot")), admin, told.get("locale") or "")
        return self._people[its.realm, user]

    async def channel(self, its: Workspace, channel: str) -> Channel:
        """Which it is; private where Slack doesn't say."""
        if (its.realm, channel) not in self._channels:
            try:
                told: Any = (await client(self.settings, its.token).conversations_info(channel=channel))["channel"]
            except SlackApiError:
                return Channel(channel)
            private = bool(told.get("is_private") or told.get("is_im") or told.get("is_mpim"))
            self._channels[its.realm, channel] = Channel(channel, told.get("name") or "", private)
        return self._channels[its.realm, channel]
