"""From what Slack sends to laurels' events. Pure."""

from . import messages
from .source import SOURCE, account

__all__ = ["SOURCE", "account", "messages"]
