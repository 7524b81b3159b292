"""The HTTP side, ``POST /slack/events``: what Slack signed is dispatched, anything else is refused before it is read."""

from collections.abc import Sequence
from typing import Final

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from .settings import Settings

PATH: Final = "/slack/events"


class Receiver:
    """Answers events, commands, buttons and forms."""

    def __init__(self, app: AsyncApp, wanted: Settings) -> None:
        self.app, self._verifiers = app, [SignatureVerifier(secret) for secret in wanted.secrets]

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request."""
        body = await request.read()
        if not any(one.is_valid_request(body, dict(request.headers)) for one in self._verifiers):
            return web.Response(status=401, text="the signature fits no signing secret")
        headers: dict[str, str | Sequence[str]] = dict(request.headers)
        answer = await self.app.async_dispatch(AsyncBoltRequest(body=body.decode(), headers=headers))
        return await to_aiohttp_response(answer)
