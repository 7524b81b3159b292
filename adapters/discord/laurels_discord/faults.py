"""What discord.py raises when it can't log in or connect, in plain words. Pure but for the context."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import aiohttp
import discord

from laurels import Problem

from .permissions import SWITCHES
from .settings import Settings

WHERE: Final = "adapters.discord"
PORTAL: Final = "https://discord.com/developers/applications"

_TOKEN: Final = f'{PORTAL}: choose the application, Bot, Reset Token; write token = "env:DISCORD_TOKEN"'
_REACH: Final = "is the network up, and are api_url and gateway_url right?"
_WRONG_TOKEN: Final = 4004  # https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes


class Faulty(Problem):
    """The bot can't run as it is set up, or Discord can't be reached."""


@contextmanager
def understood(wanted: Settings) -> Iterator[None]:
    """Raise Faulty for what hinders the connection."""
    try:
        yield
    except discord.LoginFailure as error:
        raise _token() from error
    except discord.PrivilegedIntentsRequired as error:
        raise _intents(wanted) from error
    except discord.ConnectionClosed as error:
        raise _token() if error.code == _WRONG_TOKEN else _away(f"it closed the connection: {error}") from error
    except discord.GatewayNotFound as error:
        raise _away("it names no gateway") from error
    except discord.HTTPException as error:
        raise _away(f"it answers {error.status}: {error.text or error.response.reason}") from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise _away(str(error) or type(error).__name__) from error


async def login(client: discord.Client, wanted: Settings) -> discord.AppInfo:
    """Log in over HTTP, and tell of the application. Raises Faulty."""
    with understood(wanted):
        try:
            await client.login(wanted.token)
        except (TypeError, KeyError, ValueError) as error:
            if client.user is not None:
                raise
            raise _away("what answers there does not speak as Discord does") from error
        return client.application or await client.application_info()


def _intents(wanted: Settings) -> Faulty:
    """Discord refuses the connection because a switch in its portal is off."""
    needed = [setting for setting in SWITCHES if getattr(wanted, setting)]
    switches = " and ".join(SWITCHES[setting] for setting in needed)
    what = f"Discord does not let the bot in before {switches} is on"
    return Faulty(WHERE, " and ".join(needed), what, f"{PORTAL}: choose the application, Bot, switch on {switches}")


def _token() -> Faulty:
    return Faulty(WHERE, "token", "Discord does not take it", _TOKEN)


def _away(why: str) -> Faulty:
    return Faulty(WHERE, "", f"can't talk to Discord: {why}", _REACH)
