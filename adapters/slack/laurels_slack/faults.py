"""What stands in the way of starting, in plain words. Pure but for the context."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from laurels import Problem

from .refusals import said, wait
from .settings import API, APPS, WHERE, Settings

_STANDS: Final = {
    "app_token": f'{APPS}: choose the app, Basic Information, App-Level Tokens; write app_token = "env:SLACK_APP_TOKEN"',
    "bot_token": f'{APPS}: choose the app, OAuth & Permissions, Bot User OAuth Token; write bot_token = "env:SLACK_BOT_TOKEN"',
}
_CONNECTIONS: Final = f"{APPS}: choose the app, Basic Information, App-Level Tokens, Generate, and add the scope connections:write"
_SWITCH: Final = f"{APPS}: choose the app, Socket Mode, Enable Socket Mode; or leave app_token out and write signing_secret"
_REINSTALL: Final = f"{APPS}: choose the app, OAuth & Permissions, Install to Workspace; it shows a new token"
_REACH: Final = "is the network up, and is api_url right?"

#: What Slack says of a token that is none, or not one of this kind. https://docs.slack.dev/reference/methods/auth.test#errors
_WRONG: Final = frozenset({"invalid_auth", "not_authed", "not_allowed_token_type", "invalid_app_id", "token_expired"})
_GONE: Final = frozenset({"account_inactive", "token_revoked", "team_not_found", "access_denied", "no_permission"})


class Faulty(Problem):
    """The app can't run as it is set up, or Slack can't be reached; *seconds* is how long Slack wants to be left alone."""

    seconds = 0.0


@contextmanager
def understood(wanted: Settings, setting: str = "bot_token") -> Iterator[None]:
    """Raise Faulty for what hinders a call of the API with the token of a *setting*."""
    try:
        yield
    except SlackApiError as error:
        raise refused(setting, error) from error
    except aiohttp.ClientResponseError as error:  # whose text has the address, which may let in whoever knows it
        raise away(f"it answers {error.status}") from None
    except (aiohttp.ClientError, SlackClientError, OSError, TimeoutError) as error:
        raise away(str(error) or type(error).__name__) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        if wanted.api == API:
            raise
        raise away("what answers there does not speak as Slack does") from error


def refused(setting: str, error: SlackApiError) -> Faulty:
    """In words, what Slack answered."""
    what = said(error)
    if what == "link_disabled":
        return Faulty(WHERE, "app_token", "Socket Mode is switched off for the app", _SWITCH)
    if what in _WRONG:
        return Faulty(WHERE, setting, "Slack does not take it", _STANDS.get(setting, ""))
    if what in _GONE:
        return Faulty(WHERE, setting, f"it was revoked, or the app was taken out of the workspace: {what}", _REINSTALL)
    if what == "missing_scope" and setting == "app_token":
        return Faulty(WHERE, setting, "lacks the scope connections:write", _CONNECTIONS)
    fault = away(f"it answers {what or getattr(error.response, 'status_code', 'no JSON')}")
    fault.seconds = wait(error) or 0.0
    return fault


def away(why: str) -> Faulty:
    """Slack can't be talked to."""
    return Faulty(WHERE, "", f"can't talk to Slack: {why}", _REACH)
