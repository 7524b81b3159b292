"""What ``[adapters.slack]`` may say."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from msgspec import Struct

from laurels import ConfigError, Problem

WHERE: Final = "adapters.slack"
API: Final = "https://slack.com/api/"
APPS: Final = "https://api.slack.com/apps"

Secrets = str | list[str]

_UNITS: Final = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DURATION: Final = re.compile("[0-9]{1,5}[smhdw]")
_COMMAND: Final = re.compile(r"/[a-z0-9_-]{1,25}")


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Keys of ``[adapters.slack]``.

    *bot_token* is that of one workspace; *client_id*, *client_secret* and *encryption_key* instead let several install the app. With
    *app_token* laurels connects to Slack (Socket Mode); with *signing_secret* Slack sends to ``/slack/events``. Of the secrets that are
    lists, each is tried: so one can replace another; new tokens are encrypted with the first key.

    *command* is what is typed; who may administer types it with ``-admin``. *private_channels* are the ids of channels that are read
    though not everyone may see them, or true for all that the bot is in. *thanks* are the names of emojis that thank the author of a
    message. *catch_up* is how much of what was missed is read when laurels comes back, like ``24h`` or ``7d``; an empty text turns that
    off. *api_url* leads to a proxy, or to a server that speaks as Slack does.
    """

    bot_token: str = ""
    app_token: str = ""
    signing_secret: Secrets = ""
    client_id: str = ""
    client_secret: str = ""
    encryption_key: Secrets = ""
    command: str = "/badges"
    private_channels: bool | tuple[str, ...] = False
    thanks: tuple[str, ...] = ()
    catch_up: str = "24h"
    api_url: str = API

    def __repr__(self) -> str:
        return f"Settings(command={self.command!r}, api_url={self.api_url!r})"

    @property
    def secrets(self) -> tuple[str, ...]:
        """The signing secrets."""
        return _several(self.signing_secret)

    @property
    def keys(self) -> tuple[str, ...]:
        """The encryption keys, that for new tokens first."""
        return _several(self.encryption_key)

    @property
    def admin_command(self) -> str:
        """What administrators type."""
        return f"{self.command}-admin"

    @property
    def api(self) -> str:
        """Where Slack's API is, as slack_sdk takes it."""
        return self.api_url.rstrip("/") + "/"

    @property
    def missed(self) -> timedelta:
        """How far back what was missed is read."""
        return timedelta(**{_UNITS[self.catch_up[-1]]: int(self.catch_up[:-1])}) if self.catch_up else timedelta(0)

    def refuse(self) -> None:
        """Raise ConfigError with every reason not to start."""
        if wrong := list(self._problems()):
            raise ConfigError(wrong)

    def _problems(self) -> Iterator[Problem]:
        yield from self._transport()
        yield from self._tokens()
        if not _COMMAND.fullmatch(self.command):
            what = f"{self.command!r} is no command that Slack takes"
            yield Problem(WHERE, "command", what, "a slash and at most 25 small letters, digits, - and _, like '/badges'")
        if self.catch_up and not _DURATION.fullmatch(self.catch_up):
            what = f"{self.catch_up!r} is no span of time"
            yield Problem(WHERE, "catch_up", what, "write a whole number and one of s, m, h, d, w, like '24h'")

    def _transport(self) -> Iterator[Problem]:
        if not self.app_token and not self.signing_secret:
            hint = f'write app_token = "env:SLACK_APP_TOKEN", or signing_secret = "env:SLACK_SIGNING_SECRET"; both stand on {APPS}'
            yield Problem(WHERE, "app_token", "is missing, and so is signing_secret: Slack's events could not come in", hint)
        if self.signing_secret and not all(secret.strip() for secret in self.secrets):
            yield Problem(WHERE, "signing_secret", "is empty, so anyone could send awards", "is its environment variable set?")
        if self.app_token and not self.app_token.startswith("xapp-"):
            what = "is no token for Socket Mode: those begin with xapp-"
            yield Problem(WHERE, "app_token", what, f"{APPS}: choose the app, Basic Information, App-Level Tokens")

    def _tokens(self) -> Iterator[Problem]:
        oauth = {name: getattr(self, name) for name in ("client_id", "client_secret", "encryption_key")}
        if self.bot_token and self.client_id:
            yield Problem(WHERE, "bot_token", "is that of one workspace, and client_id is for several", "leave one of them out")
        if not self.bot_token and not any(oauth.values()):
            hint = f'write bot_token = "env:SLACK_BOT_TOKEN"; it stands on {APPS}, OAuth & Permissions'
            yield Problem(WHERE, "bot_token", "is missing: laurels could not answer", hint)
        if self.bot_token and not self.bot_token.startswith("xoxb-"):
            what = "is no bot's token: those begin with xoxb-"
            yield Problem(WHERE, "bot_token", what, f"{APPS}: choose the app, OAuth & Permissions, Bot User OAuth Token")
        if any(oauth.values()) and not self.bot_token:
            for name in (name for name, value in oauth.items() if not value):
                yield Problem(WHERE, name, "is missing: several workspaces need client_id, client_secret and encryption_key", _HINTS[name])


_HINTS: Final = {
    "client_id": f"{APPS}: choose the app, Basic Information, App Credentials",
    "client_secret": f"{APPS}: choose the app, Basic Information, App Credentials",
    "encryption_key": "make one with: laurels slack key",
}


def _several(value: Secrets) -> tuple[str, ...]:
    return tuple([value] if isinstance(value, str) else value) if value else ()
