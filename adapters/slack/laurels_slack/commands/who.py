"""Who asks, where, and with which roles: from what Slack sends to a command of laurels'."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from msgspec import Struct

from laurels import ADMIN, Account, Actor, Command, Host, Place

from ..directory import Directory, home
from ..translate import SOURCE, account
from ..workspaces import Workspace
from .groups import Groups

Body = Mapping[str, Any]


class Asker(Struct, frozen=True):
    """Somebody who asks in a workspace of *team*; in a *channel*, or nowhere in particular; in answer to the message *ts*."""

    its: Workspace
    team: str
    user: str
    channel: str = ""
    thread: str = ""
    ts: str = ""


class Who:
    """Knows them, as far as Slack tells."""

    def __init__(self, host: Host, directory: Directory, groups: Groups) -> None:
        self.host, self.directory, self.groups = host, directory, groups

    async def asker(self, body: Body, context: Mapping[str, Any], *, channel: str = "", thread: str = "", ts: str = "") -> Asker | None:
        """Who sent *body*, by what Bolt found out; None where the app is not installed any more.

        An event says for which installation it is; its own ``team_id`` may be that of another company, who share the channel.
        """
        install: Body = next(iter(body.get("authorizations") or ()), {})
        team = install.get("team_id") or body.get("context_team_id") or context.get("team_id") or ""
        enterprise = install.get("enterprise_id") or body.get("context_enterprise_id") or context.get("enterprise_id") or ""
        its = await self.directory.workspaces.of(team, enterprise)
        user = context.get("user_id") or ""
        return Asker(its, team or its.team, user, channel, thread, ts) if its is not None and user else None

    async def command(
        self, asker: Asker, name: str, words: Sequence[str], *, people: Sequence[Account] = (), called: Mapping[str, str] | None = None,
        message: str = "",
    ) -> Command:  # fmt: skip
        """``/name words`` as somebody.

        *people* are those whom the words name, *called* what else they name is called; *message* is the link to what was pointed at.
        """
        person = await self.directory.person(asker.its, asker.user)
        return Command(
            name, tuple(words), account(person, home(asker.its)), await self.where(asker), self.realm(asker), await self._roles(asker),
            person.locale, message=message, people=tuple(people), called=tuple((called or {}).items()),
        )  # fmt: skip

    async def actor(self, asker: Asker) -> Actor:
        """Who asks, with their roles."""
        return Actor(await self.account(asker, asker.user), await self._roles(asker))

    async def account(self, asker: Asker, user: str) -> Account:
        """Somebody who can be seen from the workspace."""
        return account(await self.directory.person(asker.its, user), home(asker.its))

    async def accounts(self, asker: Asker, users: Collection[str]) -> dict[str, Account]:
        """Some of them, by id."""
        return dict(zip(users, await asyncio.gather(*(self.account(asker, user) for user in users)), strict=True))

    async def direct(self, asker: Asker) -> bool:
        """Whether nobody reads with them: the channel is that between them and the bot."""
        return bool(asker.channel) and (await self.directory.channel(asker.its, asker.channel)).kind == "im"

    async def called(self, asker: Asker, word: str) -> str:
        """What a channel or group is called, of which Slack told no more than *word*; that, where it is not for everybody to know."""
        found = await self.directory.channel(asker.its, word.partition(":")[2]) if word.startswith(SOURCE) else None
        return f"#{found.name}" if found is not None and found.name and not found.private else word

    async def locale(self, asker: Asker) -> str:
        """What they read."""
        return (await self.directory.person(asker.its, asker.user)).locale

    def reads(self, asker: Asker) -> str:
        """The same, as far as it is known at once."""
        person = self.directory.people.known(asker.its, asker.user)
        return person.locale if person else ""

    async def where(self, asker: Asker) -> Place:
        """The channel; what belongs to none is between the two of us."""
        realm = self.realm(asker)
        if not asker.channel:
            return Place(SOURCE, f"@{asker.user}", realm=realm, private=True)
        found = await self.directory.channel(asker.its, asker.channel)
        name = f"#{found.name}" if found.name and not found.private else ""
        url = link(asker.its, asker.channel, asker.ts, asker.thread) if asker.ts else ""
        return Place(SOURCE, asker.channel, asker.thread, realm, name, url, private=found.private)

    def realm(self, asker: Asker) -> str:
        """By which id a configuration names the workspace: its own or its enterprise's; its own where it names neither."""
        known = (realm for realm in (asker.team, asker.its.enterprise) if realm and self.host.community(SOURCE, realm) is not None)
        return next(known, asker.team or asker.its.realm)

    async def _roles(self, asker: Asker) -> tuple[str, ...]:
        person = await self.directory.person(asker.its, asker.user)
        groups = tuple(f"group:{id_}" for id_ in await self.groups.of(asker.its, asker.team, asker.user))
        return (*groups, ADMIN) if person.admin or asker.user == asker.its.installer else groups


def link(its: Workspace, channel: str, ts: str, thread: str = "") -> str:
    """The address of a message; nothing where that of the workspace is not known."""
    query = f"?thread_ts={thread}&cid={channel}" if thread and thread != ts else ""
    return f"{its.url.rstrip('/')}/archives/{channel}/p{ts.replace('.', '')}{query}" if its.url and ts else ""
