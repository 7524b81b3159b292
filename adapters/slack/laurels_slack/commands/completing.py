"""Completions of what is being typed into the select of a form."""

import asyncio
from typing import Any, Final

import structlog

from laurels import Suggestion

from ..prose import plain
from . import table
from .clerk import Clerk

PATIENCE: Final = 2.5  # seconds; Slack waits for three
_MOST: Final = 100
_VALUE: Final = 150
_LABEL: Final = 75

_log = structlog.get_logger(__name__)


class Completing:
    """Names badges."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk

    async def badges(self, ack: Any, body: dict[str, Any], context: Any) -> None:
        """What it can be, as far as laurels says in time."""
        try:
            async with asyncio.timeout(PATIENCE):
                found = await self._found(body, context)
        except Exception:  # late or broken: who is typing can do without
            _log.exception("no completions")
            found = []
        options = {each.value: each.label or each.value for each in found if 0 < len(each.value) <= _VALUE}
        await ack(options=[{"text": plain(label, _LABEL), "value": value} for value, label in list(options.items())[:_MOST]])

    async def _found(self, body: dict[str, Any], context: Any) -> list[Suggestion]:
        asker = await self.clerk.who.asker(body, context)
        if asker is None:
            return []
        return list(await self.clerk.host.suggest(await self.clerk.who.command(asker, table.NAME, ("show", body.get("value") or ""))))
