"""The command line: ``laurels``."""

from .program import app, main

__all__ = ["app", "main"]
