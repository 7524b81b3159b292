"""laurels on Slack: what people do there is counted, awards are announced, and ``/badges`` answers."""

from .adapter import SlackAdapter
from .settings import Settings

__all__ = ["Settings", "SlackAdapter"]
