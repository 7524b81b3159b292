"""GitHub's part in the demo: payloads signed and sent over HTTP, as GitHub would."""

import hashlib
import hmac
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import aiohttp
import msgspec

from .script import payload


class Delivery(NamedTuple):
    """A webhook that was sent: what it told, in a few words, and what was answered."""

    told: str
    status: int
    answer: str


class GitHub:
    """Sends webhooks to *url*, signed with *secret*."""

    def __init__(self, session: aiohttp.ClientSession, url: str, secret: str) -> None:
        self._session, self._url, self._secret = session, url, secret

    async def deliver(self, name: str) -> Delivery:
        """Send ``payloads/name.json`` under a new delivery id; the part of *name* before ``__`` is the event."""
        body, event = payload(name), name.partition("__")[0]
        signature = hmac.new(self._secret.encode(), body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "GitHub-Hookshot/demo",
            "X-GitHub-Delivery": str(uuid.uuid4()),
            "X-GitHub-Event": event,
            "X-Hub-Signature-256": f"sha256={signature}",
        }
        async with self._session.post(self._url, data=body, headers=headers) as response:
            return Delivery(_told(event, msgspec.json.decode(body)), response.status, await response.text())


@asynccontextmanager
async def github(server: str, secret: str) -> AsyncIterator[GitHub]:
    """GitHub, with a webhook set up at *server*."""
    async with aiohttp.ClientSession(trust_env=False) as session:
        yield GitHub(session, f"{server}/webhooks/github", secret)


def _told(event: str, body: dict[str, Any]) -> str:
    thing = body.get("pull_request") or body.get("issue") or {}
    number = f"#{thing['number']}" if thing else ""
    title = f" “{thing['title']}”" if body["action"] == "opened" else ""
    action = "merged" if event == "pull_request" and thing.get("merged") else body["action"]
    label = f" ({body['label']['name']})" if "label" in body else ""
    return f"{event} {action}{label} by {body['sender']['login']}: {body['repository']['name']}{number}{title}"
