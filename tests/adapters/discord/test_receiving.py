from pathlib import Path

from discord_stage import staged
from laurels import Badge, Count, Level

TALKER = Badge(slug="talker", name="Talker", measure=Count("message.posted"), levels=(Level("", at=1),))


async def test_who_writes_is_counted_and_it_is_announced_there(tmp_path: Path) -> None:
    async with staged(tmp_path, TALKER) as stage:
        guild = stage.env.create_guild()
        channel = guild.create_text_channel("general")
        ana = guild.add_member(stage.env.create_user("ana"))
        await ana.send(channel, "hello")
        await stage.rest()
        assert await stage.held(ana) == ["talker@1"]
        assert channel.last_message.content == "ana earned Talker"
