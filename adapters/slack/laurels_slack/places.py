"""What keeps laurels from a workspace's channels and user groups, for ``laurels check``."""

import re
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from typing import Any, Final

from msgspec import Struct
from slack_sdk.errors import SlackApiError

from laurels import Note, Problem, Tenant

from .faults import refused, understood
from .refusals import said
from .settings import WHERE, Settings
from .workspaces import Workspace, client

_ID: Final = re.compile("[CG][A-Z0-9]{6,}")
_PAGE, _PAGES = 200, 10  # Slack gives at most so many at once; a workspace's first 2,000 channels are enough to tell which it is
_INVITE: Final = "write /invite @{app} there"


class Channel(Struct, frozen=True):
    """A channel that the bot can know of; *inside*: it is in it."""

    id: str
    name: str
    inside: bool
    archived: bool = False

    def is_called(self, name: str) -> bool:
        """Whether an id or name means it."""
        return name.removeprefix("#").casefold() in (self.id.casefold(), self.name.casefold())


async def problems(wanted: Settings, its: Workspace, tenant: Tenant, scopes: Collection[str]) -> AsyncIterator[Problem]:
    """Every one. Raises Faulty where Slack can't be asked."""
    if not its.team:
        return  # an enterprise's channels are each workspace's own
    inside = [channel async for channel in _channels(wanted, its, "users.conversations")]
    if not any(not channel.archived for channel in inside):
        what = f"the app is in no channel of {its.name or its.realm}, so nothing counts there"
        yield Note(WHERE, "", what, f"{_invite(its)}, for each channel that shall count")
    for problem in _private(wanted, its, inside):
        yield problem
    async for problem in _announcing(wanted, its, tenant, inside):
        yield problem
    async for problem in _groups(wanted, its, tenant, scopes):
        yield problem


def _private(wanted: Settings, its: Workspace, inside: Sequence[Channel]) -> Iterable[Problem]:
    """Channels that are to be read, and can't."""
    ids = wanted.private_channels if isinstance(wanted.private_channels, tuple) else ()
    for id_ in ids if wanted.bot_token else ():  # of several workspaces, each has its own
        if id_ not in {channel.id for channel in inside}:
            yield Problem(WHERE, "private_channels", f"the app is not in {id_} of {its.name or its.realm}, so it is not read", _invite(its))


async def _announcing(wanted: Settings, its: Workspace, tenant: Tenant, inside: Sequence[Channel]) -> AsyncIterator[Problem]:
    """Channels that are announced in, and can't be written to."""
    missing = [name for name in tenant.announce if not any(channel.is_called(name) and not channel.archived for channel in inside)]
    if not missing:
        return
    others = [channel async for channel in _channels(wanted, its, "conversations.list")]
    for name in missing:
        found = next((channel for channel in (*inside, *others) if channel.is_called(name)), None)
        if found is None:
            what = f"there is no channel {name!r} in {its.name or its.realm}, or it is private and the app is not in it"
            elsewhere = not wanted.bot_token and (len(tenant.realms) > 1 or "*" in tenant.realms)
            unseen = not wanted.private_channels and _ID.fullmatch(name) is not None
            kind = Note if elsewhere or unseen else Problem  # it may be another workspace's, or private, where the app can be all the same
            yield kind(f"communities.{tenant.name}", "announce", what, _invite(its))
        elif found.archived:
            what = f"the channel {name!r} of {its.name or its.realm} is archived"
            yield Problem(f"communities.{tenant.name}", "announce", what, "unarchive it, or name another")
        else:
            what = f"the app is not in {name!r} of {its.name or its.realm}, so it can't write there"
            yield Problem(f"communities.{tenant.name}", "announce", what, _invite(its))


async def _groups(wanted: Settings, its: Workspace, tenant: Tenant, scopes: Collection[str]) -> AsyncIterator[Problem]:
    """User groups that are given something, and aren't there."""
    named = [role.removeprefix("group:") for role in tenant.roles if role.startswith("group:")]
    if not named or (scopes and "usergroups:read" not in scopes):  # which is said already
        return
    where = f"communities.{tenant.name}"
    try:
        told: Any = await client(wanted, its.token).usergroups_list()
    except SlackApiError as error:
        if said(error) not in {"paid_teams_only", "plan_upgrade_required", "team_not_found"}:
            raise refused("bot_token", error) from error
        what = f"{its.name or its.realm} has no user groups: its plan lacks them"
        yield Problem(where, "roles", what, f"name people, like slack:{its.enterprise or its.team}/U0123ABCD")
        return
    there = {group["id"]: group.get("handle") or "" for group in told["usergroups"]}
    handles = {handle: id_ for id_, handle in there.items()}
    for name in named:
        if name in there:
            continue
        right = handles.get(name.removeprefix("@"))
        listed = ", ".join(f"{id_} (@{handle})" for id_, handle in there.items())
        hint = f"write slack:group:{right}" if right else f"there are {listed or 'none'}"
        kind = Problem if wanted.bot_token or right else Note
        yield kind(where, "roles", f"{its.name or its.realm} has no user group of the id {name!r}", hint)


async def _channels(wanted: Settings, its: Workspace, method: str) -> AsyncIterator[Channel]:
    """Public ones, and private ones where they may be read: those that the bot is in, or all."""
    mine = method == "users.conversations"
    kinds = "public_channel,private_channel" if mine and wanted.private_channels else "public_channel"
    cursor = ""
    for _ in range(_PAGES):
        with understood(wanted):
            try:
                told: Any = await client(wanted, its.token).api_call(method, params={"types": kinds, "limit": _PAGE, "cursor": cursor})
            except SlackApiError as error:
                if said(error) == "missing_scope":
                    return  # which is said already
                raise
        for one in told.get("channels") or ():
            yield Channel(one["id"], one.get("name") or "", mine or bool(one.get("is_member")), bool(one.get("is_archived")))
        cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return


def _invite(its: Workspace) -> str:
    return _INVITE.format(app=its.app or "laurels")
