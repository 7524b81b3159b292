"""Nominations: somebody is proposed for a badge, seconded, approved, and accepts; then it is theirs."""
