"""Asking hooks before, and telling them after."""

from .hooks import NO_HOOKS, Hooks

__all__ = ["NO_HOOKS", "Hooks"]
