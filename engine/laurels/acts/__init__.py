"""What people do, each through the one policy, each with an outcome: the same for chat, shell and whatever comes."""

from .acts import Acts

__all__ = ["Acts"]
