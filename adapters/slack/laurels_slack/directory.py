"""Who and what Slack's ids stand for: people and channels, remembered for a while."""

import asyncio
from collections.abc import Collection
from typing import Any, Final

from msgspec import Struct, structs
from slack_sdk.errors import SlackApiError

from . import refusals
from .asking import NOT_WITH_THIS, Unlearnt, told
from .knowing import BRIEF, Knowledge
from .settings import Settings
from .workspaces import Workspace, Workspaces, client

PUBLIC: Final = "channel"
PRIVATE: Final = "group"
DIRECT: Final = ("im", "mpim", "app_home")


class Person(Struct, frozen=True):
    """A user, as users.info tells. *home* is the workspace, or the enterprise, that their account is of.

    *admin*: of who asks, not of another company that shares a channel.
    """

    id: str
    name: str = ""
    bot: bool = False
    admin: bool = False
    locale: str = ""
    home: str = ""


class Channel(Struct, frozen=True):
    """A conversation, as conversations.info tells. *kind* is Slack's ``channel_type``; *host*, of which workspace or enterprise it is.

    *shared*: with other companies.
    """

    id: str
    name: str = ""
    private: bool = True
    kind: str = ""
    host: str = ""
    shared: bool = False


class Directory:
    """Asks Slack once, and remembers."""

    def __init__(self, wanted: Settings, workspaces: Workspaces) -> None:
        self.settings, self.workspaces = wanted, workspaces
        self.people: Knowledge[Person] = Knowledge(self._person)
        self.channels: Knowledge[Channel] = Knowledge(self._channel)

    async def person(self, its: Workspace, user: str) -> Person:
        """Who it is; without a name where Slack doesn't say."""
        try:
            return await self.people.get(its, user)
        except Unlearnt:
            return Person(user, home=home(its))

    async def channel(self, its: Workspace, channel: str) -> Channel:
        """Which it is; private where Slack doesn't say."""
        try:
            return await self.channels.get(its, channel)
        except Unlearnt:
            return Channel(channel)

    async def called(self, its: Workspace, channel: str) -> str:
        """A channel's name as far as it can be had at once: it may be known later."""
        try:
            return (await self.channels.get(its, channel, BRIEF)).name
        except Unlearnt:
            return ""

    async def some(self, its: Workspace, users: Collection[str], *, patient: bool = False) -> dict[str, Person]:
        """Those of *users* that can be had at once; the others may be known later. *patient*: those that can be had at all."""
        asking = (self.people.learn(its, user) if patient else self.people.get(its, user, BRIEF) for user in users)
        asked = await asyncio.gather(*asking, return_exceptions=True)
        return {user: person for user, person in zip(users, asked, strict=True) if isinstance(person, Person)}

    async def at_home(self, team: str, its: Workspace) -> str:
        """The home that a workspace or enterprise is, or is in: the same whoever asks. *its* is who does."""
        if team in (its.team, its.enterprise):
            return home(its)
        if not team or team.startswith("E"):
            return team
        installed = await self.workspaces.of(team)
        return home(installed) if installed else team

    async def met(self, its: Workspace, user: dict[str, Any]) -> Person:
        """Somebody whom Slack told of unasked."""
        person = await self._read(its, user)
        self.people.note(its, person.id, person)
        return person

    def renamed(self, its: Workspace, channel: str, name: str) -> None:
        """A channel is called something else."""
        if (known := self.channels.known(its, channel)) is not None:
            self.channels.note(its, channel, structs.replace(known, name=name))

    def turned(self, its: Workspace, channel: str, kind: str) -> None:
        """A channel is private now, or public. What else Slack told of it is asked for anew."""
        known = self.channels.known(its, channel)
        if known is not None and known.kind != kind:
            self.channels.note(its, channel, structs.replace(known, kind=kind, private=kind != PUBLIC))
            if known.kind:
                self.channels.doubt(its, channel)

    async def close(self) -> None:
        """Ask no more."""
        await self.people.close()
        await self.channels.close()

    async def _person(self, its: Workspace, user: str) -> Person:
        try:
            answer = await told(client(self.settings, its.token).users_info(user=user, include_locale=True))
        except SlackApiError as error:  # nobody that Slack would tell of
            _asked_rightly(error)
            return Person(user, home=home(its))
        return await self._read(its, answer["user"])

    async def _read(self, its: Workspace, user: dict[str, Any]) -> Person:
        profile = user.get("profile") or {}
        name = profile.get("display_name") or profile.get("real_name") or user.get("real_name") or user.get("name") or ""
        team = (user.get("enterprise_user") or {}).get("enterprise_id") or user.get("team_id") or ""
        at = await self.at_home(team, its) or home(its)
        admin = at == home(its) and bool(user.get("is_admin") or user.get("is_owner"))
        return Person(user["id"], name, bool(user.get("is_bot")), admin, user.get("locale") or "", at)

    async def _channel(self, its: Workspace, channel: str) -> Channel:
        try:
            answer = await told(client(self.settings, its.token).conversations_info(channel=channel))
        except SlackApiError as error:  # none that the app may know of
            _asked_rightly(error)
            return Channel(channel, host=home(its))
        return await self.described(its, answer["channel"])

    async def described(self, its: Workspace, about: dict[str, Any]) -> Channel:
        """A channel as Slack describes it. Of one that is shared it says who its host is, else which workspaces are in it."""
        shared = bool(about.get("is_ext_shared"))
        host = about.get("conversation_host_id") or min(about.get("shared_team_ids") or [""])
        at = (await self.at_home(host, its) if shared else "") or home(its)
        kind = _kind(about)
        return Channel(about["id"], about.get("name") or "", kind != PUBLIC, kind, at, shared)


def home(its: Workspace) -> str:
    """What accounts and messages of a workspace are of: its enterprise where it is in one, since people are the same in all of that."""
    return its.enterprise or its.team


def _asked_rightly(error: SlackApiError) -> None:
    """Raise Unlearnt where Slack refused whoever asked, which is no answer to be remembered."""
    if refusals.said(error) in NOT_WITH_THIS:
        raise Unlearnt(f"Slack answers {refusals.said(error)}") from error


def _kind(about: dict[str, Any]) -> str:
    if about.get("is_im"):
        return "im"
    if about.get("is_mpim"):
        return "mpim"
    return PRIVATE if about.get("is_private") or about.get("is_group") else PUBLIC
