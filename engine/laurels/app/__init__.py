"""The program: everything wired together."""

from .app import App, breadcrumb, utc_now
from .serve import serve

__all__ = ["App", "breadcrumb", "serve", "utc_now"]
