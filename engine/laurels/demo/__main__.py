"""``python -m laurels.demo``."""

from .demo import run

raise SystemExit(run())
