"""What happened before laurels came, read from GitHub's API as the webhooks that would have told of it."""

from .history import history

__all__ = ["history"]
