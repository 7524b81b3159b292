"""From the code that GitHub gives after making an App to the App's secrets."""

import re
from typing import Any, Final

import aiohttp
from gidgethub.aiohttp import GitHubAPI

from laurels import Later

from .manifest import Unusable
from .refusals import Denied, understood

_CODE: Final = re.compile(r"[A-Za-z0-9_-]{1,100}")
_PATIENCE: Final = aiohttp.ClientTimeout(total=30)


async def converted(code: str, api_url: str) -> dict[str, Any]:
    """The App that *code* stands for, with its secrets: GitHub tells them once. Raises Unusable where it doesn't."""
    if not _CODE.fullmatch(code):
        raise Unusable(f"{code!r} is no code: it is what stands behind ?code= in the address that GitHub went to")
    try:
        async with aiohttp.ClientSession(timeout=_PATIENCE) as session:
            with understood():
                found = await GitHubAPI(session, "laurels", base_url=api_url).post(f"/app-manifests/{code}/conversions", data=b"")
    except Denied as denied:
        raise Unusable(f"{denied}; a code works once and for an hour: make the App anew, or delete it and begin again") from denied
    except Later as later:
        raise Unusable(f"{api_url} does not answer ({later.__cause__}); the code works for an hour") from later
    return found if isinstance(found, dict) else {}
