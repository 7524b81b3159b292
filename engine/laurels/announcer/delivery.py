"""One claimed post: what is to be said, and what came of saying it."""

import asyncio
from collections.abc import Callable

import structlog

from ..errors import Later, Unreachable
from ..model import Announcement, Receipt
from ..outbox import Fate, Line, Post, Verdict
from ..texts import catalogue
from .harmless import words
from .pace import Pace, asked, back_off, micros
from .routing import DIRECT, Routing, Winner, to_one_alone
from .sorting import stale
from .texts import Texts
from .wording import Describe, Described, name_awards, who

log = structlog.get_logger()

_TOLD = ("won", "maybe")
_UNREACHED = " can't be reached: "


class Delivery:
    """Says posts through the adapters. *key* begins every announcement's key; *clock* gives microseconds."""

    def __init__(self, routing: Routing, texts: Texts, describe: Describe, clock: Callable[[], int], pace: Pace) -> None:
        self.routing, self.texts, self.describe, self.clock, self.pace = routing, texts, describe, clock, pace
        self.key = "laurels"

    async def deliver(self, post: Post) -> Verdict:
        """Say what stands of it, edit what was said, or find that there is nothing to say."""
        return self._nothing_to_say(post) or self._turned(post) or await self._say(post)

    def _turned(self, post: Post) -> Verdict | None:
        """Go to the winner alone where they have come to want that since it was decided where this goes."""
        if post.wish != DIRECT or post.receipt is not None or _perhaps_posted(post):
            return None
        targets = self.routing.targets(post.community, _standing(post)[0].origin, Winner(post.accounts, post.wish))
        if not targets or post.target in targets:
            return None
        return Verdict(post, unsaid=_untold(post), again=self.clock(), target=targets[0])

    def _nothing_to_say(self, post: Post) -> Verdict | None:
        standing = _standing(post)
        if not standing:
            return None if _told(post) else Verdict(post)
        if post.receipt is not None:
            return None
        mode = self.routing.mode(post.community, post.target.place)
        fate: Fate = "nowhere" if mode is None else mode if mode != "live" else ""
        if not fate and stale(max(line.time for line in standing), self.clock()):
            fate = "failed" if post.error else "stale"
        return Verdict(post, unsaid=_untold(post), fate=fate, error=post.error) if fate else None

    async def _say(self, post: Post) -> Verdict:
        announcement = self.compose(post)
        try:
            async with asyncio.timeout(self.pace.patience):
                receipt = await self.routing.adapters[post.target.adapter].announce(announcement, post.receipt)
        except Later as exc:
            again = self.clock() + micros(asked(exc.seconds))
            return Verdict(post, unsaid=_untold(post), again=again, attempts=post.attempts, error=_passed_by(post) or str(exc))
        except Unreachable as exc:
            return self._unreachable(post, exc)
        except Exception as exc:
            return self._failed(post, exc)
        return _said(post, _checked(receipt, announcement))

    def _unreachable(self, post: Post, exc: Unreachable) -> Verdict:
        """Go on to the community's next place; without one, what was never said stays unsaid, and what was said stays as it is."""
        error = f"{words(str(post.target.place))}{_UNREACHED}{exc}"
        standing = _standing(post)
        if post.receipt is None and not standing:
            return Verdict(post, unsaid=tuple(line.award for line in post.lines))
        winner = Winner(post.accounts, post.wish)
        if post.receipt is None and (target := self.routing.after(post.target, post.community, standing[0].origin, winner)) is not None:
            log.warning("an announcement goes elsewhere", community=post.community, place=str(target.place), error=error)
            return Verdict(post, unsaid=_untold(post), again=self.clock(), target=target, error=error)
        if post.receipt is None and to_one_alone(post.target.place):  # most people's own choice, and nobody can do anything about it
            log.info("somebody takes no direct messages", community=post.community)
            return Verdict(post, unsaid=_untold(post), fate="quiet")
        log.error("an announcement can't be delivered", community=post.community, place=str(post.target.place), error=error)
        return Verdict(post, unsaid=_untold(post), fate=_lost(post), error=error)

    def _failed(self, post: Post, exc: Exception) -> Verdict:
        attempts = post.attempts + 1
        error = f"{type(exc).__name__}: {exc}" if str(exc) else type(exc).__name__
        if isinstance(exc, TimeoutError) and not str(exc):
            error = f"no answer within {self.pace.patience:g} s"
        wait = back_off(attempts)
        log.warning("an announcement failed", adapter=post.target.adapter, place=str(post.target.place), error=error, again_in=wait)
        if wait is None:
            return Verdict(post, attempts=attempts, error=error, fate=_lost(post))
        return Verdict(post, again=self.clock() + micros(wait), attempts=attempts, error=error)

    def compose(self, post: Post) -> Announcement:
        """The announcement as it stands now: of the awards in force, or that none of those told of is any more."""
        standing = _standing(post)
        lines = standing or [line for line in post.lines if line.shown in _TOLD]
        place, its = post.target.place, catalogue(self.routing.language(post.community))
        name, account = who(post.accounts, place)
        named = name_awards(lines, lambda slug, level: self._described(post.community, slug, level), its, place)
        values = {"person": name, "account": account, "place": words(str(place)), "community": post.community}
        text = self.texts.say(values, named, its, withdrawn=not standing)
        won = tuple(one.won for one in named)
        return Announcement(
            f"{self.key}-{post.id}", post.community, place, name, text, won, account, withdrawn=not standing, retry=_perhaps_posted(post)
        )

    def _described(self, community: str, slug: str, level: int) -> Described | None:
        try:
            return self.describe(community, slug, level)
        except Exception:
            log.exception("a badge can't be described; what is stored of it is used", badge=slug)
            return None


def _standing(post: Post) -> list[Line]:
    return [line for line in post.lines if line.wanted]


def _told(post: Post) -> bool:
    return any(line.shown in _TOLD for line in post.lines)


def _perhaps_posted(post: Post) -> bool:
    return post.receipt is None and any(line.shown == "maybe" for line in post.lines)


def _passed_by(post: Post) -> str:
    """Which place before this one could not be reached, and why."""
    return post.error if _UNREACHED in post.error else ""


def _lost(post: Post) -> Fate:
    """What becomes of a post that is given up: one that was never made has failed, one that can't be edited stays as it is."""
    return "failed" if post.receipt is None else ""


def _untold(post: Post) -> tuple[int, ...]:
    """What nobody was told of before this try."""
    return tuple(line.award for line in post.lines if not line.shown)


def _said(post: Post, receipt: Receipt) -> Verdict:
    return Verdict(
        post, receipt, won=tuple(line.award for line in post.lines if line.wanted),
        withdrawn=tuple(line.award for line in post.lines if not line.wanted and line.shown in _TOLD), error=_passed_by(post),
    )  # fmt: skip


def _checked(receipt: object, announcement: Announcement) -> Receipt:
    """The receipt; an adapter that gives none has posted all the same, and trying again would post twice."""
    if isinstance(receipt, Receipt):
        return receipt
    log.error("an adapter gave no receipt", platform=announcement.place.platform, gave=repr(receipt))
    return Receipt(announcement.key, announcement.place)
