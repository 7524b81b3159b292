"""Channels are read to their end, in pages, the oldest first."""

from types import SimpleNamespace
from typing import Any

import pytest

from laurels_discord.reading import PAGE, read


class Channel:
    """Gives, as Discord does, the messages that are next behind an id."""

    def __init__(self, count: int) -> None:
        self.ids, self.asked = list(range(1, count + 1)), 0

    async def history(self, *, limit: int, after: Any, oldest_first: bool) -> Any:
        assert oldest_first
        self.asked += 1
        for id_ in [id_ for id_ in self.ids if id_ > after.id][:limit]:
            yield SimpleNamespace(id=id_)


@pytest.mark.parametrize(("count", "asked"), [(0, 1), (1, 1), (PAGE - 1, 1), (PAGE, 2), (2 * PAGE + 50, 3)])
async def test_every_message_once(count: int, asked: int) -> None:
    channel = Channel(count)
    pages = [[message.id for message in page] async for page in read(channel, 0)]  # type: ignore[arg-type]
    assert [id_ for page in pages for id_ in page] == channel.ids
    assert channel.asked == asked


async def test_behind_where_it_was_left() -> None:
    assert [[message.id for message in page] async for page in read(Channel(12), 10)] == [[11, 12]]  # type: ignore[arg-type]
