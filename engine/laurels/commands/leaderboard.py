"""``/badges leaderboard [badges|points|<badge>] [week]``: who has most."""

from typing import Final, get_args

from ..activity.activity import Over
from ..activity.board import Board, Rank
from ..announcer.harmless import words
from ..errors import Refused
from ..model import Button, Reply
from .asked import Asked
from .badges import badge
from .errors import Wrong

PERIODS: Final[tuple[Over, ...]] = get_args(Over)


async def leaderboard(asked: Asked) -> Reply:
    """One page of a leaderboard, and where the asker is."""
    period: Over = next((each for each in PERIODS if each in asked.words), "all")
    rest = [word for word in asked.words if word not in PERIODS and not word.isdecimal()]
    page = next((int(word) for word in asked.words if word.isdecimal() and len(word) < 6), 1)
    by = rest[0] if rest[:1] in (["badges"], ["points"]) else (await _counting(asked, rest) if rest else "badges")
    try:
        board = await asked.acts.activity.leaderboard(by, period=period, page=page, asker=asked.command.actor)
    except Refused:
        raise Wrong("leaderboard.no_period", badge=_by(asked, by), period=asked.say(f"leaderboard.{period}")) from None
    rows = [_row(asked, rank) for rank in board.rows]
    if board.mine is not None and board.mine not in board.rows:
        rows.append(_row(asked, board.mine))
    text = asked.say("leaderboard.title", by=_by(asked, by), period=asked.say(f"leaderboard.{period}"))
    return Reply(text if rows else asked.say("leaderboard.none"), tuple(rows), buttons=_turning(asked, board, [*rest, period]))


async def _counting(asked: Asked, rest: list[str]) -> str:
    definition, _ = await badge(asked, rest)
    if definition.meter is None:
        raise Wrong("leaderboard.uncounted", badge=definition.name)
    return definition.slug


def _by(asked: Asked, by: str) -> str:
    definition = asked.community.registry.definitions.get(by)
    return definition.name if definition else asked.say(f"leaderboard.{by}")


def _row(asked: Asked, rank: Rank) -> tuple[str, str]:
    return f"{rank.rank}. {words(rank.name)}", asked.its.number(rank.value)


def _turning(asked: Asked, board: Board, shown: list[str]) -> tuple[Button, ...]:
    turns = [("earlier", board.page - 1), ("later", board.page + 1)]
    return tuple(asked.button(key, "leaderboard", *shown, str(page)) for key, page in turns if 1 <= page <= board.pages)
