"""What somebody may do at a repository, as GitHub has it: permission, teams, ownership."""

import asyncio
import time
from typing import Any, Final

from gidgethub import HTTPException
from gidgethub.aiohttp import GitHubAPI

from laurels import ADMIN

from .commands import Asked
from .refusals import Denied, refusal

_FRESH: Final = 300.0  # seconds that an answer of GitHub's is believed
_TEAMS: Final = 100  # of an organization that are looked at: each is a request
_AT_ONCE: Final = 10  # of these requests
_MOST: Final = 1000  # answers that are kept

_PERMISSION: Final = "/repos/{owner}/{name}/collaborators/{login}/permission"
_MEMBERSHIP: Final = "/orgs/{owner}/memberships/{login}"
_LISTED: Final = "/orgs/{owner}/teams{?per_page}"
_IN_TEAM: Final = "/orgs/{owner}/teams/{slug}/memberships/{login}"


class Roles:
    """Asks GitHub who somebody is, and remembers it for some minutes."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], tuple[float, tuple[str, ...]]] = {}

    async def of(self, github: GitHubAPI, asked: Asked) -> tuple[str, ...]:
        """The roles of whoever asked: ``permission:NAME``, ``team:SLUG``, and ADMIN for those whose organization or repository it is."""
        key = (asked.command.place.channel, asked.command.actor.id)
        until, roles = self._known.get(key, (0.0, ()))
        if until < time.monotonic():
            roles = tuple(await _asked(github, asked))
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = (time.monotonic() + _FRESH, roles)
        return roles


async def _asked(github: GitHubAPI, asked: Asked) -> list[str]:
    owner, name = asked.command.place.channel.split("/")
    where = {"owner": owner, "name": name, "login": asked.command.actor.name}
    found = await _get(github, _PERMISSION, where)
    permission = found.get("role_name") or found.get("permission")
    roles = [f"permission:{permission}"] if permission and permission != "none" else []
    if not asked.organization:
        return [*roles, ADMIN] if asked.command.actor.id == asked.owner else roles
    member = await _get(github, _MEMBERSHIP, where)
    if member.get("state") != "active":
        return roles
    return [*roles, *([ADMIN] if member.get("role") == "admin" else []), *await _teams(github, where)]


async def _teams(github: GitHubAPI, where: dict[str, str]) -> list[str]:
    """The teams that somebody is in, of those that can be seen; a part of one may see none."""
    listed = await _get(github, _LISTED, {**where, "per_page": str(_TEAMS)})
    gate = asyncio.Semaphore(_AT_ONCE)

    async def within(slug: str) -> str:
        async with gate:
            found = await _get(github, _IN_TEAM, {**where, "slug": slug})
            return f"team:{slug}" if found.get("state") == "active" else ""

    slugs = [str(team["slug"]) for team in listed] if isinstance(listed, list) else []
    return [role for role in await asyncio.gather(*map(within, slugs)) if role]


async def _get(github: GitHubAPI, url: str, where: dict[str, str]) -> Any:
    """What GitHub answers; an empty object for what is not there or not to be seen. Raises Later where it can't be known now."""
    try:
        return await github.getitem(url, where)
    except HTTPException as exc:
        if isinstance(denied := refusal(exc), Denied) and denied.status in {403, 404}:
            return {}
        raise
