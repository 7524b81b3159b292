"""From a place to the workspace and channel in which the app can speak."""

import re
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from slack_sdk.errors import SlackApiError

from laurels import Place, Unreachable

from .refusals import said, wait
from .settings import Settings
from .workspaces import Workspace, Workspaces, client

Owner = Callable[[str], str | None]

AGE: Final = 600.0  # seconds for which the names of channels are believed
MISSED: Final = 30.0  # and after which a name that was not among them is looked for again

_ID: Final = re.compile("[CGD][A-Z0-9]{6,}")
_PAGES, _PAGE, _MANY = 50, 200, 1000


class Spot(NamedTuple):
    """A channel, and the workspace through which it is reached."""

    its: Workspace
    channel: str


class Finder:
    """Finds channels. *owner* tells whose a workspace is: a community does not speak in another's. Remembers for a while what it found."""

    def __init__(self, wanted: Settings, workspaces: Workspaces, owner: Owner, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings, self.workspaces, self.owner, self.clock = wanted, workspaces, owner, clock
        self._names: dict[str, tuple[float, Mapping[str, str]]] = {}  # by workspace: when they were asked for, and the ids by name
        self._direct: dict[tuple[str, str], str] = {}
        self._homes: dict[str, str] = {}
        self._teams: dict[str, str] = {}

    async def find(self, place: Place, community: str) -> Spot:
        """Where to write. Raises Unreachable where there is no such place, or several."""
        among = await self._among(place, community)
        if place.channel.startswith("@"):
            return await self._alone(among, place.channel[1:])
        if not _ID.fullmatch(place.channel):
            return await self._named(among, place)
        spot = await self._seeing(among, place.channel)
        if not spot.its.team and (team := await self._team(spot)) and self.owner(team) not in (community, None):
            raise Unreachable("the channel is in a workspace of another community")
        return spot

    async def _among(self, place: Place, community: str) -> Sequence[Workspace]:
        """The installations that may reach it."""
        mine = [its for its in await self.workspaces.all() if _reaches(its, place.realm)]
        mine = [its for its in mine if self._whose(its) in ((community, None) if place.realm else (community,))]
        strange = place.realm and self.owner(place.realm) != community  # as the enterprise of a winner can be, whose team alone is named
        if not mine or (strange and not place.channel.startswith("@")):
            raise Unreachable("the app is not installed in that workspace, or the workspace is not this community's")
        return sorted(mine, key=lambda its: self._whose(its) != community)

    def _whose(self, its: Workspace) -> str | None:
        """The community of a team; of its enterprise, where the team has none of its own."""
        return next((owner for realm in (its.team, its.enterprise) if realm and (owner := self.owner(realm)) is not None), None)

    async def _seeing(self, among: Sequence[Workspace], channel: str) -> Spot:
        """The workspace that has a channel."""
        home = next((its for its in among if its.realm == self._homes.get(channel)), None)
        for its in among[:-1] if home is None else ():
            try:
                await client(self.settings, its.token).conversations_info(channel=channel)
            except SlackApiError as exc:
                _must_be("channel_not_found", exc)
            else:
                _bounded(self._homes)[channel] = its.realm
                return Spot(its, channel)
        return Spot(home or among[-1], channel)

    async def _team(self, spot: Spot) -> str:
        """The team of a channel that is reached through a whole enterprise."""
        if spot.channel not in self._teams:
            told: Any = await client(self.settings, spot.its.token).conversations_info(channel=spot.channel)
            _bounded(self._teams)[spot.channel] = told["channel"].get("context_team_id") or ""
        return self._teams[spot.channel]

    async def _alone(self, among: Sequence[Workspace], user: str) -> Spot:
        """Somebody's direct messages."""
        for its in among:
            if (its.realm, user) not in self._direct:
                try:
                    told: Any = await client(self.settings, its.token).conversations_open(users=user)
                except SlackApiError as exc:
                    if its is among[-1]:
                        raise
                    _must_be("user_not_found", exc)
                    continue
                _bounded(self._direct)[its.realm, user] = told["channel"]["id"]
            return Spot(its, self._direct[its.realm, user])
        raise Unreachable("there is no such person")

    async def _named(self, among: Sequence[Workspace], place: Place) -> Spot:
        name = place.channel.removeprefix("#").casefold()
        found = [Spot(its, channels[name]) for its in among if name in (channels := await self._channels(its, name, place.realm))]
        if not found:
            private = "" if self.settings.private_channels else "; a private one is found by its id alone"
            raise Unreachable(f"the app is in no channel of that name: write /invite and its name in #{name}{private}")
        if len({spot.channel for spot in found}) > 1:
            where = ", ".join(spot.its.name or spot.its.realm for spot in found)
            raise Unreachable(f"several workspaces have a channel of that name ({where}): write its id, or announce for each workspace")
        return found[0]

    async def _channels(self, its: Workspace, wanted: str, realm: str) -> Mapping[str, str]:
        """The ids of the channels that the app is in, by name."""
        team = its.team or realm
        asked, known = self._names.get(team, (0.0, {}))
        age = self.clock() - asked
        if not asked or age > AGE or (age > MISSED and wanted not in known):
            known = await self._asked(its, team)
            self._names[team] = self.clock(), known
        return known

    async def _asked(self, its: Workspace, team: str) -> Mapping[str, str]:
        if not its.team and not team.startswith("T"):
            raise Unreachable("the app is installed in a whole enterprise, whose workspaces may share names: write the channel's id")
        kinds = "public_channel,private_channel" if self.settings.private_channels else "public_channel"
        names, cursor = dict[str, str](), ""
        for _ in range(_PAGES):
            told: Any = await client(self.settings, its.token).users_conversations(
                types=kinds, exclude_archived=True, limit=_PAGE, cursor=cursor or None, team_id=None if its.team else team
            )
            names |= {one["name"].casefold(): one["id"] for one in told["channels"] if one.get("name")}
            cursor = (told.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return names


def _reaches(its: Workspace, realm: str) -> bool:
    """Whether an installation may serve a realm: a whole enterprise's serves teams that only Slack knows to be of it."""
    return realm in ("", its.team, its.enterprise) or (not its.team and realm.startswith("T"))


def _must_be(error: str, exc: SlackApiError) -> None:
    if said(exc) != error or wait(exc) is not None:
        raise exc


def _bounded(known: dict[Any, str]) -> dict[Any, str]:
    if len(known) >= _MANY:
        del known[next(iter(known))]
    return known
