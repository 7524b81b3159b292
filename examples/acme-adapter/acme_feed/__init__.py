"""The Acme community's feed: what its services report comes in over HTTP, announcements go out to a file."""

from .adapter import AcmeFeed

__all__ = ["AcmeFeed"]
