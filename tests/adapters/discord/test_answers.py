"""How answers reach who asked: in time, to them alone where they are private, once, and in plain words where something fails."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from discord_town import living, told
from laurels import ADMIN, Badge, Command, Count, Level, Reply
from laurels_discord.commands import clerk

THANKED = Badge(slug="thanked", measure=Count("thanks.given", to="event.data.receiver"), levels=(Level(at=1), Level(at=2)))


async def test_an_answer_that_is_ready_comes_at_once(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        shown = await town.ana.slash(town.hall, "badges show", badge="kind")
        assert (shown.deferred, shown.ephemeral) == (False, False) and "Kind Soul" in told(shown)
        private = await town.ana.slash(town.hall, "badges settings")
        assert (private.deferred, private.ephemeral) == (False, True)


async def test_an_answer_that_takes_long_is_put_off_in_private_and_still_reaches_everybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clerk, "PATIENCE", 0.01)
    async with living(tmp_path) as town:
        host = town.stage.adapter.client.presses.clerk.host
        ask = host.ask

        def put_off() -> int:
            return sum(entry.path.endswith("/callback") for entry in town.env.http_requests)

        async def slowly(command: Command) -> Reply:
            before = put_off()
            async with asyncio.timeout(10):
                while put_off() == before:
                    await asyncio.sleep(0.001)
            return await ask(command)

        monkeypatch.setattr(host, "ask", slowly)
        shown = await town.ana.slash(town.hall, "badges show", badge="kind")
        assert shown.ephemeral and shown.response.content == "Here it is:"
        (public,) = shown.followups
        assert not public.ephemeral and "Kind Soul" in public.embeds[0].description
        private = await town.ana.slash(town.hall, "badges settings")
        assert private.ephemeral and not private.followups
        assert "stored" in told(private) and private.response.components


async def test_one_interaction_that_is_delivered_twice_is_answered_once(tmp_path: Path) -> None:
    async with living(tmp_path, THANKED) as town:
        town.twice()
        await town.ana.slash(town.hall, "badges thanks", person=town.bob)
        made = await town.ana.slash(town.hall, "badges nominate", badge="kind", person=town.bob, reason="so kind")
        await town.stage.rest()
        assert not made.followups and told(made).startswith("bob is nominated for Kind Soul.")
        await town.bob.click(made.response, label="Accept")
        await town.stage.rest()
        assert town.hall.history()[-1].embeds[0].description.count("bob accepts Kind Soul.") == 1
        form = await town.eve.slash(town.hall, "badges-admin award", badge="closed", person=town.bob)
        assert "bob has Closed now." in told(await town.eve.submit_modal(form, {"note": "well done"}))
        await town.stage.rest()
        assert "thanked@1" in await town.stage.held(town.bob)


@pytest.mark.parametrize("command", ["badges profile", "badges list", "badges-admin status"])
async def test_a_failure_of_laurels_is_told_in_plain_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    async def broken(asked: Command) -> Reply:
        raise RuntimeError("the disk is full")

    async with living(tmp_path) as town:
        host = town.stage.adapter.client.presses.clerk.host
        monkeypatch.setattr(host, "ask", broken)
        result = await town.eve.slash(town.hall, command)
        assert result.ephemeral and told(result).startswith("Something went wrong on my side")


async def test_what_is_asked_says_who_asks_where_and_as_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Command] = []

    async def heard(command: Command) -> Reply:
        asked.append(command)
        return Reply("Done.")

    async with living(tmp_path) as town:
        monkeypatch.setattr(town.stage.adapter.client.presses.clerk.host, "ask", heard)
        await town.eve.slash(town.hall, "badges thanks", person=town.zoe)
        await town.ana.slash(town.cellar, "badges profile")
        (first, second), guild = asked, str(town.guild.id)
        assert (first.name, first.words) == ("badges", ("thanks", f"discord:{town.zoe.id}"))
        assert [person.name for person in first.people] == ["zoe"]
        assert (first.actor.key, first.realm, first.locale) == (f"discord:{town.eve.id}", guild, "en-US")
        assert first.roles == ("role:Council", ADMIN) and second.roles == ()
        assert (second.place.channel, second.place.name, second.place.private) == (str(town.cellar.id), "#cellar", False)


async def test_who_left_is_still_known(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        user = town.bob.user
        town.guild.remove_member(town.bob)
        await town.stage.rest()
        assert "bob has 1 badge." in told(await town.ana.slash(town.hall, "badges profile", person=user))
        given = await town.eve.slash(town.hall, "badges-admin award", badge="closed", person=user, note="farewell")
        assert told(given).startswith("bob has Closed now.")


async def test_a_server_of_no_community_is_told_so_alone(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        host: Any = town.stage.adapter.client.presses.clerk.host
        host._community_of = lambda platform, realm: None
        result = await town.ana.slash(town.hall, "badges profile")
        assert result.ephemeral and told(result) == "This place belongs to no community that laurels knows."


async def test_nobody_is_pinged_and_no_markdown_of_others_is_obeyed(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        said = "**bold** @everyone [here](https://evil.example) <@1>"
        made = await town.ana.slash(town.hall, "badges nominate", badge="kind", person=town.bob, reason=said)
        text = told(made)
        assert "@everyone" not in text and "<@1>" not in text and "**bold**" not in text and "\\[here" in text
        assert not made.response.message.mentions and not made.response.message.mention_everyone


async def test_what_is_being_typed_is_completed(tmp_path: Path) -> None:
    async with living(tmp_path) as town:

        async def values(who: Any, command: str, option: str, begun: str, **filled: Any) -> list[str]:
            return [choice["value"] for choice in await who.autocomplete(town.hall, command, option, begun, **filled)]

        made = await town.ana.slash(town.hall, "badges nominate", badge="kind", person=town.bob, reason="x")
        id_ = made.response.components[0]["components"][0]["custom_id"].rpartition('"')[0].rpartition('"')[2]
        assert await values(town.ana, "badges show", "badge", "kin") == ["kind"]
        assert await values(town.ana, "badges leaderboard", "by", "badg") == ["badges"]
        assert "talker" in await values(town.ana, "badges leaderboard", "by", "talk")
        assert await values(town.bob, "badges nominations", "nomination", "") == [id_]
        assert await values(town.ana, "badges settings", "value", "", setting="tracking") == ["on", "off"]
        assert await values(town.ana, "badges help", "command", "nomina") == ["nominate", "nominations"]
        assert await values(town.eve, "badges-admin help", "command", "awa") == ["award"]
        assert await values(town.eve, "badges-admin history", "badge", "") == []
        given = await town.eve.slash(town.hall, "badges-admin award", badge="closed", person=town.bob, note="x")
        await town.stage.rest()
        assert len(await values(town.eve, "badges-admin undo", "cause", "command")) == 1 and given
        assert await values(town.zoe, "badges link", "unlink", "") == [f"discord:{town.zoe.id}"]


async def test_completions_that_fail_are_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(asked: Command) -> Any:
        raise RuntimeError("no")

    async with living(tmp_path) as town:
        monkeypatch.setattr(town.stage.adapter.client.presses.clerk.host, "suggest", broken)
        assert await town.ana.autocomplete(town.hall, "badges show", "badge", "k") == []


async def test_answers_are_in_the_language_of_the_asker(tmp_path: Path) -> None:
    async with living(tmp_path) as town:
        found = town.env.backend.find_command("badges", town.guild.id, type=1)
        (show,) = [option for option in found["options"] if option["name"] == "show"]
        assert show["description"] == "a badge, its levels, and who has it"
        assert show["description_localizations"]["de"] == "ein Abzeichen, seine Stufen und wer es hat"
        assert found["name_localizations"] in (None, {})
