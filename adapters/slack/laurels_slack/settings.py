"""What ``[adapters.slack]`` may say."""

import base64
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from msgspec import Struct, field

from laurels import ConfigError, Problem, duration

WHERE: Final = "adapters.slack"
API: Final = "https://slack.com/api/"
APPS: Final = "https://api.slack.com/apps"

Secrets = str | list[str]

_COMMAND: Final = re.compile(r"/[a-z0-9_-]{1,25}")
_CHANNEL: Final = re.compile("[CG][A-Z0-9]{2,20}")
_TOKENS: Final = ("xoxb-", "xoxp-", "xapp-", "xoxe")

#: Commands that Slack answers itself. https://slack.com/help/articles/201259356
OWN: Final = frozenset({
    "/active", "/apps", "/archive", "/away", "/call", "/canvas", "/collapse", "/dm", "/dnd", "/expand", "/feed", "/feedback", "/huddle",
    "/invite", "/invite_people", "/join", "/keys", "/leave", "/list", "/me", "/msg", "/mute", "/open", "/prefs", "/remind", "/remove",
    "/rename", "/search", "/shortcuts", "/shrug", "/star", "/status", "/tableflip", "/topic", "/unfurl", "/who",
})  # fmt: skip


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Keys of ``[adapters.slack]``.

    *bot_token* is that of one workspace; *client_id*, *client_secret* and *encryption_key* instead let several install the app. With
    *app_token* laurels connects to Slack (Socket Mode); with *signing_secret* Slack sends to ``/slack/events``. Of the secrets that are
    lists, each is tried: so one can replace another; new tokens are encrypted with the first key.

    *command* is what is typed; who may administer types it with ``-admin``. *private_channels* are the ids of channels that are read
    though not everyone may see them, or true for all that the bot is in. *thanks* are the names of emojis that thank the author of a
    message; *nominate* has, by the name of an emoji, the badge, or ``badge@level``, that its author is nominated for by it. *catch_up*
    is how much of what was missed is read when laurels comes back, like ``24h`` or ``7d``; an empty text turns that off. *api_url* leads
    to a proxy, or to a server that speaks as Slack does.
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
    nominate: dict[str, str] = field(default_factory=dict)
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
        return duration(self.catch_up) if self.catch_up else timedelta(0)

    def refuse(self) -> None:
        """Raise ConfigError with every reason not to start."""
        if wrong := list(self.problems()):
            raise ConfigError(wrong)

    def problems(self) -> Iterator[Problem]:
        """Every reason not to start."""
        yield from self._transport()
        yield from (self._tokens() if self.bot_token or not self._installs else self._several())
        yield from self._named()
        try:
            _ = self.missed
        except ValueError as error:
            what, _, hint = str(error).partition(": ")
            yield Problem(WHERE, "catch_up", what, hint)
        if not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", self.api_url):
            yield Problem(WHERE, "api_url", f"{self.api_url!r} is no address", f"Slack's is {API}; leave it out")

    @property
    def _installs(self) -> dict[str, Secrets]:
        """What is said of installing the app in several workspaces."""
        found = {"client_id": self.client_id, "client_secret": self.client_secret, "encryption_key": self.encryption_key}
        return {name: value for name, value in found.items() if value}

    def _transport(self) -> Iterator[Problem]:
        if not self.app_token and not self.signing_secret:
            hint = f'write app_token = "env:SLACK_APP_TOKEN", or signing_secret = "env:SLACK_SIGNING_SECRET"; both stand on {APPS}'
            yield Problem(WHERE, "app_token", "is missing, and so is signing_secret: Slack's events could not come in", hint)
        if self.signing_secret and not all(secret.strip() for secret in self.secrets):
            yield Problem(WHERE, "signing_secret", "is empty, so anyone could send awards", "is its environment variable set?")
        if any(secret.startswith(_TOKENS) for secret in self.secrets):
            yield Problem(
                WHERE, "signing_secret", "is a token", f"{APPS}: choose the app, Basic Information, App Credentials, Signing Secret"
            )
        if self.app_token and not re.fullmatch(r"xapp-\S+", self.app_token):
            what = "is no token for Socket Mode: those begin with xapp-"
            yield Problem(WHERE, "app_token", what, f"{APPS}: choose the app, Basic Information, App-Level Tokens")

    def _tokens(self) -> Iterator[Problem]:
        for name in self._installs:
            yield Problem(WHERE, "bot_token", f"is that of one workspace, and {name} is for several", "leave one of them out")
        if not self.bot_token:
            hint = f'write bot_token = "env:SLACK_BOT_TOKEN"; it stands on {APPS}, OAuth & Permissions'
            yield Problem(WHERE, "bot_token", "is missing: laurels could not answer", hint)
        elif not re.fullmatch(r"xoxb-\S+", self.bot_token):
            what = "is no bot's token: those begin with xoxb-"
            yield Problem(WHERE, "bot_token", what, f"{APPS}: choose the app, OAuth & Permissions, Bot User OAuth Token")

    def _several(self) -> Iterator[Problem]:
        for name in (name for name in _HINTS if name not in self._installs):
            yield Problem(WHERE, name, "is missing: several workspaces need client_id, client_secret and encryption_key", _HINTS[name])
        if self.client_id and not re.fullmatch(r"[0-9]+\.[0-9]+", self.client_id):
            yield Problem(WHERE, "client_id", "is no client ID: those are two numbers with a dot between them", _HINTS["client_id"])
        for number, key in enumerate(self.keys, 1):
            if not _is_key(key):
                which = f"number {number} " if len(self.keys) > 1 else ""
                yield Problem(WHERE, "encryption_key", f"{which}is no key", _HINTS["encryption_key"])

    def _named(self) -> Iterator[Problem]:
        if not _COMMAND.fullmatch(self.command):
            what = f"{self.command!r} is no command that Slack takes"
            yield Problem(WHERE, "command", what, "a slash and at most 25 small letters, digits, - and _, like '/badges'")
        elif self.command in OWN:
            yield Problem(WHERE, "command", f"{self.command!r} is Slack's own", "take another, like '/badges'")
        for channel in self.private_channels if isinstance(self.private_channels, tuple) else ():
            if not _CHANNEL.fullmatch(channel):
                hint = "click the channel's name in Slack: its id stands at the bottom of About, like 'C0123ABCD'"
                yield Problem(WHERE, "private_channels", f"{channel!r} is no channel's id", hint)
        for key, emoji in [*(("thanks", name) for name in self.thanks), *(("nominate", name) for name in self.nominate)]:
            if not emoji or not all(letter.isalnum() or letter in "_+-'" for letter in emoji):
                yield Problem(WHERE, key, f"{emoji!r} is no emoji's name", "write what stands between the colons, like 'pray'")


_HINTS: Final = {
    "client_id": f"{APPS}: choose the app, Basic Information, App Credentials",
    "client_secret": f"{APPS}: choose the app, Basic Information, App Credentials",
    "encryption_key": "make one with: laurels slack key",
}


def _several(value: Secrets) -> tuple[str, ...]:
    return tuple([value] if isinstance(value, str) else value) if value else ()


def _is_key(key: str) -> bool:
    """Whether Fernet takes it."""
    try:
        return len(base64.urlsafe_b64decode(key)) == 32
    except ValueError:
        return False
