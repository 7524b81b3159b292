"""Comments and reactions on GitHub: written, found again, edited."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from gidgethub import HTTPException
from gidgethub.aiohttp import GitHubAPI

from .refusals import Denied, refusal

#: A repository as ``owner/name``.
NAME: Final = re.compile(r"(?!\.\.?/)[\w.-]{1,100}/(?!\.\.?\Z)[\w.-]{1,100}", re.ASCII)

_REACH_BACK: Final = timedelta(hours=25)  # nothing older than 24 hours is announced for the first time, nor answered

_COMMENTS: Final = "/repos/{owner}/{name}/issues/{number}/comments{?since,per_page}"
_COMMENT: Final = "/repos/{owner}/{name}/issues/comments/{id}"
_REACTIONS: Final = "/repos/{owner}/{name}/issues/comments/{id}/reactions"


class Posts:
    """The comments of one repository's issues and pull requests. *github* is open there."""

    def __init__(self, github: GitHubAPI, repository: str) -> None:
        owner, name = repository.split("/")
        self._github, self._where = github, {"owner": owner, "name": name}

    async def find(self, number: str, mark: str) -> str:
        """The id of the comment on issue *number* that carries *mark*, or nothing."""
        since = (datetime.now(UTC) - _REACH_BACK).strftime("%Y-%m-%dT%H:%M:%SZ")
        where = {**self._where, "number": number, "since": since, "per_page": "100"}
        async for found in self._github.getiter(_COMMENTS, where):
            if mark in (found.get("body") or ""):
                return str(found["id"])
        return ""

    async def write(self, number: str, body: str) -> Any:
        """Comment on issue *number*."""
        return await self._github.post(_COMMENTS, {**self._where, "number": number}, data={"body": body})

    async def edit(self, comment: str, body: str) -> Any:
        """Give a comment another text."""
        return await self._github.patch(_COMMENT, {**self._where, "id": comment}, data={"body": body})

    async def react(self, comment: str, content: str) -> str:
        """Put a reaction on a comment; why it could not be, where GitHub won't have it."""
        try:
            await self._github.post(_REACTIONS, {**self._where, "id": comment}, data={"content": content})
        except HTTPException as exc:
            if isinstance(denied := refusal(exc), Denied):
                return str(denied)
            raise
        return ""
