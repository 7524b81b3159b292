"""The HTTP side, ``POST /slack/events``: what Slack signed is dispatched, anything else is refused before it is read."""

import re
from collections.abc import Callable, Sequence
from time import time
from typing import Final, NamedTuple

import structlog
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import Clock, SignatureVerifier

from laurels import BadRequest, read_body

from .settings import Settings

PATH: Final = "/slack/events"
MOST: Final = 4 * 1024 * 1024  # bytes; a changed message comes with the one that was, each with its blocks
VALID: Final = 300.0  # seconds that a signature holds, from before and behind its time: slack_sdk's verifier

_TYPES: Final = ("application/json", "application/x-www-form-urlencoded")
_SIGNATURE: Final = re.compile(r"v0=[0-9a-f]{64}")
_TIMESTAMP: Final = re.compile(r"[0-9]{1,11}")
_PATIENCE: Final = 10.0  # seconds for a body to arrive; Slack itself gives up after 3

_log = structlog.get_logger(__name__)


class _Signed(NamedTuple):
    """What Slack says of a body beside it: no two requests have the same."""

    timestamp: str
    signature: str


class Receiver:
    """Answers events, commands, buttons and forms.

    200 once what they tell is durable, 400, 401, 403 or 413 for what must not come in; 5xx where it could not be kept: Slack then delivers
    an event again, under a new signature. *clock* tells the time in seconds.
    """

    def __init__(self, app: AsyncApp, wanted: Settings, clock: Callable[[], float] = time) -> None:
        self.app, self._clock, self._taken = app, clock, _Taken(clock)
        self._verifiers = [SignatureVerifier(secret, _Clock(clock)) for secret in wanted.secrets]

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one request."""
        try:
            signed = _headers(request)
            self._verify(signed, body := await read_body(request, MOST, _PATIENCE))
            return await self._answer(signed, body, request)
        except BadRequest as refused:
            _log.info("request refused", status=refused.status, why=str(refused))
            response = web.Response(status=refused.status, text=str(refused))
            response.force_close()  # what is left of the body is nothing to wait for
            return response

    def _verify(self, signed: _Signed, body: bytes) -> None:
        """Look at every secret, with slack_sdk's constant-time comparison, before anything is parsed."""
        if abs(self._clock() - int(signed.timestamp)) > VALID:
            raise BadRequest(403, "the request is too old, or a clock is wrong")
        try:
            fits = [one.is_valid(body, signed.timestamp, signed.signature) for one in self._verifiers]
        except UnicodeDecodeError as exc:
            raise BadRequest(400, "the body is no UTF-8") from exc
        if not any(fits):
            raise BadRequest(403, "the signature fits no signing secret")

    async def _answer(self, signed: _Signed, body: bytes, request: web.Request) -> web.Response:
        if not self._taken.first(signed):
            raise BadRequest(403, "this very request came before")
        asked = _parsed(body.decode(), request)
        if asked.body.get("ssl_check"):
            return web.Response()
        response = web.Response(status=503)
        try:
            response = await to_aiohttp_response(await self.app.async_dispatch(asked))
        except Exception:  # Bolt answers for what listeners raise; this is for what it raises itself
            _log.exception("request not dispatched")
        finally:
            if response.status >= 500:
                self._taken.forget(signed)
        return response


class _Clock(Clock):
    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock

    def now(self) -> float:
        return self._clock()


class _Taken:
    """Which requests were taken, as long as their signatures hold."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._since = clock, dict[_Signed, float]()

    def first(self, signed: _Signed) -> bool:
        """Whether it is the first time; from now on it isn't."""
        old = self._clock() - 2 * VALID  # a timestamp may be that far ahead
        while self._since and next(iter(self._since.values())) < old:
            del self._since[next(iter(self._since))]
        known = signed in self._since
        self._since.setdefault(signed, self._clock())
        return not known

    def forget(self, signed: _Signed) -> None:
        """It can come again."""
        self._since.pop(signed, None)


def _headers(request: web.Request) -> _Signed:
    for name in ("X-Slack-Signature", "X-Slack-Request-Timestamp", "Content-Type"):
        if len(request.headers.getall(name, ())) > 1:
            raise BadRequest(400, f"{name} is there twice")
    signed = _Signed(request.headers.get("X-Slack-Request-Timestamp", ""), request.headers.get("X-Slack-Signature", ""))
    if not all(signed):
        raise BadRequest(401, "the request is not signed")
    if not _TIMESTAMP.fullmatch(signed.timestamp):
        raise BadRequest(403, "X-Slack-Request-Timestamp is no time")
    if not _SIGNATURE.fullmatch(signed.signature):
        raise BadRequest(403, "X-Slack-Signature is no signature")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise BadRequest(400, "compressed bodies are not taken; Slack sends none")
    if request.content_type not in _TYPES:
        raise BadRequest(400, f"the content type must be {' or '.join(_TYPES)}")
    return signed


def _parsed(body: str, request: web.Request) -> AsyncBoltRequest:
    """The request as Bolt takes it, once its signature holds: what is wrong with it then is no attack, but still nothing to work with."""
    headers: dict[str, str | Sequence[str]] = {name: request.headers[name] for name in request.headers if not _bolts_own(name)}
    try:
        asked = AsyncBoltRequest(body=body, headers=headers)
    except (ValueError, RecursionError, AttributeError, TypeError) as exc:
        raise BadRequest(400, "the body can't be read") from exc
    if not isinstance(asked.body, dict) or not asked.body:
        raise BadRequest(400, "the body is no object")
    return asked


def _bolts_own(name: str) -> bool:
    """Whether a header tells Bolt, not us, what to do: Slack signs bodies alone, so anyone on the way could have set it."""
    return name.lower().startswith("x-slack-bolt-")
