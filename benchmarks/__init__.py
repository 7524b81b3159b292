"""How fast laurels is, measured beside what plain SQLite could do at most: ``python -m benchmarks``."""
