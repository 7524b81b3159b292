import asyncio
from contextlib import aclosing

from laurels.rules.watch import changes, snapshot

SOON = 10  # seconds until a test gives up


async def told(watching):
    async with asyncio.timeout(SOON):
        await anext(watching)


async def test_a_changed_a_new_and_a_removed_file_are_each_told(tmp_path):
    folder = tmp_path / "badges"
    folder.mkdir()
    (folder / "a.toml").write_text("[a]")
    async with aclosing(changes(tmp_path, ["badges/*.toml"], poll=50)) as watching:
        waiting = asyncio.create_task(told(watching))
        (folder / "ignored.txt").write_text("x")
        await asyncio.sleep(0)
        (folder / "a.toml").write_text("[a]\nname='A'")
        await waiting
        (folder / "b.toml").write_text("[b]")
        await told(watching)
        (folder / "b.toml").unlink()
        await told(watching)


async def test_a_change_before_watching_began_is_told(tmp_path):
    (tmp_path / "a.toml").write_text("[a]")
    known = snapshot(tmp_path, ["*.toml"])
    (tmp_path / "a.toml").write_text("[a]\nname='A'")
    async with aclosing(changes(tmp_path, ["*.toml"], known, poll=50)) as watching:
        await told(watching)


async def test_a_folder_that_comes_later_is_watched(tmp_path):
    async with aclosing(changes(tmp_path, ["badges/*.toml"], poll=50)) as watching:
        waiting = asyncio.create_task(told(watching))
        await asyncio.sleep(0)
        (tmp_path / "badges").mkdir()
        (tmp_path / "badges" / "a.toml").write_text("[a]")
        await waiting
        (tmp_path / "badges" / "a.toml").write_text("[a]\nname='A'")
        await told(watching)


async def test_watching_ends_when_it_is_cancelled(tmp_path):
    async def watch():
        async for _ in changes(tmp_path, ["*.toml"], poll=50):
            pass

    task = asyncio.create_task(watch())
    await asyncio.sleep(0.05)
    task.cancel()
    async with asyncio.timeout(SOON):
        await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
