"""What keeps laurels from working with GitHub, as far as GitHub tells."""

from typing import Any

from gidgethub import sansio

from laurels import Later, LaurelsError, Note, Problem, Unreachable

from .access import Access
from .refusals import Denied, understood
from .rights import EVENTS, missing
from .settings import WHERE, Settings

_SILENT = "commands in comments are not answered, and no history can be read: there is neither a GitHub App nor a token"
_REGISTER = '`laurels github manifest` makes an App; or write token = "env:GITHUB_TOKEN"'
_FINE = "it needs to read and write Issues and Pull requests; a classic one needs repo, or public_repo where all are public"


async def problems(settings: Settings, access: Access) -> list[Problem]:
    """Every fault of the set-up, in plain words."""
    if not access.given:
        return [Note(WHERE, "", _SILENT, _REGISTER)]
    try:
        return await (_of_app(settings, access) if access.is_app else _of_token(settings, access))
    except Denied as denied:
        return [Problem(WHERE, "app_id" if access.is_app else "token", f"GitHub does not take it: {denied}", _hint(access, denied))]
    except Unreachable as gone:
        return [Problem(WHERE, "private_key", str(gone))]
    except LaurelsError as error:
        return [Problem(WHERE, "api_url", f"{settings.api_url} does not answer: {_cause(error)}", "is it right, and reachable from here?")]


async def _of_token(settings: Settings, access: Access) -> list[Problem]:
    """Only a classic token tells what it may."""
    async with access.session() as session:
        with understood():
            headers = sansio.create_headers("laurels", oauth_token=settings.token)
            async with session.get(f"{settings.api_url}/rate_limit", headers=headers) as response:
                sansio.decipher_response(response.status, response.headers, await response.read())
                scopes = response.headers.get("x-oauth-scopes")
    given = {scope.strip() for scope in (scopes or "").split(",")}
    if scopes is None or given & {"repo", "public_repo"}:
        return []
    return [Problem(WHERE, "token", "may neither comment nor react: commands can't be answered", _FINE)]


async def _of_app(settings: Settings, access: Access) -> list[Problem]:
    async with access.app() as (github, jwt):
        app: Any = await github.getitem("/app", jwt=jwt)
        installed: list[Any] = [each async for each in github.getiter("/app/installations{?per_page}", {"per_page": "100"}, jwt=jwt)]
    page = str(app.get("html_url") or "its page on GitHub")
    found = [
        Problem(
            WHERE,
            "app_id",
            f"the App lacks the permission {lacking}",
            f"{page}: Permissions & events; then accept it where it is installed",
        )
        for lacking in missing(app.get("permissions") or {})
    ]
    unheard = [event for event in EVENTS if event not in (app.get("events") or ())]
    if unheard:
        found.append(Note(WHERE, "app_id", f"the App is not told of: {', '.join(unheard)}", f"tick them at {page}: Permissions & events"))
    if not installed:
        found.append(Problem(WHERE, "app_id", "the App is installed nowhere", f"open {page} and press Install"))
    return found + [problem for installation in installed for problem in _of_installation(installation, len(found) > 0)]


def _of_installation(installation: Any, lacking: bool) -> list[Problem]:
    owner = (installation.get("account") or {}).get("login", "?")
    if installation.get("suspended_at"):
        return [Problem(WHERE, "app_id", f"the App is suspended at {owner}", "its owner can unsuspend it under Installed GitHub Apps")]
    gone = [] if lacking else missing(installation.get("permissions") or {})
    what = f"at {owner} nobody has accepted yet that the App needs {'; '.join(gone)}"
    return [Problem(WHERE, "app_id", what, "GitHub has sent its owners a mail about that")] if gone else []


def _hint(access: Access, denied: Denied) -> str:
    if not access.is_app:
        return _FINE
    return "do app_id and private_key belong to one App?" if denied.status in {401, 404} else ""


def _cause(error: LaurelsError) -> str:
    if isinstance(error, Later) and error.__cause__ is not None:
        return f"{type(error.__cause__).__name__}: {error.__cause__}".rstrip(": ")
    return str(error)
