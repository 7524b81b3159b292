"""``laurels award``."""

from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from ...policy import SYSTEM
from ..errors import Wrong
from . import configured, office, outcomes, people


class Gift(Struct, frozen=True):
    """What is to be given to whom."""

    badge: str
    persons: tuple[str, ...]
    level: int | None
    note: str
    evidence: tuple[str, ...]


async def give(path: Path | None, community: str | None, gift: Gift) -> None:
    """Give it to each, and say what came of it. Who was never seen has it held for them."""
    config = configured.configuration(path)
    name = configured.community(config, community)
    assert_addresses(gift.evidence)
    async with office.opened(config) as desk:
        definition = configured.definition(desk.generation, name, gift.badge)
        several = [await people.find_or_account(desk.store, name, person) for person in gift.persons]
        found = await desk.app.acts(name).awards.give(
            SYSTEM, definition.slug, [one.accounts[0] for one in several], level=gift.level, note=gift.note, evidence=gift.evidence
        )
        await desk.rest()
    outcomes.say(found, definition, {one.accounts[0].key: one.name for one in several})


def assert_addresses(evidence: tuple[str, ...]) -> None:
    """Raise Wrong for evidence that nobody could look at."""
    for text in evidence:
        parts = urlsplit(text)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise Wrong(f"evidence {text!r} is no address in the web, like https://example.org/post/1")
