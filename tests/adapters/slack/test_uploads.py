"""Badges' pictures: uploaded once, uploaded again when they are gone, and never worth an announcement."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from laurels import LAUREL, Badge, Count, Level
from laurels.drawing.images import png
from laurels.drawing.medal import medal
from laurels_slack import uploads
from laurels_slack.workspaces import client
from slack_scene import GUEST, TALKER, Scene, pictures, scene
from slack_town import TOKEN, Refusal

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path fill="red" d="M0 0h4v4z"/></svg>'


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LOOKS", (0.0,) * 5)
    monkeypatch.setattr(uploads, "BLIND", 0.0)


@pytest.fixture
def logged() -> Iterator[list[structlog.typing.EventDict]]:
    with structlog.testing.capture_logs() as logs:
        yield logs


def badge(image: str) -> Badge:
    return Badge(slug="drawn", name="Drawn", measure=Count("message.posted"), levels=(Level("", at=1),), image=image)


def _files(it: Scene) -> list[str]:
    return [picture["slack_file"]["id"] for message in it.said(it.general) for picture in pictures(message)]


async def test_a_picture_is_uploaded_once_however_often_it_is_shown(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        for name in ("bob", "mia"):
            await it.comes(name)
        it.stage.arrive()
        await it.says()
        assert len(it.said(it.general)) == 3
        assert len(set(_files(it))) == 1
        assert len(it.town.asked("files.getUploadURLExternal")) == 1


async def test_badges_that_look_the_same_share_a_file(tmp_path: Path) -> None:
    async with scene(tmp_path, TALKER, GUEST, badge("")) as it:
        await it.says()
        (message,) = it.said(it.general)
        assert len(pictures(message)) == 3
        assert len(it.town.asked("files.getUploadURLExternal")) == 2


async def _uploaded(folder: Path, image: Path) -> dict[str, Any]:
    async with scene(folder) as it:
        api = client(it.stage.wanted, TOKEN)
        source = await uploads.Uploads(it.stage.app.host("slack").state).source(api, it.town.team, str(image), LAUREL)
        (file,) = it.town.files.values()
        assert source == {"slack_file": {"id": file["id"]}}
        return file


async def test_an_svg_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "red.svg").write_text(SVG)
    file = await _uploaded(tmp_path, tmp_path / "red.svg")
    assert file["content"] == png(SVG)
    assert file["name"].endswith(".png")
    assert file["channel"] == ""


async def test_a_kind_of_file_that_slack_does_not_show_becomes_a_medal(tmp_path: Path) -> None:
    (tmp_path / "red.webp").write_bytes(b"RIFF")
    assert (await _uploaded(tmp_path, tmp_path / "red.webp"))["content"] == png(medal(LAUREL))


async def test_nothing_is_uploaded_for_what_is_taken_back(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        await it.stage.app.host("slack").state.put(f"pictures:{it.town.team}", None)
        it.stage.arrive()
        await it.revoke()
        assert len(it.town.asked("files.getUploadURLExternal")) == 1


async def test_an_address_in_the_web_is_left_to_slack(tmp_path: Path) -> None:
    async with scene(tmp_path, badge("https://badges.example/red.png")) as it:
        await it.says()
        (message,) = it.said(it.general)
        assert pictures(message) == [{"type": "image", "image_url": "https://badges.example/red.png", "alt_text": "Drawn"}]
        assert not it.town.files


async def test_an_address_that_slack_cant_fetch_costs_only_the_picture_and_no_file_is_uploaded_again(tmp_path: Path) -> None:
    async with scene(tmp_path, TALKER, badge("https://badges.example/red.png")) as it:
        failed = Refusal("invalid_blocks", response_metadata={"messages": ["[ERROR] downloading image failed [json-pointer:/blocks/4]"]})
        it.town.refuse("chat.postMessage", failed)
        await it.says()
        (message,) = it.said(it.general)
        assert pictures(message) == []
        assert len(message["blocks"]) == 3
        assert len(it.town.files) == 1


async def test_a_file_that_was_deleted_is_uploaded_again(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        await it.says()
        it.town.files.clear()
        await it.comes("bob")
        first, last = _files(it)
        assert first != last
        assert list(it.town.files) == [last]
        await it.comes("mia")
        assert _files(it)[-1] == last


async def test_slack_is_given_time_to_work_through_a_file(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        it.town.looks = 3
        await it.says()
        assert len(_files(it)) == 1
        assert len(it.town.asked("files.info")) == 3
        assert len(it.town.asked("chat.postMessage")) == 1


async def test_a_file_that_is_not_worked_through_in_time_is_done_without(tmp_path: Path, logged: list[dict[str, object]]) -> None:
    async with scene(tmp_path) as it:
        it.town.looks = 100
        await it.says()
        assert it.texts(it.general) == ["ana earned Bronze Talker"]
        assert _files(it) == []
        (told,) = [entry for entry in logged if "picture" in str(entry["event"])]
        assert told["error"] == "Slack has not worked through the file in time"


async def test_who_may_not_look_at_files_waits_blindly(tmp_path: Path) -> None:
    async with scene(tmp_path) as it:
        it.town.refuse("files.info", always=Refusal("missing_scope", needed="files:read"))
        await it.says()
        assert len(_files(it)) == 1


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
@pytest.mark.parametrize(
    "refusal", [Refusal("missing_scope", needed="files:write"), Refusal("ratelimited", 429, {"Retry-After": "9"}), Refusal("oh", 500)]
)
async def test_a_picture_never_costs_the_announcement(tmp_path: Path, method: str, refusal: Refusal) -> None:
    async with scene(tmp_path) as it:
        it.town.refuse(method, always=refusal)
        await it.says()
        (message,) = it.said(it.general)
        assert message["text"] == "ana earned Bronze Talker"
        assert pictures(message) == []
        assert len(message["blocks"]) == 2
        await it.comes("bob")
        assert len(it.said(it.general)) == 2
        assert len(it.town.asked(method)) == 1  # for a while Slack is not bothered again


async def test_whatever_else_is_wrong_with_a_picture_costs_only_the_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with scene(tmp_path, TALKER, badge("https://badges.example/red.png")) as it:
        monkeypatch.setattr(uploads, "draw", None)
        await it.says()
        (message,) = it.said(it.general)
        assert [picture["alt_text"] for picture in pictures(message)] == ["Drawn"]


async def test_an_upload_that_hangs_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "PATIENCE", 0.1)
    monkeypatch.setattr(uploads, "LOOKS", (60.0,))
    async with scene(tmp_path) as it:
        it.town.looks = 2
        await it.says()
        assert it.texts(it.general) == ["ana earned Bronze Talker"]


async def test_only_so_many_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MOST", 1)
    async with scene(tmp_path, TALKER, GUEST) as it:
        await it.says()
        assert len(await it.stage.app.host("slack").state.get(f"pictures:{it.town.team}")) == 1


async def test_the_address_that_a_picture_is_uploaded_to_is_not_shown(tmp_path: Path, logged: list[dict[str, object]]) -> None:
    async with scene(tmp_path) as it:
        it.town.files["F0"] = {}
        address = f"{it.town.address}/nothing/secret"
        it.town._files_get_upload_url_external = lambda given: {"upload_url": address, "file_id": "F0"}  # type: ignore[method-assign]
        await it.says()
        (told,) = [entry for entry in logged if "picture" in str(entry["event"])]
        assert told["error"] == "status 404"
