"""What goes with somebody to Slack and back, while they install the app: only who was sent can come back, once, and soon."""

import secrets
import time
from logging import Logger
from typing import Any, Final

from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from laurels import AdapterState

from .workspaces import SDK_LOG

LASTS: Final = 600  # seconds
_PREFIX: Final = "oauth:"


class States(AsyncOAuthStateStore):
    """Bolt's store of states, in laurels' database."""

    def __init__(self, state: AdapterState) -> None:
        self.state = state
        self._swept = float("-inf")

    @property
    def logger(self) -> Logger:
        """Where Bolt tells of its own doings."""
        return SDK_LOG

    async def async_issue(self, *args: Any, **kwargs: Any) -> str:
        """A new one."""
        await self._sweep()
        issued = secrets.token_urlsafe(24)
        await self.state.put(_PREFIX + issued, time.time() + LASTS)
        return issued

    async def async_consume(self, state: str) -> bool:
        """Whether it is good; it no longer is then."""
        until = await self.state.take(_PREFIX + state)
        return until is not None and time.time() < until

    async def _sweep(self) -> None:
        """Forget those that nobody came back with."""
        now = time.time()
        if now - self._swept > LASTS / 10:
            self._swept = now
            for key, until in (await self.state.all(_PREFIX)).items():
                if until <= now:
                    await self.state.put(key, None)
