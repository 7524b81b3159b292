"""``laurels backfill slack``: what was written before laurels came."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal import counted, journal
from laurels import ConfigError, Page, Unreachable
from slack_events import bot, delete, edit, file
from slack_stage import Stage, staged
from slack_town import Refusal, Room

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


class Archive:
    """Two channels in which people wrote while nobody listened."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.town = stage, stage.town
        self.general, self.other = stage.town.room("general"), stage.town.room("other")
        self.ana, self.ben, self.cem = (stage.town.human(name) for name in ("ana", "ben", "cem"))

    def wrote(self, room: Room, human: Any, *texts: str, thread: str = "", **more: Any) -> dict[str, Any]:
        for text in texts:
            kept = room.keep({"type": "message", "user": human.id, "text": text, "team": self.town.team, **more}, thread)
        return kept

    def reading(self, since: datetime = BEGINNING) -> Any:
        return self.stage.adapter.backfill(since, self.stage.app.host("slack"))

    async def keep(self, page: Page) -> Page:
        """As `laurels backfill` does."""
        host = self.stage.app.host("slack")
        for event in page.events:
            await host.put(event)
        if page.key:
            await host.state.put(page.key, page.cursor)
        return page

    async def pages(self, since: datetime = BEGINNING) -> list[Page]:
        return [await self.keep(page) async for page in self.reading(since)]

    async def words(self) -> list[int]:
        return [event.data["words"] for event in await counted(self.stage, "message.posted")]


