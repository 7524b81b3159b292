"""GitHub: signed webhooks in, comments on issues out where they are asked for."""

from .adapter import GitHubAdapter
from .settings import Settings
from .translate import IGNORED, Malformed, translate

__all__ = ["IGNORED", "GitHubAdapter", "Malformed", "Settings", "translate"]
