"""``/badges-admin setup`` on Discord: a walk by buttons, each of which does what its words say."""

from pathlib import Path
from typing import Any

from discord_town import Town, labels, living, told


async def pressed(town: Town, result: Any, label: str) -> Any:
    """Eve presses a button of an answer; what comes of it."""
    message = (result.followups or [result.response])[-1]
    found = await town.eve.click(message, label=label)
    await town.stage.rest()
    return found


async def asked(town: Town, words: str, **options: Any) -> Any:
    town.show_admin_commands(town.eve, town.ana)
    found = await town.eve.slash(town.hall, words, **options)
    await town.stage.rest()
    return found


async def test_buttons_lead_through_mode_channels_and_roles(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        at = await asked(town, "badges-admin setup")
        assert "How this community is set." in told(at)
        at = await pressed(town, at, "Step by step")
        assert "1 of 4: the mode." in told(at)
        at = await pressed(town, at, "Answer only")
        at = await pressed(town, at, "Next step")
        assert "2 of 4: where I announce." in told(at)
        at = await pressed(town, at, "Announce here")
        at = await pressed(town, at, "Next step")
        at = await pressed(town, at, "Count nothing here")
        at = await pressed(town, at, "Next step")
        assert "4 of 4: who may do what." in told(at)
        its = town.stage.app.config.communities[town.stage.community]
        here = f"discord:{town.hall.id}"
        assert (its.mode, its.announce, its.ignored) == ("quiet", (here,), {here})


async def test_nothing_counts_in_a_channel_from_then_on(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        await pressed(town, await asked(town, "badges-admin setup", step="ignored"), "Count nothing here")
        await town.zoe.send(town.hall, "hello")
        await town.stage.rest()
        assert await town.stage.held(town.zoe) == []
        await town.zoe.send(town.cellar, "hello")
        await town.stage.rest()
        assert await town.stage.held(town.zoe) == ["talker@1"]


async def test_a_role_that_is_named_may_award(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        judge = town.guild.add_member(town.env.create_user("judy"), roles=[town.judges])
        town.show_admin_commands(town.eve, judge)
        refused = await judge.slash(town.hall, "badges-admin award", badge="closed", person=town.bob, note="well done")
        await town.stage.rest()
        assert "You may not do that." in told(refused)
        await asked(town, "badges-admin roles", part="awarders", role=town.judges)
        town.show_admin_commands(town.eve, judge)
        await judge.slash(town.hall, "badges-admin award", badge="closed", person=town.bob, note="well done")
        await town.stage.rest()
        assert "closed@1" in await town.stage.held(town.bob)


async def test_who_does_not_manage_the_server_is_not_led(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        town.show_admin_commands(town.eve, town.ana)
        found = await town.ana.slash(town.hall, "badges-admin setup")
        assert "You may not do that. It is for administrators." in told(found)
        assert labels(found.response) == []
