"""The program: everything wired together."""

from .app import App, utc_now
from .serve import serve

__all__ = ["App", "serve", "utc_now"]
