"""Requests from strangers: their bodies, as far as they are let in."""

from typing import TYPE_CHECKING

from .errors import LaurelsError

if TYPE_CHECKING:
    from aiohttp import web


class BadRequest(LaurelsError):
    """A request is taken no further: it is answered *status*, and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


async def read_body(request: "web.Request", most: int, patience: float) -> bytes:
    """The raw body of a request, of *most* bytes, within *patience* seconds; aiohttp's own bound is that of all adapters together.

    Raises BadRequest: 413 where it is longer, 400 where it does not come in time, or not whole.
    """
    import asyncio  # noqa: PLC0415  # who writes a badge, or asks the shell for help, need not wait for these

    from aiohttp import web  # noqa: PLC0415

    too_long = BadRequest(413, f"a body may have {most} bytes")
    if (request.content_length or 0) > most:
        raise too_long
    body = bytearray()
    try:
        async with asyncio.timeout(patience):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > most:
                    raise too_long
    except TimeoutError as exc:
        raise BadRequest(400, "the body did not arrive in time") from exc
    except (web.RequestPayloadError, ConnectionError) as exc:
        raise BadRequest(400, "the body did not arrive whole") from exc
    return bytes(body)
