"""The kinds of history that a repository has, and how each is read."""

from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Final, NamedTuple

from ..refusals import Denied
from . import payloads
from .payloads import Json, Webhook
from .reader import JSON, Reader

GONE: Final = frozenset({404, 410, 451})  # not there, switched off, taken down
_KEPT: Final = ("number", "user", "assignees", "requested_reviewers", "pull_request", "html_url", "closed_by")
_MOST: Final = 20_000  # issues and pull requests that are remembered while their comments are read
_STARRED: Final = "application/vnd.github.star+json"


class Shelf:
    """One repository, what is wanted of it *since* when, and what is known already of its issues and pull requests, by number."""

    def __init__(self, reader: Reader, repository: Json, since: str) -> None:
        self.reader, self.repository, self.since = reader, repository, since
        self.owner, self.name = str(repository["owner"]["login"]), str(repository["full_name"])
        self._known: OrderedDict[str, Json] = OrderedDict()

    def keep(self, found: Json) -> None:
        """Remember what comments need of an issue or pull request."""
        number = str(found.get("number"))
        self._known[number] = self._known.get(number, {}) | {key: found[key] for key in _KEPT if key in found}
        if len(self._known) > _MOST:
            self._known.popitem(last=False)

    async def get(self, path: str) -> Any:
        """One object of the repository, or None where it is gone."""
        try:
            return (await self.reader.page(f"/repos/{self.name}/{path}", self.owner))[0]
        except Denied as denied:
            if denied.status in GONE:
                return None
            raise

    async def under(self, url: object) -> Json | None:
        """The issue or pull request that a comment names by its address."""
        number = str(url).rpartition("/")[2]
        if number not in self._known and number.isdecimal() and (found := await self.get(f"issues/{number}")):
            self.keep(found)
        return self._known.get(number)

    async def closer(self, number: object) -> Json | None:
        """Who closed an issue or pull request, which lists of them may leave out."""
        if "closed_by" not in (known := self._known.get(str(number), {})) and (found := await self.get(f"issues/{number}")):
            self.keep({"closed_by": None} | found)
            known = self._known[str(number)]
        closer: Json | None = known.get("closed_by")
        return closer


class Stage(NamedTuple):
    """A list of GitHub's API: its *path*, whether it can begin at a time, what one *item* of it tells, and whether that is *dear*."""

    name: str
    path: str
    item: Callable[[Shelf, Json], AsyncIterator[Webhook]]
    since: bool = False
    accept: str = JSON
    dear: bool = False

    def first(self, shelf: Shelf) -> str:
        """Where the list begins."""
        joint = "&" if "?" in self.path else "?"
        return f"/repos/{shelf.name}/{self.path}{joint}per_page=100" + (f"&since={shelf.since}" if self.since else "")


async def _issue(shelf: Shelf, found: Json) -> AsyncIterator[Webhook]:
    shelf.keep(found)
    if "pull_request" in found:
        return
    closer = await shelf.closer(found["number"]) if found.get("state") == "closed" else None
    for webhook in payloads.issue(shelf.repository, {**found, "closed_by": closer}):
        yield webhook


async def _pull(shelf: Shelf, found: Json) -> AsyncIterator[Webhook]:
    shelf.keep({**found, "pull_request": {}})
    if str(found.get("updated_at") or shelf.since) < shelf.since:
        return
    whole = await shelf.get(f"pulls/{found['number']}")
    if not whole:
        return
    reviews = await shelf.reader.all(f"/repos/{shelf.name}/pulls/{found['number']}/reviews?per_page=100", shelf.owner)
    closer = await shelf.closer(found["number"]) if whole.get("state") == "closed" and not whole.get("merged_at") else None
    for webhook in payloads.pull(shelf.repository, whole, reviews, closer):
        yield webhook


async def _comment(shelf: Shelf, found: Json) -> AsyncIterator[Webhook]:
    if under := await shelf.under(found.get("issue_url")):
        for webhook in payloads.comment(shelf.repository, found, under):
            yield webhook


async def _line_comment(shelf: Shelf, found: Json) -> AsyncIterator[Webhook]:
    if under := await shelf.under(found.get("pull_request_url")):
        for webhook in payloads.line_comment(shelf.repository, found, under):
            yield webhook


def _plain(read: Callable[[Json, Json], Iterator[Webhook]]) -> Callable[[Shelf, Json], AsyncIterator[Webhook]]:
    async def item(shelf: Shelf, found: Json) -> AsyncIterator[Webhook]:
        for webhook in read(shelf.repository, found):
            yield webhook

    return item


_OLDEST: Final = "sort=created&direction=asc"  # what is added meanwhile comes at the end, and shifts nothing

STAGES: Final = (
    Stage("issues", f"issues?state=all&{_OLDEST}", _issue, since=True),
    Stage("pull requests", f"pulls?state=all&{_OLDEST}", _pull, dear=True),
    Stage("comments", f"issues/comments?{_OLDEST}", _comment, since=True),
    Stage("comments on lines", f"pulls/comments?{_OLDEST}", _line_comment, since=True),
    Stage("stars", "stargazers", _plain(payloads.star), accept=_STARRED),
    Stage("releases", "releases", _plain(payloads.release)),
    Stage("forks", "forks?sort=oldest", _plain(payloads.fork)),
)
