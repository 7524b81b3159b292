"""What holds for every store."""

from .accepting import Accepting
from .concluding import Concluding
from .folding import Folding
from .linking import Linking

__all__ = ["StoreSuite"]


class StoreSuite(Accepting, Folding, Concluding, Linking):
    """Inherit it, and override the fixture ``store_url`` with an empty database's URL."""
