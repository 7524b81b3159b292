"""The manifest that Slack makes an app from. Pure.

https://docs.slack.dev/reference/app-manifest
"""

import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import msgspec

from laurels import LaurelsError

from . import pages
from .commands import ANYWHERE, MESSAGE
from .installing import REDIRECT
from .receiving import PATH
from .scopes import asked, heard
from .settings import APPS, Settings

_NAME: Final = 35  # characters that Slack takes
_BOT: Final = re.compile("[^a-z0-9._-]+")
_ABOUT: Final = (
    "laurels counts what people do here, gives badges for it, and says so. People ask for theirs with {command}, nominate each other, and "
    "see on the Home tab what they have and what comes next. Admins say with {admin} where it is announced, and who may give badges."
)


class Unusable(LaurelsError):
    """What was given can't be used; the message says what can."""


def read(table: Mapping[str, Any]) -> Settings:
    """The settings by ``[adapters.slack]`` as it is written; whether secrets can be looked up does not matter. Raises Unusable."""
    try:
        wanted = msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise Unusable(f"[adapters.slack] is wrong: {error}; `laurels check` tells more") from error
    for problem in wanted.problems():
        if problem.place == "command":
            raise Unusable(str(problem))
    return wanted


def manifest(
    wanted: Settings, url: str, name: str = "laurels", *, http: bool = False, several: bool = False, org: bool = False
) -> dict[str, Any]:
    """The app. Slack sends by *http* to *url*, or else over a socket; *several* workspaces install it by a page at *url*.

    With *org* it can be installed for a whole Enterprise Grid. Raises Unusable for an address that Slack can't reach, and for a long name.
    """
    if not 0 < len(name) <= _NAME:
        raise Unusable(f"{name!r} won't do: Slack takes names of 1 to {_NAME} characters")
    address = _address(url) if http or several else ""
    to = f"{address}{PATH}" if http else ""
    return {
        "_metadata": {"major_version": 2, "minor_version": 1},
        "display_information": {
            "name": name,
            "description": "Badges for what people do here.",
            "long_description": _ABOUT.format(command=wanted.command, admin=wanted.admin_command),
            "background_color": "#3b2a14",
        },
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "bot_user": {"display_name": _BOT.sub("-", name.lower()).strip("-") or "laurels", "always_online": True},
            "shortcuts": [
                _shortcut("message", MESSAGE, "Award for this message", "Give its author a badge, or nominate them"),
                _shortcut("global", ANYWHERE, "Nominate somebody", "Nominate somebody for a badge"),
            ],
            "slash_commands": [
                _command(wanted.command, to, "Your badges, and what can be won", "profile | list | show | progress | help"),
                _command(wanted.admin_command, to, "Give badges, and say how laurels is set", "setup | award | preview | help"),
            ],
        },
        "oauth_config": {
            **({"redirect_urls": [f"{address}{REDIRECT}"]} if several else {}),
            "scopes": {"bot": [need.name for need in asked(wanted)]},
        },
        "settings": {
            "event_subscriptions": {**_at(to, "request_url"), "bot_events": [event.name for event in heard(wanted)]},
            "interactivity": {"is_enabled": True, **_at(to, "request_url", "message_menu_options_url")},
            "org_deploy_enabled": org,
            "socket_mode_enabled": not http,
            "token_rotation_enabled": False,
        },
    }


def _shortcut(kind: str, callback: str, name: str, description: str) -> dict[str, Any]:
    return {"name": name, "type": kind, "callback_id": callback, "description": description}


def _command(command: str, to: str, description: str, hint: str) -> dict[str, Any]:
    """*should_escape*: people and channels come with their ids, which names do not tell."""
    return {"command": command, **_at(to, "url"), "description": description, "usage_hint": hint, "should_escape": True}


def _at(to: str, *keys: str) -> dict[str, str]:
    return dict.fromkeys(keys, to) if to else {}


def link(manifest: Mapping[str, Any]) -> str:
    """The page on which Slack makes the app, with the manifest filled in."""
    return f"{APPS}?new_app=1&manifest_json={quote(msgspec.json.encode(manifest).decode(), safe='')}"


def install_page(url: str) -> str:
    """Where people add the app to their workspaces."""
    return f"{url.rstrip('/')}{pages.INSTALL}"


def _address(url: str) -> str:
    if not url:
        raise Unusable("Slack has to know where laurels is: write public_url under [http], or give --url https://badges.example.org")
    if not re.fullmatch(r"https://[^\s/?#]+(/[^\s?#]*)?", url):
        raise Unusable(f"{url!r} won't do: Slack goes to an address like https://badges.example.org")
    return url.rstrip("/")
