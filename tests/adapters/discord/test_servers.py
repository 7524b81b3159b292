"""One bot in several servers, which are one community or several."""

from pathlib import Path
from typing import Any

from discord_stage import Stage, staged
from laurels import Badge, Count, Level

HOME, ANNEX, CLUB = 111_111_111_111_111_111, 222_222_222_222_222_222, 333_333_333_333_333_333
CONFIGURATION = f"""
[communities.home]
discord.guilds = [{HOME}, {ANNEX}]
mode = "live"

[communities.club]
discord.guilds = [{CLUB}]
mode = "live"
"""
PAIR = Badge(slug="pair", name="Pair", measure=Count("message.posted"), levels=(Level("", at=2),))


async def holders(stage: Stage, community: str) -> list[tuple[str, str]]:
    return [(award.badge, award.accounts[0]) for award in await stage.app.store.awards(community)]


def told(asked: Any) -> str:
    return asked.response.content + "".join(str(embed.to_dict()) for embed in asked.response.embeds)


async def says(stage: Stage, guild: Any, user: Any, member: Any = None) -> Any:
    """One message in a new channel of *guild* by *user*, who becomes a member if they aren't yet."""
    channel, member = guild.create_text_channel("general"), member or guild.add_member(user)
    await member.send(channel, "hello")
    await stage.rest()
    return channel, member


async def test_servers_of_one_community_are_one_place_to_count_in(tmp_path: Path) -> None:
    async with staged(tmp_path, PAIR, configuration=CONFIGURATION) as stage:
        home, annex = (stage.env.create_guild(id=id_) for id_ in (HOME, ANNEX))
        ana = stage.env.create_user("ana")
        await says(stage, home, ana)
        channel, _ = await says(stage, annex, ana)
        assert await holders(stage, "home") == [("pair", f"discord:{ana.id}")]
        assert channel.last_message.content == "ana earned Pair"


async def test_servers_of_different_communities_know_nothing_of_each_other(tmp_path: Path) -> None:
    async with staged(tmp_path, PAIR, configuration=CONFIGURATION) as stage:
        home, club = (stage.env.create_guild(id=id_) for id_ in (HOME, CLUB))
        ana = stage.env.create_user("ana")
        hall, resident = await says(stage, home, ana)
        bar, guest = await says(stage, club, ana)
        assert (await holders(stage, "home"), await holders(stage, "club")) == ([], [])
        await says(stage, club, ana, guest)
        assert (await holders(stage, "home"), await holders(stage, "club")) == ([], [("pair", f"discord:{ana.id}")])
        there, here = await guest.slash(bar, "badges profile"), await resident.slash(hall, "badges profile")
        assert "Pair" in told(there)
        assert "Pair" not in told(here)
