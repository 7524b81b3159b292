"""``/badges help``: what can be asked."""

from collections.abc import Iterable

from ..model import Reply


def overview(entries: Iterable[tuple[str, str]]) -> Reply:
    """Every command with what it answers, as (usage, summary)."""
    return Reply("Ask about badges:", tuple((f"/badges {usage}", summary) for usage, summary in entries), private=True)
