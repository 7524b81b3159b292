"""The texts that people see in chat, by language: a file each, see :mod:`.catalogue`."""

from .catalogue import Catalogue, catalogue, languages

__all__ = ["Catalogue", "catalogue", "languages"]
