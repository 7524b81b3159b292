"""Whose history is read: the repositories of every owner that a community has."""

from typing import Any, Final

import structlog

from laurels import Host, Unreachable

from ..access import Access
from ..refusals import Denied
from ..translate import SOURCE
from .reader import Reader

_EACH: Final = "per_page=100"

_log = structlog.get_logger(__name__)


async def repositories(reader: Reader, access: Access, host: Host) -> list[dict[str, Any]]:
    """Every repository that can be read, by its id: an interrupted run goes on in this order. Raises Unreachable where there is none."""
    listed = await (_installed(reader, host) if access.is_app else _seen(reader, host))
    known = {found["id"]: found for found in listed if host.community(SOURCE, _owner(found)) is not None}
    if not known:
        where = "where the App is installed" if access.is_app else "that the token can see"
        raise Unreachable(f"there is no repository {where} and that belongs to a community")
    return [known[id_] for id_ in sorted(known)]


async def _installed(reader: Reader, host: Host) -> list[Any]:
    """What the App was given at each owner."""
    found: list[Any] = []
    for installation in await reader.all(f"/app/installations?{_EACH}"):
        owner = (installation.get("account") or {}).get("login", "")
        if installation.get("suspended_at"):
            _log.warning("left out: the App is suspended there", owner=owner)
        elif host.community(SOURCE, owner) is not None:
            found += await reader.all(f"/installation/repositories?{_EACH}", owner, "repositories")
    return found


async def _seen(reader: Reader, host: Host) -> list[Any]:
    """What the token's own person can see, and what is public of the owners that the configuration names."""
    named = list(host.realms(SOURCE))
    found: list[Any] = []
    for path in ["/user", *(f"/users/{owner}" for owner in named)]:
        try:
            account, _ = await reader.page(path, "any")
            listing = {"/user": "/user/repos"}.get(path) or f"/{_kind(account)}/{account['login']}/repos"
            found += await reader.all(f"{listing}?{_EACH}", "any")
        except Denied as denied:
            if denied.status == 401:
                raise
            _log.warning("left out: can't be listed", owner=path.rpartition("/")[2], why=str(denied))
    return found


def _kind(account: Any) -> str:
    return "orgs" if account.get("type") == "Organization" else "users"


def _owner(repository: Any) -> str:
    return str((repository.get("owner") or {}).get("login", ""))
