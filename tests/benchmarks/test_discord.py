"""The benchmark of the Discord adapter takes every message; how fast is not a test's business."""

import asyncio

import pytest
from benchmarks import discord

from laurels_discord import Settings


@pytest.mark.parametrize("content", [True, False])
def test_it_runs_small(content):
    bare, both = asyncio.run(discord.measured(2, 30, Settings(token="t", message_content=content)))
    assert len(bare.runs) == len(both.runs) == 2
    assert 0 < bare.best <= bare.median


def test_it_prints_a_row_for_each_way_to_be_told(capsys):
    discord.main(["--runs", "1", "--messages", "20"])
    assert [line[:18].strip() for line in capsys.readouterr().out.splitlines()] == ["µs a message", "content seen", "content not seen"]
