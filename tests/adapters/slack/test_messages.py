"""What people write: posted, edited, deleted, thanks; and what of it is not read."""

from pathlib import Path
from typing import Any

import pytest

from journal import counted, facts, journal
from laurels import Badge, Count, Level
from slack_events import bot, change, delete, edit, file
from slack_stage import Stage, staged

TALKER = Badge(slug="talker", name="Talker", measure=Count("message.posted"), levels=(Level("", at=1),))
KEEPING = "[communities.main]\nkeep_text = true\n"


class Scene:
    """A channel, and Ana, Ben and Cem in it."""

    def __init__(self, stage: Stage) -> None:
        self.town = stage.town
        self.general = stage.town.room("general")
        self.ana, self.ben, self.cem = (stage.town.human(name) for name in ("ana", "ben", "cem"))


def key(human: Any) -> str:
    return f"slack:{human.town.team}/{human.id}"


async def test_a_message_tells_its_facts_and_who_is_meant(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        asked = await scene.ben.says(scene.general, "where is the door?")
        said = f"there, {scene.cem.mention} &amp; see <https://example.org/map?a=1|the map>"
        reply = await scene.ana.says(
            scene.general, said, thread=asked["ts"], parent_user_id=scene.ben.id, subtype="file_share", files=[file("F1")]
        )
        first, second = await counted(stage, "message.posted")
        assert (first.type, first.actor.name, first.actor.key, first.realm) == ("message.posted", "ben", key(scene.ben), "T0TOWN")
        assert first.id == f"T0TOWN:{scene.general.id}:{asked['ts']}"
        assert facts(first) == {"length": 18, "words": 4, "files": 0}
        seen = f"there, @{scene.cem.id} & see the map"
        assert facts(second) == {
            "answered": key(scene.ben), "mentions": [key(scene.cem)], "length": len(seen), "words": 6, "files": 1,
        }  # fmt: skip
        assert {person.name for person in second.others} == {"ben", "cem"}
        link = f"https://town.slack.com/archives/{scene.general.id}/p{reply['ts'].replace('.', '')}"
        assert second.place.url == f"{link}?thread_ts={asked['ts']}&cid={scene.general.id}"
        assert (second.place.name, second.place.thread, second.place.private) == ("#general", asked["ts"], False)
        assert (first.place.thread, f"{first.time:%S.%f}") == ("", f"01.{asked['ts'].partition('.')[2]}")


async def test_the_text_is_kept_as_people_see_it_and_only_where_the_community_keeps_texts(tmp_path: Path) -> None:
    async with staged(tmp_path, configuration=KEEPING) as stage:
        scene = Scene(stage)
        await scene.ana.says(scene.general, "R&amp;D: <https://a.example|a>, <https://b.example>, <#C1|general> <!here> 1 &lt; 2")
        await scene.ana.says(scene.general, "hi <@U0123456789|ana>, <!subteam^S1|@devs>, <!date^1^{date}|monday>, &amp;lt;")
        assert [event.data["text"] for event in await counted(stage)] == [
            "R&D: a, https://b.example, #general @here 1 < 2", "hi @ana, @devs, monday, &lt;",
        ]  # fmt: skip


async def test_a_message_told_under_eleven_event_ids_counts_once(tmp_path: Path) -> None:
    async with staged(tmp_path, TALKER) as stage:
        scene = Scene(stage)
        message = await scene.ana.says(scene.general, f"thanks {scene.ben.mention}", files=[file("F1")])
        ids = {(await stage.town.tell(scene.general.event(message)))["event_id"] for _ in range(10)}
        assert len(ids) == 10
        assert [event.type for event in await journal(stage)] == ["message.posted", "file.shared", "thanks.given"]
        assert await stage.held(scene.ana) == ["talker@1"]


@pytest.mark.parametrize("subtype", ["channel_join", "channel_topic", "pinned_item", "reminder_add", "huddle_thread", "bot_add"])
async def test_what_slack_itself_tells_in_a_channel_is_nobodys_word(tmp_path: Path, subtype: str) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        await scene.ana.says(scene.general, "has joined the channel", subtype=subtype)
        assert await journal(stage) == []
        assert stage.town.asked("users.info") == []


@pytest.mark.parametrize("subtype", ["me_message", "thread_broadcast", "file_share"])
async def test_these_kinds_are_somebodys_word(tmp_path: Path, subtype: str) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        await scene.ana.says(scene.general, "one two", subtype=subtype)
        assert [event.data["words"] for event in await counted(stage)] == [2]


async def test_a_reply_that_is_shown_in_the_channel_too_answers_who_began_the_thread(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        asked = await scene.ben.says(scene.general, "where?")
        root = {"type": "message", "user": scene.ben.id, "text": "where?", "ts": asked["ts"], "thread_ts": asked["ts"]}
        for human in (scene.ana, scene.ben):
            await human.says(scene.general, "there", thread=asked["ts"], subtype="thread_broadcast", root=root)
        assert [event.data.get("answered") for event in await counted(stage)] == [None, key(scene.ben), None]


async def test_an_edit_changes_the_facts_and_not_the_time(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        message = await scene.ana.says(scene.general, "one")
        (before,) = await counted(stage)
        for _ in range(2):
            await edit(scene.general, message, "one two")
        (event,) = await counted(stage)
        assert event.data["words"] == 2
        assert (event.time, event.revised > event.time) == (before.time, True)
        assert event.place == before.place


async def test_an_edit_told_again_is_one(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        told = await edit(scene.general, await scene.ana.says(scene.general, "one"), "one two")
        await stage.town.tell(told["event"])
        assert len(await journal(stage)) == 2


async def test_what_slack_adds_to_a_message_is_no_edit(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        message = await scene.ana.says(scene.general, "see <https://example.org>")
        preview = {"attachments": [{"id": 1, "from_url": "https://example.org", "title": "Example"}]}
        await change(scene.general, message | preview, message)
        await edit(scene.general, message, "see <https://example.com>")
        await change(scene.general, message | preview, message)
        await change(scene.general, message | {"reply_count": 1, "thread_ts": message["ts"]}, message)
        assert len(await journal(stage)) == 2


async def test_a_deleted_message_never_was(tmp_path: Path) -> None:
    async with staged(tmp_path, TALKER) as stage:
        scene = Scene(stage)
        message = await scene.ana.says(scene.general, "hello")
        await stage.rest()
        assert await stage.held(scene.ana) == ["talker@1"]
        await delete(scene.general, message)
        assert await counted(stage) == []
        assert await stage.held(scene.ana) == []


async def test_the_first_of_a_thread_leaves_a_stone_and_is_gone_all_the_same(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        first = await scene.ana.says(scene.general, f"thanks {scene.ben.mention}", files=[file("F1")])
        reply = await scene.ben.says(scene.general, "there", thread=first["ts"], parent_user_id=scene.ana.id)
        await delete(scene.general, first)
        assert [event.actor.name for event in await counted(stage)] == ["ben"]
        before = len(await journal(stage))
        await delete(scene.general, reply)
        stone = {"type": "message", "subtype": "message_deleted", "previous_message": dict(first), "deleted_ts": first["ts"],
                 "channel": scene.general.id, "ts": "1767229200.1", "event_ts": "1767229200.1", "channel_type": "channel"}  # fmt: skip
        await stage.town.tell(stone)
        assert await counted(stage) == []
        assert len(await journal(stage)) == before + 1


async def test_a_deletion_that_comes_first_holds(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        deliver, told = stage.town.deliver, []

        async def hold(envelope: dict[str, Any]) -> None:
            told.append(envelope)

        stage.town.deliver = hold
        message = await scene.ana.says(scene.general, f"thanks {scene.ben.mention}")
        await edit(scene.general, message, "thanks, all")
        await delete(scene.general, message)
        for envelope in reversed(told):
            await deliver(envelope)
        assert await counted(stage) == []


THANKS = [
    ("thanks {ben}", ["ben"]),
    ("Thank you so much, {ben} and {cem}!", ["ben", "cem"]),
    ("thx {ben}, thx {ben}", ["ben"]),
    ("thanks <@{ben.id}|ben>", ["ben"]),
    ("no thanks {ben}", []),
    ("thanks {ana}", []),
    ("`thanks {ben}`", []),
    ("```thanks {ben}```", []),
    ("&gt; thanks {ben}\nindeed", []),
    ("&gt;&gt;&gt; all of this\nthanks {ben}", []),
    ("thanks everyone, {ben} too", []),
]


@pytest.mark.parametrize(("said", "thanked"), THANKS, ids=[said for said, _ in THANKS])
async def test_who_is_thanked_in_words(tmp_path: Path, said: str, thanked: list[str]) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        people = {"ana": scene.ana, "ben": scene.ben, "cem": scene.cem}
        written = said.replace("{ben.id}", scene.ben.id).format(**{name: human.mention for name, human in people.items()})
        await scene.ana.says(scene.general, written)
        assert [event.data["receiver"] for event in await counted(stage, "thanks.given")] == [key(people[name]) for name in thanked]


async def test_thanks_follow_the_edits_and_the_end_of_their_message(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)

        async def thanked() -> list[str]:
            return [event.others[0].name for event in await counted(stage, "thanks.given")]

        message = await scene.ana.says(scene.general, f"thanks {scene.ben.mention} and {scene.cem.mention}")
        assert await thanked() == ["ben", "cem"]
        await edit(scene.general, message, f"thanks {scene.cem.mention}")
        assert await thanked() == ["cem"]
        stage.arrive()
        await edit(scene.general, message, f"thanks {scene.ben.mention} and {scene.cem.mention}")
        assert await thanked() == ["ben", "cem"]
        await delete(scene.general, message)
        assert await thanked() == []


async def test_a_message_without_thanks_leaves_no_trace_of_any_when_it_goes(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        await delete(scene.general, await scene.ana.says(scene.general, "hello"))
        assert await journal(stage, "thanks.given") == []


async def test_other_apps_are_known_as_bots_and_do_not_count(tmp_path: Path) -> None:
    async with staged(tmp_path, TALKER) as stage:
        scene = Scene(stage)
        robot = stage.town.human("robot", is_bot=True)
        await robot.says(scene.general, "beep", **bot("B7", "Robot"))
        await scene.general.town.tell(
            scene.general.event(scene.general.keep({"type": "message", "subtype": "bot_message", "text": "built", **bot("B8", "CI")}))
        )
        await scene.ana.says(scene.general, "said by Slack", user="USLACKBOT")
        assert [(event.actor.id, event.actor.name, event.actor.bot) for event in await counted(stage)] == [
            (robot.id, "robot", True), ("B8", "CI", True), ("USLACKBOT", "", True),
        ]  # fmt: skip
        assert await stage.held(robot) == []


async def test_what_the_app_itself_says_is_nobodys(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        town = stage.town
        for own in ({"user": town.bot_user}, {"bot_id": town.bot}, {"user": "U0ELSE", "bot_id": "B0ELSE", "app_id": town.app_id}):
            message = scene.general.keep({"type": "message", "text": "thanks", **own})
            await town.tell(scene.general.event(message))
            await edit(scene.general, message, "thanks!")
            await delete(scene.general, message)
        assert await journal(stage) == []


@pytest.mark.parametrize("kind", ["im", "mpim", "app_home"])
async def test_direct_messages_are_never_read(tmp_path: Path, kind: str) -> None:
    async with staged(tmp_path, private_channels=True) as stage:
        scene = Scene(stage)
        direct = stage.town.room("", kind, scene.ana)
        await edit(direct, await scene.ana.says(direct, "secret"), "very secret")
        assert await journal(stage) == []


@pytest.mark.parametrize(("allowed", "read"), [(False, []), (True, ["#staff", "#board"]), ("staff", ["#staff"])])
async def test_private_channels_are_read_only_where_the_settings_say_so(tmp_path: Path, allowed: Any, read: list[str]) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        rooms = {name: stage.town.room(name, "group") for name in ("staff", "board")}
        stage.wanted = type(stage.wanted)(
            bot_token="xoxb-simulated", app_token="xapp-simulated", api_url=stage.town.api,
            private_channels=allowed if isinstance(allowed, bool) else (rooms[allowed].id,),
        )  # fmt: skip
        stage.arrive()
        for room in rooms.values():
            await scene.ana.says(room, "secret")
        found = await counted(stage)
        assert [event.place.name for event in found] == read
        assert all(event.place.private for event in found)


async def test_a_channel_that_becomes_private_is_not_read_from_then_on(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        await scene.ana.says(scene.general, "one")
        scene.general.kind = "group"
        await scene.ana.says(scene.general, "made this channel private", subtype="channel_convert_to_private")
        await scene.ana.says(scene.general, "one two")
        assert [event.data["words"] for event in await counted(stage)] == [1]


async def test_a_text_full_of_brackets_takes_no_time(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        scene = Scene(stage)
        for text in ("<@U" * 12_000, "<|" * 20_000, "`" * 40_000, "&gt;" * 10_000, "thanks " * 5_000 + "<@"):
            await scene.ana.says(scene.general, text)
        assert len(await counted(stage)) == 5
