"""Feeds over HTTP, for communities that want them."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final

from aiohttp import web

from ..activity.feed import PAGES, Feeds
from ..errors import UnknownBadge
from ..feeds import FORMATS, Feed, Format, render
from ..model import Account
from .routes import Routes

if TYPE_CHECKING:
    from .app import App

_FORM: Final = "{form:atom|json|as2\\.json}"
Read = Callable[[Feeds, web.Request, Format, int], Awaitable[Feed | None]]


def add_to(routes: Routes, app: "App") -> None:
    """Answer the addresses of feeds."""
    for path, read in (("recent", _recent), ("badges/{slug:[^/]+?}", _badge), ("people/{key:[^/]+?}", _person)):
        routes.get(f"/feeds/{{community}}/{path}.{_FORM}", _answering(app, read))


def _answering(app: "App", read: Read) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        community = app.config.communities.get(request.match_info["community"])
        if community is None or not community.feeds:
            name = request.match_info["community"]
            return web.Response(status=404, text=f"{name} has no feeds; an operator can write feeds = true under [communities.{name}]\n")
        page = request.query.get("page", "1")
        if not (page.isascii() and page.isdigit() and 1 <= int(page) <= PAGES):
            return web.Response(status=400, text=f"page is a number from 1 to {PAGES}\n")
        form: Format = next(form for form in FORMATS if form == request.match_info["form"])
        base = app.config.http.public_url or f"{request.scheme}://{request.host}"
        feed = await read(Feeds(app.acts(community.name).activity, base), request, form, int(page))
        return _response(request, feed, form) if feed is not None else web.Response(status=404, text="nobody and no badge is called that\n")

    return answer


def _response(request: web.Request, feed: Feed, form: Format) -> web.Response:
    """The feed, or that nothing has changed. Only the tag is looked at: a date would not tell what was taken back."""
    rendered = render(feed, form)
    headers = {"ETag": rendered.etag, "Cache-Control": "no-cache", "Content-Type": rendered.content_type}
    if rendered.unchanged(if_none_match=request.headers.get("If-None-Match")):
        return web.Response(status=304, headers={"ETag": rendered.etag})
    return web.Response(body=rendered.body, headers=headers)


async def _recent(feeds: Feeds, _: web.Request, form: Format, page: int) -> Feed | None:
    return await feeds.recent(form, page)


async def _badge(feeds: Feeds, request: web.Request, form: Format, page: int) -> Feed | None:
    try:
        return await feeds.badge(request.match_info["slug"], form, page)
    except UnknownBadge:
        return None


async def _person(feeds: Feeds, request: web.Request, form: Format, page: int) -> Feed | None:
    try:
        account = Account.parse(request.match_info["key"])
    except ValueError:
        return None
    return await feeds.person(account, form, page)
