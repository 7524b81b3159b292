"""A GitHub API on a real server, for what the emulator lacks: Apps, reactions, stars, pages, limits, interruptions."""

import itertools
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache
from typing import Any, NamedTuple

import jwt
from aiohttp import web
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

APP = 4711
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Keys(NamedTuple):
    private: str
    public: str


@cache
def keys() -> Keys:
    key = rsa.generate_private_key(65537, 2048)
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption())
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return Keys(private.decode(), public.decode())


class Request(NamedTuple):
    method: str
    path: str
    query: dict[str, str]
    auth: str


class GitHub:
    """What is under a path in *objects* is what GET answers, lists in pages; comments and reactions are kept.

    *refuse* may answer a request itself: it is asked before every one. *tokens* are the tokens that were made, by installation.
    """

    def __init__(self) -> None:
        self.objects: dict[str, Any] = {}
        self.comments: dict[int, tuple[str, str]] = {}
        self.reactions: list[tuple[int, str]] = []
        self.seen: list[Request] = []
        self.tokens: dict[str, int] = {}
        self.page = 100
        self.life = 3600
        self.valid: set[str] | None = None
        self.refuse: Callable[[Request], web.Response | None] = lambda request: None
        self.url = ""
        self._ids = itertools.count(9001)
        self._handler: Handler = self.handle

    def hold(self, handler: Handler) -> None:
        """Answer by *handler* from now on, which may do as it likes before and after :meth:`handle`."""
        self._handler = handler

    async def handled(self, request: web.Request) -> web.StreamResponse:
        return await self._handler(request)

    def asked(self, method: str, pattern: str) -> list[Request]:
        """The requests whose path has *pattern* in it."""
        return [request for request in self.seen if request.method == method and re.search(pattern, request.path)]

    async def handle(self, request: web.Request) -> web.Response:
        made = Request(request.method, request.path, dict(request.query), request.headers.get("Authorization", ""))
        self.seen.append(made)
        if (refused := self.refuse(made)) is not None:
            return refused
        if wrong := self._wrong(made):
            return web.json_response({"message": wrong}, status=401)
        if found := re.fullmatch(r"/app/installations/(\d+)/access_tokens", request.path):
            return self._token(int(found[1]))
        if found := re.fullmatch(r"/repos/([^/]+/[^/]+)/issues/(\d+)/comments", request.path):
            return await self._comments(request, f"{found[1]}#{found[2]}")
        if found := re.fullmatch(r"/repos/[^/]+/[^/]+/issues/comments/(\d+)/reactions", request.path):
            self.reactions.append((int(found[1]), (await request.json())["content"]))
            return web.json_response({"id": 1}, status=201)
        return self._get(request)

    def _wrong(self, made: Request) -> str:
        """What is wrong with how a request was signed."""
        kind, _, text = made.auth.partition(" ")
        if re.search("^/app(/|$)|/installation$", made.path):
            try:
                return "" if jwt.decode(text, keys().public, algorithms=["RS256"])["iss"] == str(APP) else "Integration not found"
            except jwt.PyJWTError as exc:
                return f"A JSON web token could not be decoded: {exc}"
        return "Bad credentials" if self.valid is not None and (kind, text in self.valid) != ("token", True) else ""

    def _token(self, installation: int) -> web.Response:
        text = f"ghs_{installation}_{next(self._ids)}"
        self.tokens[text] = installation
        if self.valid is not None:
            self.valid.add(text)
        until = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(time.time() + self.life))
        return web.json_response({"token": text, "expires_at": until}, status=201)

    async def _comments(self, request: web.Request, at: str) -> web.Response:
        if request.method == "POST":
            id_ = next(self._ids)
            self.comments[id_] = (at, (await request.json())["body"])
            return web.json_response({"id": id_, "html_url": f"https://github.com/c/{id_}"}, status=201)
        found = [{"id": id_, "body": body} for id_, (where, body) in self.comments.items() if where == at]
        return self._paged(request, found)

    def _get(self, request: web.Request) -> web.Response:
        if request.path not in self.objects:
            return web.json_response({"message": "Not Found"}, status=404)
        found = self.objects[request.path]
        return self._paged(request, found) if isinstance(found, list) else web.json_response(found)

    def _paged(self, request: web.Request, found: list[Any]) -> web.Response:
        size, page = min(self.page, int(request.query.get("per_page", 30))), int(request.query.get("page", 1))
        more = {}
        if page * size < len(found):
            more = {"Link": f'<{request.url.update_query(page=page + 1)}>; rel="next", <{request.url}>; rel="first"'}
        return web.json_response(found[(page - 1) * size : page * size], headers=more)

    def answers(self) -> list[str]:
        """The comments without their markers."""
        return [body.partition("\n\n<!--")[0] for _, body in self.comments.values()]


def limited(status: int = 403, **headers: str) -> web.Response:
    """What GitHub answers whoever asks too much."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.json_response({"message": "You have exceeded a secondary rate limit."}, status=status, headers=given)


@asynccontextmanager
async def github() -> AsyncIterator[GitHub]:
    """A running GitHub, at its *url*."""
    made, app = GitHub(), web.Application()
    app.router.add_route("*", "/{path:.*}", made.handled)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield made
    finally:
        await runner.cleanup()
