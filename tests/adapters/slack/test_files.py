"""Files come with the message that shares them, and go with it."""

from pathlib import Path

from journal import counted, facts, journal
from slack_events import change, delete, edit, file
from slack_stage import staged


async def test_each_file_of_a_message_is_shared(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        ana, general = stage.town.human("ana"), stage.town.room("general")
        files = [file("F1", "png", 2048), file("F2", "pdf"), file("F2", "pdf"), file("F3", mode="tombstone"), {"id": "F4"}]
        message = await ana.says(general, "", subtype="file_share", files=files)
        posted = await counted(stage, "message.posted")
        shared = await counted(stage, "file.shared")
        assert [facts(event) for event in shared] == [{"kind": "png", "size": 2048}, {"kind": "pdf", "size": 1024}, {"kind": ""}]
        assert {(event.actor.name, event.time, event.place.url) for event in shared} == {("ana", posted[0].time, posted[0].place.url)}
        assert posted[0].data["files"] == 3
        await delete(general, message)
        assert await counted(stage) == []


async def test_a_file_that_is_deleted_was_not_shared_and_one_that_is_added_was(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        ana, general = stage.town.human("ana"), stage.town.room("general")
        message = await ana.says(general, "two", files=[file("F1", "png"), file("F2", "pdf")])
        before = dict(message)
        message["files"] = [file("F1", mode="tombstone"), file("F2", "pdf")]
        await change(general, message, before)
        assert [event.data["kind"] for event in await counted(stage, "file.shared")] == ["pdf"]
        await edit(general, message, "two", files=[file("F2", "pdf"), file("F3", "svg")])
        assert [event.data["kind"] for event in await counted(stage, "file.shared")] == ["pdf", "svg"]
        assert [event.data["files"] for event in await counted(stage, "message.posted")] == [2]
        await change(general, message, message)
        assert len(await journal(stage, "file.shared")) == 4