async def test_messages_replies_files_and_thanks_are_read(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        old = Archive(stage)
        first = old.wrote(old.general, old.ana, f"thanks {old.ben.mention}", files=[file("F1")])
        old.wrote(old.general, old.ben, "gladly", thread=first["ts"], parent_user_id=old.ana.id)
        old.wrote(old.general, old.cem, "me too", thread=first["ts"], parent_user_id=old.ana.id, subtype="thread_broadcast")
        old.wrote(old.general, old.cem, "joined", subtype="channel_join")
        old.wrote(old.other, old.cem, "the bot's own", user=stage.town.bot_user)
        old.wrote(old.other, old.cem, "built", subtype="bot_message", **bot("B7", "CI"))
        pages = await old.pages()
        found = [(event.type, event.actor.name, event.data.get("answered")) for event in await counted(stage)]
        ana = f"slack:T0TOWN/{old.ana.id}"
        assert sorted(found, key=str) == sorted(
            [
                ("message.posted", "ana", None), ("thanks.given", "ana", None), ("file.shared", "ana", None),
                ("message.posted", "ben", ana), ("message.posted", "cem", ana), ("message.posted", "cem", None),
            ], key=str,
        )  # fmt: skip
        assert [event.place.thread for event in await counted(stage, "message.posted")] == ["", first["ts"], first["ts"], ""]
        assert (pages[-1].cursor, pages[-1].done, pages[-1].total) == (None, 2, 2)
        assert {page.label for page in pages[:-1]} == {"Town #general", "Town #other"}
        assert len(stage.town.asked("users.list")) == 1
        assert stage.town.asked("users.info") == []


async def test_what_was_heard_live_is_not_counted_again_and_a_second_run_adds_nothing(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        old = Archive(stage)
        first = await old.ana.says(old.general, f"thanks {old.ben.mention}", files=[file("F1")])
        await old.ben.says(old.general, "gladly", thread=first["ts"], parent_user_id=old.ana.id)
        gone = await old.cem.says(old.general, "never mind")
        await delete(old.general, gone)
        before = await counted(stage)
        old.wrote(old.general, old.cem, "unheard")
        await old.pages()
        assert len(await counted(stage)) == len(before) + 1
        rows = len(await journal(stage))
        await old.pages()
        assert len(await journal(stage)) == rows


ACTS = st.lists(
    st.tuples(st.sampled_from(["say", "reply", "edit", "delete"]), st.integers(0, 9), st.integers(1, 4), st.booleans()), max_size=14
)


@given(ACTS)
@settings(max_examples=15, deadline=None)
def test_whatever_was_heard_of_it_after_history_each_message_that_stands_there_counts_once(acts: Any) -> None:
    async def lived() -> None:
        with TemporaryDirectory() as folder:
            async with staged(Path(folder)) as stage:
                old = Archive(stage)
                heard: list[dict[str, Any]] = []  # what is heard of live, it is heard of to its end
                for act, number, words, listened in acts:
                    text = " ".join(["la"] * words) + f" thanks {old.cem.mention}" * (words % 2)
                    first = heard[number % len(heard)] if heard else None
                    if act == "say" or (act == "reply" and first is None):
                        if listened:
                            heard.append(await old.ana.says(old.general, text))
                        else:
                            old.wrote(old.general, old.ben, text)
                    elif act == "reply" and first is not None:
                        said = {"thread": first.get("thread_ts") or first["ts"], "parent_user_id": old.ana.id}
                        if listened:
                            heard.append(await old.ben.says(old.general, text, **said))
                        else:
                            old.wrote(old.general, old.cem, text, **said)
                    elif act == "edit" and first is not None:
                        await edit(old.general, first, text)
                    elif act == "delete" and first is not None:
                        heard.remove(first)
                        await delete(old.general, first)
                await old.pages()
                stands = [said for said in old.general.messages if said.get("subtype") != "tombstone"]
                found = [(event.id.split(":")[2], event.data["words"]) for event in await counted(stage, "message.posted")]
                assert found == [(said["ts"], len(said["text"].split())) for said in stands]
                thanked = [event.data["message"].split(":")[2] for event in await counted(stage, "thanks.given")]
                assert thanked == [said["ts"] for said in stands if "thanks" in said["text"] and said["user"] != old.cem.id]

    asyncio.run(lived())


async def test_only_what_was_written_since_then_is_read_also_in_older_threads(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        old = Archive(stage)
        first = old.wrote(old.general, old.ana, "one")
        old.wrote(old.general, old.ana, "one two", thread=first["ts"])
        stage.town.now += 7200
        old.wrote(old.general, old.ana, "one two three", thread=first["ts"])
        old.wrote(old.general, old.ana, "one two three four")
        await old.pages(BEGINNING + timedelta(hours=1))
        assert await old.words() == [3, 4]


async def test_long_channels_and_threads_are_read_in_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laurels_slack.archive.PAGE", 2)
    async with staged(tmp_path) as stage:
        old = Archive(stage)
        for number in range(5):
            first = old.wrote(old.general, old.ana, "one")
            for _ in range(number):
                old.wrote(old.general, old.ben, "one two", thread=first["ts"])
        await old.pages()
        assert await old.words() == [1, 1, 2, 1, 2, 2, 1, 2, 2, 2, 1, 2, 2, 2, 2]


async def test_an_interrupted_run_goes_on_behind_the_last_page_that_was_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laurels_slack.archive.PAGE", 2)
    async with staged(tmp_path) as stage:
        old = Archive(stage)
        for room in (old.general, old.other):
            old.wrote(room, old.ana, "one", "one two", "one two three")
        reading = old.reading()
        for _ in range(3):  # both of the first channel, one of the second
            await old.keep(await anext(reading))
        await reading.aclose()
        stage.town.calls.clear()
        await old.pages()
        asked = [(given["channel"], len(given.get("latest") or "")) for given in stage.town.asked("conversations.history")]
        assert asked == [(old.other.id, 17)]
        assert sorted(await old.words()) == [1, 1, 2, 2, 3, 3]
        assert await stage.app.host("slack").state.get("backfill") is None


async def test_a_run_since_another_time_begins_anew(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        old = Archive(stage)
        old.wrote(old.general, old.ana, "one")
        kept = {"since": "2020-01-01T00:00:00+00:00", "realm": "T9", "channel": "C9", "latest": "1.0"}
        await stage.app.host("slack").state.put("backfill", kept)
        await old.pages()
        assert await old.words() == [1]


async def test_who_is_asked_too_often_is_asked_again_when_it_wants(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = []

    async def rest(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("laurels_slack.archive.sleep", rest)
    async with staged(tmp_path) as stage:
        old = Archive(stage)
        old.wrote(old.general, old.ana, "one")
        too_often = Refusal("ratelimited", 429, {"Retry-After": "7"})
        for method in ("users.conversations", "users.list", "conversations.history"):
            stage.town.refuse(method, too_often)
        await old.pages()
        assert await old.words() == [1]
        assert waited == [7.0] * 3


async def test_private_channels_and_those_that_the_app_is_not_in_are_left_alone(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        old = Archive(stage)
        old.wrote(stage.town.room("staff", "group"), old.ana, "secret")
        old.wrote(stage.town.room("", "im"), old.ana, "secret")
        old.other.members.clear()
        old.wrote(old.other, old.ana, "unseen")
        await old.pages()
        assert await journal(stage) == []
        assert [given["channel"] for given in stage.town.asked("conversations.history")] == [old.general.id]


async def test_a_channel_that_turns_out_unreadable_costs_only_itself(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        old = Archive(stage)
        for room in (old.general, old.other):
            old.wrote(room, old.ana, "one")
        stage.town.refuse("conversations.history", Refusal("not_in_channel"))
        await old.pages()
        assert [event.place.name for event in await counted(stage)] == ["#other"]


@pytest.mark.parametrize("refusal", [Refusal("invalid_auth"), Refusal("", 503), Refusal("missing_scope", needed="channels:read")])
async def test_where_slack_refuses_it_is_unreachable(tmp_path: Path, refusal: Refusal) -> None:
    async with staged(tmp_path) as stage:
        old = Archive(stage)
        stage.town.refuse("users.conversations", always=refusal)
        with pytest.raises(Unreachable, match="laurels check"):
            await old.pages()


async def test_a_token_that_is_none_is_an_error_of_the_configuration(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        old = Archive(stage)
        stage.town.refuse("auth.test", Refusal("invalid_auth"), Refusal("", 503))
        with pytest.raises(ConfigError, match="bot_token: Slack does not take it"):
            await old.pages()
        with pytest.raises(Unreachable, match="can't talk to Slack"):
            await old.pages()


async def test_a_thread_that_is_deleted_meanwhile_costs_only_itself(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        old = Archive(stage)
        old.wrote(old.general, old.ana, "one")
        first = old.wrote(old.general, old.ana, "one two")
        old.wrote(old.general, old.ben, "one two three", thread=first["ts"])
        stage.town.refuse("conversations.replies", Refusal("thread_not_found"))
        await old.pages()
        assert await old.words() == [1, 2]


async def test_a_message_that_is_not_as_messages_are_costs_only_itself(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        old = Archive(stage)
        old.wrote(old.general, old.ana, "one")
        old.wrote(old.general, old.ana, "one two", files=[None])
        old.wrote(old.general, old.ana, "one two three")
        await old.pages()
        assert await old.words() == [1, 3]


async def test_where_the_token_is_revoked_meanwhile_it_goes_on_there_once_there_is_another(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        old = Archive(stage)
        for room in (old.general, old.other):
            old.wrote(room, old.ana, "one")
        stage.town.refuse("conversations.history", None, Refusal("token_revoked"))
        with pytest.raises(Unreachable, match="token_revoked"):
            await old.pages()
        await old.pages()
        assert await old.words() == [1, 1]
