"""What people write is counted, and announced there."""

from pathlib import Path

from laurels import Badge, Count, Level
from slack_stage import staged

TALKER = Badge(slug="talker", name="Talker", measure=Count("message.posted"), levels=(Level("", at=1),))


async def test_who_writes_is_counted_and_it_is_announced_there(tmp_path: Path) -> None:
    async with staged(tmp_path, TALKER) as stage:
        ana, general = stage.town.human("ana"), stage.town.room("general")
        await ana.says(general, "hello")
        await stage.rest()
        assert await stage.held(ana) == ["talker@1"]
        assert general.texts == ["hello", "ana earned Talker"]
