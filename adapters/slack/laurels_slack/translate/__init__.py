"""From what Slack sends to laurels' events. Pure: no request, no clock, no cache of its own."""

from . import channels, files, members, messages, reactions
from .source import SLACKBOT, SOURCE, account, moment, stamp
from .spots import Spot

__all__ = ["SLACKBOT", "SOURCE", "Spot", "account", "channels", "files", "members", "messages", "moment", "reactions", "stamp"]
