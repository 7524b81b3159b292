"""The HTTP side: who may speak, and what they are answered."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple
from urllib.parse import parse_qs

import msgspec
import structlog
from aiohttp import web
from gidgethub import ValidationFailure, sansio

from laurels import BadRequest, Event, ForeignRealm, Host, InvalidEvent, read_body

from .commands import Asked, asked
from .settings import Settings
from .translate import IGNORED, SOURCE, Malformed, owner_of, translate

PATH: Final = "/webhooks/github"

_SIGNATURE: Final = re.compile(r"sha256=[0-9a-f]{64}")
_EVENT: Final = re.compile(r"[a-z0-9_]{1,80}")
_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"
_OWN: Final = "laurels wrote this itself"
_UNANSWERED: Final = "a command, and laurels has neither a GitHub App nor a token to answer it with, or does not know the owner"
_PATIENCE: Final = 60.0  # seconds for a body to arrive; GitHub itself gives up after 10

_log = structlog.get_logger(__name__)


class _Headers(NamedTuple):
    event: str
    signature: str
    content_type: str


class Receiver:
    """Answers webhooks: 2xx once what they tell is durable, 400, 401, 403 or 413 for what must not come in.

    503 only where *put* fails, which no input causes: GitHub shows the delivery as failed, and it can be sent again.
    """

    def __init__(
        self,
        settings: Settings,
        host: Host,
        put: Callable[[Event], Awaitable[None]],
        ask: Callable[[Asked], Awaitable[None]] | None = None,
    ) -> None:
        self._settings, self._host, self._put, self._ask = settings, host, put, ask

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one webhook, with a line that GitHub shows beside the delivery."""
        try:
            return web.Response(status=202, text=await self._receive(request))
        except BadRequest as refused:
            _log.info("webhook refused", status=refused.status, why=str(refused))
            response = web.Response(status=refused.status, text=str(refused))
            response.force_close()  # what is left of the body is nothing to wait for
            return response

    async def _receive(self, request: web.Request) -> str:
        community = request.match_info.get("community", "")
        headers = _headers(request)
        self._verify(community, headers, body := await read_body(request, self._settings.max_body, _PATIENCE))
        payload = _decoded(headers.content_type, body)
        known = self._admit(community, owner_of(payload).lower())
        events, question = _understood(headers.event, payload)
        for event in events:
            await self._kept(self._put(msgspec.structs.replace(event, community=community if known else "")), headers.event)
        if question and known and self._ask:
            await self._kept(self._ask(question), headers.event)
            return "a command"
        ignored = IGNORED.get(headers.event) or (_UNANSWERED if question else _OWN)
        return ", ".join(dict.fromkeys(event.type for event in events)) or f"{headers.event} is ignored: {ignored}"

    def _verify(self, community: str, headers: _Headers, body: bytes) -> None:
        """Look at every secret, with gidgethub's constant-time comparison, before anything is parsed."""
        fits = False
        for secret in self._settings.secrets(community):
            try:
                sansio.validate_event(body, signature=headers.signature, secret=secret)
            except ValidationFailure:
                continue
            fits = True
        if not fits:
            raise BadRequest(403, "the signature fits no secret that may speak here")

    def _admit(self, community: str, realm: str) -> bool:
        """Whether any community has this owner. A secret speaks for its own community's, and those with a secret only through that."""
        home = self._host.community(SOURCE, realm) if realm else None
        if home and home != community and (community or home in self._settings.communities):
            raise BadRequest(403, f"this secret may not speak for {realm}")
        return home is not None

    @staticmethod
    async def _kept(keeping: Awaitable[None], name: str) -> None:
        try:
            await keeping
        except ForeignRealm as exc:
            raise BadRequest(403, "this secret may not speak for this owner") from exc
        except InvalidEvent as exc:
            raise BadRequest(400, str(exc)) from exc
        except Exception as exc:  # whatever a store can raise; the platform must hear that this was not kept
            _log.exception("webhook not stored", event_name=name)
            raise BadRequest(503, "not stored; deliver it again") from exc


def _headers(request: web.Request) -> _Headers:
    for name in ("X-Hub-Signature-256", "X-GitHub-Event", "Content-Type"):
        if len(request.headers.getall(name, ())) > 1:
            raise BadRequest(400, f"{name} is there twice")
    signature, event = request.headers.get("X-Hub-Signature-256", ""), request.headers.get("X-GitHub-Event", "")
    if not signature:
        raise BadRequest(401, "X-Hub-Signature-256 is missing: set a secret for the webhook")
    if not _SIGNATURE.fullmatch(signature):
        raise BadRequest(403, "X-Hub-Signature-256 is no SHA-256 signature")
    if not _EVENT.fullmatch(event):
        raise BadRequest(400, "X-GitHub-Event is missing or no event's name")
    if request.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise BadRequest(400, "compressed bodies are not taken; GitHub sends none")
    if request.content_type not in {_JSON, _FORM}:
        raise BadRequest(400, f"the content type must be {_JSON} or {_FORM}")
    return _Headers(event, signature, request.content_type)


def _decoded(content_type: str, body: bytes) -> dict[str, Any]:
    try:
        written = body if content_type == _JSON else parse_qs(body.decode(), strict_parsing=True, max_num_fields=8)["payload"]
        if isinstance(written, list) and len(written) > 1:
            raise BadRequest(400, "payload is there twice")
        payload = msgspec.json.decode(written if isinstance(written, bytes) else written[0])
    except (msgspec.DecodeError, RecursionError, ValueError, KeyError) as exc:
        raise BadRequest(400, "the body is no JSON that can be read") from exc
    if not isinstance(payload, dict):
        raise BadRequest(400, "the body is no JSON object")
    return payload


def _understood(name: str, payload: dict[str, Any]) -> tuple[tuple[Event, ...], Asked | None]:
    try:
        return translate(name, payload, datetime.now(UTC)), asked(name, payload)
    except Malformed as exc:
        raise BadRequest(400, str(exc)) from exc
    except Exception as exc:  # a fault of ours must not look like the store's: sending it again would not help
        _log.exception("webhook not understood", event=name)
        raise BadRequest(400, "this payload could not be understood") from exc
