"""The benchmark of the Slack adapter takes every message; how fast is not a test's business."""

import asyncio

from benchmarks import slack


def test_it_runs_small():
    bare, both = asyncio.run(slack.measured(2, 30))
    assert len(bare.runs) == len(both.runs) == 2
    assert 0 < bare.best <= bare.median


def test_it_prints_a_row(capsys):
    slack.main(["--runs", "1", "--messages", "20"])
    head, row = capsys.readouterr().out.splitlines()
    assert head.startswith("µs a message") and len(row.split()) == 5
