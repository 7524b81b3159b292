"""User groups, which are Slack's roles: who is in which."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Final

import aiohttp
import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from ..settings import Settings
from ..workspaces import Workspace, client

_FRESH: Final = 60.0  # seconds
_PATIENCE: Final = 2.0  # seconds for which a command waits to know them

_log = structlog.get_logger(__name__)


class Groups:
    """Asks Slack at most once a minute per workspace. Where it refuses, as on plans without user groups, there are none."""

    def __init__(self, wanted: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings, self._clock = wanted, clock
        self._known: dict[str, tuple[float, Mapping[str, frozenset[str]]]] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._refused: set[tuple[str, str]] = set()

    async def of(self, its: Workspace, team: str, user: str) -> tuple[str, ...]:
        """The ids of the groups that somebody is in."""
        async with self._locks[team]:
            at, found = self._known.get(team, (0.0, None))
            if found is None or self._clock() - at >= _FRESH:
                found = await self._asked(its, team, found or {})
                self._known[team] = (self._clock(), found)
        return tuple(sorted(group for group, users in found.items() if user in users))

    async def _asked(self, its: Workspace, team: str, before: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
        try:
            async with asyncio.timeout(_PATIENCE):
                told: Any = await client(self.settings, its.token).usergroups_list(include_users=True, team_id=team or None)
        except SlackApiError as error:
            status, why = error.response.status_code, str(error.response.get("error"))
            if status != 429 and (team, why) not in self._refused:
                self._refused.add((team, why))
                _log.info("Slack tells nothing of user groups; no role is given by them", workspace=team, why=why)
            return before if status == 429 else {}
        except (SlackClientError, aiohttp.ClientError, OSError) as error:  # TimeoutError is an OSError
            _log.warning("Slack was not reached for user groups", workspace=team, why=str(error) or type(error).__name__)
            return before
        return {group["id"]: frozenset(group.get("users") or ()) for group in told.get("usergroups") or ()}
