"""The manifest that GitHub makes an App from, and what comes back. Pure."""

import html
import shlex
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from laurels import LaurelsError

from .receive import PATH
from .rights import EVENTS, PERMISSIONS

_WEB: Final = "https://github.com"


class Unusable(LaurelsError):
    """What was given can't be used; the message says what can."""


def manifest(url: str, name: str) -> dict[str, Any]:
    """The App: what it is called, where its webhooks go, what it may and hears. Raises Unusable for an address GitHub can't reach.

    https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
    """
    if not url:
        raise Unusable("GitHub has to know where laurels is: write public_url under [http], or give --url https://badges.example.org")
    if not url.startswith("https://"):
        raise Unusable(f"{url!r} won't do: GitHub sends webhooks to an address like https://badges.example.org")
    address = url.rstrip("/")
    return {
        "name": name,
        "url": address,
        "description": "Badges for what people do here. Comment /badges to see yours.",
        "public": False,
        "hook_attributes": {"url": f"{address}{PATH}", "active": True},
        "redirect_url": f"{address}{PATH}",
        "default_permissions": {permission: level for permission, (level, _) in PERMISSIONS.items()},
        "default_events": list(EVENTS),
    }


def new(org: str, web: str = _WEB) -> str:
    """The page on which GitHub takes a manifest."""
    return f"{web.rstrip('/')}/organizations/{org}/settings/apps/new" if org else f"{web.rstrip('/')}/settings/apps/new"


def page(manifest: Mapping[str, Any], to: str) -> str:
    """A web page whose button sends the manifest: GitHub takes it from a form only."""
    value = html.escape(msgspec.json.encode(manifest).decode(), quote=True)
    return (
        '<!doctype html>\n<meta charset="utf-8">\n<title>A GitHub App for laurels</title>\n'
        f'<form method="post" action="{html.escape(to, quote=True)}">\n'
        f'<input type="hidden" name="manifest" value="{value}">\n<button>Make the GitHub App</button>\n</form>\n'
    )


def environment(app: Mapping[str, Any]) -> str:
    """The App's secrets, for a shell to read. Raises Unusable where GitHub's answer has none."""
    missing = [key for key in ("id", "pem", "webhook_secret") if not app.get(key)]
    if missing:
        raise Unusable(f"GitHub's answer lacks {', '.join(missing)}: make the App anew")
    secret, key = shlex.quote(str(app["webhook_secret"])), shlex.quote(str(app["pem"]).strip())
    return f"export GITHUB_WEBHOOK_SECRET={secret}\nexport GITHUB_APP_PRIVATE_KEY={key}\n"


def configuration(app: Mapping[str, Any], api_url: str) -> str:
    """The table for ``laurels.toml``."""
    other = "" if api_url == "https://api.github.com" else f'\napi_url = "{api_url}"'
    return (
        f"[adapters.github_webhooks]\napp_id = {int(app['id'])}\n"
        f'private_key = "env:GITHUB_APP_PRIVATE_KEY"\nsecret = "env:GITHUB_WEBHOOK_SECRET"{other}'
    )
