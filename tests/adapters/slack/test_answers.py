"""How answers reach who asked: to them alone where they are private, once, and in plain words where something fails."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from laurels import Badge, Command, Count, Level, Reply
from slack_office import Office, living, read
from slack_town import Refusal

THANKED = Badge(slug="thanked", measure=Count("thanks.given", to="event.data.receiver"), levels=(Level(at=1), Level(at=2)))


async def test_what_is_private_and_what_is_refused_is_for_the_asker_alone(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        assert (await office.slash(office.ana, "show kind")).kind == "all"
        assert (await office.slash(office.ana, "settings")).kind == "alone"
        assert (await office.slash(office.ana, "show kund")).kind == "alone"


async def test_bare_it_answers_with_ones_profile_and_help(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        seen = await office.slash(office.ana)
        assert seen.text.startswith("ana has 1 badge. /badges help says what else you can ask.\n🏅 Bronze Talker: since")
        assert seen.labels == ["Help"]
        help_ = await office.slash(office.eve, admin=True)
        assert "/badges-admin award" in help_.text and await office.press(office.eve, help_, "Next") == []
        assert "/badges-admin status" in help_.text


async def test_slack_is_told_at_once_whatever_laurels_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with living(tmp_path) as office:
        host, go = office.host, asyncio.Event()

        async def slowly(command: Command) -> Reply:
            await go.wait()
            return Reply("At last.")

        monkeypatch.setattr(host, "ask", slowly)
        body = {
            "team_id": office.town.team, "channel_id": office.hall.id, "user_id": office.ana.id, "command": "/badges", "text": "list",
            "response_url": office.town.response_url(), "trigger_id": "1.1.x",
        }  # fmt: skip
        answer = await office.stage.deliver(body)
        assert (answer.status, answer.body, office.town.responses) == (200, "", [])
        go.set()
        await office.stage.rest()
        assert office.town.responses[0]["text"] == "At last."


async def test_what_is_delivered_twice_is_answered_once(tmp_path: Path) -> None:
    async with living(tmp_path, THANKED) as office:
        for _ in range(2):
            body = {
                "team_id": office.town.team, "channel_id": office.hall.id, "user_id": office.ana.id, "command": "/badges",
                "text": f"thanks {office.bob.mention}", "response_url": office.town.response_url(), "trigger_id": "1.1.x",
            }  # fmt: skip
            await office.stage.deliver(body)
        await office.stage.rest()
        assert len(office.town.responses) == 1 and "thanked@2" not in await office.stage.held(office.bob)


async def test_where_the_response_url_is_gone_the_bot_says_it_itself(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        office.town.refuse("response_url", always=Refusal("expired_url", 404))
        seen = await office.slash(office.ana, "settings")
        assert seen.kind == "alone" and seen.shown["channel"] == office.hall.id
        assert (await office.slash(office.ana, "show kind")).kind == "all"


async def test_who_is_asked_to_come_later_does(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        office.town.refuse("response_url", Refusal("rate_limited", 429, {"Retry-After": "0.01"}))
        assert "For the good ones." in (await office.slash(office.ana, "show kind")).text
        assert not [given for given in office.town.asked("chat.postMessage") if "metadata" not in given]


async def test_a_picture_that_slack_can_not_have_is_left_out(tmp_path: Path) -> None:
    shiny = Badge(slug="shiny", name="Shiny", image="https://pictures.example/shiny.png")
    async with living(tmp_path, shiny) as office:
        seen = await office.slash(office.ana, "show shiny")
        (card,) = [block for block in seen.blocks if "accessory" in block]
        assert card["accessory"] == {"type": "image", "image_url": shiny.image, "alt_text": "🏅 Shiny"}
        office.town.refuse("response_url", Refusal("invalid_blocks"))
        bare = await office.slash(office.ana, "show shiny")
        assert "Shiny" in bare.text and not any("accessory" in block for block in bare.blocks)
        office.town.refuse("response_url", Refusal("invalid_blocks"))
        spelt = await office.slash(office.ana, f"nominate kind {office.bob.mention} :no-such-emoji: there")
        assert ":no-such-emoji: there" in spelt.text and '"emoji"' not in json.dumps(spelt.blocks[1:-1])


async def test_a_picture_on_this_machine_is_uploaded_once(tmp_path: Path) -> None:
    (tmp_path / "lamp.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>')
    (tmp_path / "lamp.toml").write_text('[lamp]\nname = "Lamp"\nimage = "lamp.svg"\n')
    async with living(tmp_path, str(tmp_path / "lamp.toml")) as office:
        before = set(office.town.files)
        seen = [await office.slash(office.ana, "show lamp") for _ in range(2)]
        accessories = [block["accessory"] for one in seen for block in one.blocks if "accessory" in block]
        assert len(accessories) == 2 and accessories[0] == accessories[1]
        assert {accessories[0]["slack_file"]["id"]} == set(office.town.files) - before


async def test_a_failure_of_laurels_is_told_in_plain_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(asked: Command) -> Reply:
        raise RuntimeError("the disk is full")

    async with living(tmp_path) as office:
        monkeypatch.setattr(office.host, "ask", broken)
        seen = await office.slash(office.ana, "list")
        assert seen.kind == "alone" and seen.text.startswith("Something went wrong on my side")


async def test_a_workspace_of_no_community_is_told_so_alone(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        host: Any = office.host
        host._community_of = lambda platform, realm: None
        seen = await office.slash(office.ana, "profile")
        assert seen.kind == "alone" and seen.text == "This place belongs to no community that laurels knows."


async def test_nobody_is_pinged_and_nothing_of_others_is_obeyed(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        said = "*bold* &lt;@U00000001&gt; &lt;!channel&gt; &lt;https://evil.example|here&gt; `code"
        seen = await office.slash(office.ana, f"nominate kind {office.bob.mention} {said}")
        assert "*bold*" in seen.text and "`code" in seen.text and "evil.example|here" in seen.text
        assert "<@" not in seen.shown["text"] and "<!" not in seen.shown["text"] and "<https" not in seen.shown["text"]
        assert '"style": {"bold": true}' not in json.dumps([block for block in seen.blocks if "bold" in read(block)])


async def test_everything_that_is_stored_comes_as_a_file_in_a_direct_message(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        seen = await office.slash(office.ana, "settings export")
        assert seen.kind == "alone" and seen.text.endswith("The file is in our direct messages.")
        (file,) = [file for file in office.town.files.values() if not file["name"].endswith(".png")]
        assert file["name"].endswith(".json") and b'"ana"' in file["content"]
        assert office.town.rooms[file["channel"]].kind == "im" and office.ana.id in office.town.rooms[file["channel"]].members
        office.town.refuse("conversations.open", Refusal("missing_scope"))
        assert "Slack did not take the file." in (await office.slash(office.ana, "settings export")).text


async def test_answers_are_in_the_language_of_the_asker(tmp_path: Path) -> None:
    async with living(tmp_path) as office:
        hans = office.town.human("hans", locale="de-DE")
        seen = await office.slash(hans)
        assert seen.text.startswith("hans hat noch kein Abzeichen.") and seen.labels == ["Hilfe"]


async def test_a_command_of_another_name_is_called_so_in_answers(tmp_path: Path) -> None:
    async with living(tmp_path, command="/laurels") as office:
        seen = await office.slash(office.ana, "help")
        assert "/laurels show <badge>" in seen.text and "/badges" not in seen.text
        await office.press(office.ana, seen, "Next")
        assert "/laurels-admin help" in seen.text and "/badges" not in seen.text


async def test_what_is_under_way_at_the_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def ever(command: Command) -> Reply:
        await asyncio.Event().wait()
        return Reply("")

    async with living(tmp_path) as office:
        commands = office.stage.adapter.commands
        assert commands is not None
        monkeypatch.setattr(commands.clerk.host, "ask", ever)
        await _unanswered(office)
        await commands.close()
        await office.stage.rest()
        assert office.town.responses == []


async def _unanswered(office: Office) -> None:
    await office.stage.deliver({
        "team_id": office.town.team, "channel_id": office.hall.id, "user_id": office.ana.id, "command": "/badges", "text": "list",
        "response_url": office.town.response_url(), "trigger_id": "1.2.x",
    })  # fmt: skip
