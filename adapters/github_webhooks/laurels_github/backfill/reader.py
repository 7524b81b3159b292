"""Reading GitHub's API page by page, waiting where it asks to wait."""

import asyncio
from itertools import count
from typing import Any, Final

import aiohttp
import structlog
from gidgethub import sansio

from laurels import Later, Unreachable

from ..access import Access
from ..refusals import Denied, Trouble, understood

JSON: Final = sansio.accept_format()

_TROUBLE: Final = 5  # tries, where GitHub or the way there fails without asking to wait
_RENEWED: Final = 401

_log = structlog.get_logger(__name__)


class Reader:
    """Reads as *access* allows. Pages that GitHub links to are followed at GitHub's own address only: every request carries a token."""

    def __init__(self, api_url: str, access: Access, session: aiohttp.ClientSession) -> None:
        self._api_url, self._access, self._session = api_url.rstrip("/"), access, session

    async def page(self, path: str, owner: str = "", accept: str = JSON) -> tuple[Any, str]:
        """What is at *path* (or a whole address), and where it goes on, if it does; without an *owner* as the App itself.

        Raises Denied where GitHub says no, Unreachable where it doesn't answer for long.
        """
        url = path if "://" in path else self._api_url + path
        if not url.startswith(self._api_url + "/"):
            raise Unreachable(f"{self._api_url} points to another address: {url}")
        for tries in count(1):
            try:
                return await self._get(url, owner, accept)
            except Later as later:
                await self._wait(later, tries)
            except Denied as denied:
                if denied.status != _RENEWED or not self._access.forget(owner):
                    raise
        raise AssertionError  # unreachable: it is tried until one of the above

    async def all(self, path: str, owner: str = "", within: str = "") -> list[Any]:
        """The objects of every page; *within* names the list where a page is an object around one."""
        found: list[Any] = []
        while path:
            data, path = await self.page(path, owner)
            listed = data.get(within) if within and isinstance(data, dict) else data
            found += listed if isinstance(listed, list) else []
        return found

    async def _get(self, url: str, owner: str, accept: str) -> tuple[Any, str]:
        if owner:
            headers = sansio.create_headers("laurels", accept=accept, oauth_token=await self._access.token(self._session, owner))
        else:
            headers = sansio.create_headers("laurels", accept=accept, jwt=self._access.jwt())
        with understood():
            async with self._session.get(url, headers=headers) as response:
                data, _, more = sansio.decipher_response(response.status, response.headers, await response.read())
        return data, more or ""

    @staticmethod
    async def _wait(later: Later, tries: int) -> None:
        if not isinstance(later, Trouble):
            _log.warning("GitHub asks to wait", seconds=round(later.seconds))
            await asyncio.sleep(later.seconds)
        elif tries < _TROUBLE:
            _log.warning("GitHub does not answer; trying again", why=str(later.__cause__))
            await asyncio.sleep(2.0**tries)
        else:
            raise Unreachable(f"GitHub does not answer: {later.__cause__}") from later
