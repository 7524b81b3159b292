"""From an object of GitHub's API to the webhook that would have told of it. Pure: so both become the same events, with the same ids."""

from collections.abc import Iterator
from typing import Any, NamedTuple

Json = dict[str, Any]


class Webhook(NamedTuple):
    """A webhook's name and payload."""

    name: str
    payload: Json


def issue(repository: Json, found: Json) -> Iterator[Webhook]:
    """Opened by its author; closed, for the last time, by whom the API names."""
    yield _webhook("issues", "opened", repository, found.get("user"), issue=found)
    if found.get("state") == "closed":
        yield _webhook("issues", "closed", repository, found.get("closed_by"), issue=found)


def pull(repository: Json, found: Json, reviews: list[Json], closer: Json | None) -> Iterator[Webhook]:
    """Opened, reviewed, and merged, or closed by *closer*: in this order, as a merge's reviewers are those before it."""
    yield _webhook("pull_request", "opened", repository, found.get("user"), pull_request=found)
    for review in reviews:
        if review.get("submitted_at"):
            yield _webhook("pull_request_review", "submitted", repository, review.get("user"), review=review, pull_request=found)
    if found.get("state") == "closed":
        merged = bool(found.get("merged_at"))
        sender = found.get("merged_by") if merged else closer
        yield _webhook("pull_request", "closed", repository, sender, pull_request={**found, "merged": merged})


def comment(repository: Json, found: Json, under: Json) -> Iterator[Webhook]:
    """A comment on the issue or pull request *under* it."""
    yield _webhook("issue_comment", "created", repository, found.get("user"), comment=found, issue=under)


def line_comment(repository: Json, found: Json, under: Json) -> Iterator[Webhook]:
    """A comment on a line of the pull request *under* it."""
    yield _webhook("pull_request_review_comment", "created", repository, found.get("user"), comment=found, pull_request=under)


def star(repository: Json, found: Json) -> Iterator[Webhook]:
    """A star that is still there."""
    yield _webhook("star", "created", repository, found.get("user"), starred_at=found.get("starred_at"))


def release(repository: Json, found: Json) -> Iterator[Webhook]:
    """A release that is out; the API names who wrote it, which is nearly always who published it."""
    if found.get("published_at") and not found.get("draft"):
        yield _webhook("release", "published", repository, found.get("author"), release=found)


def fork(repository: Json, found: Json) -> Iterator[Webhook]:
    """A fork of a person's. Who forked into an organization, the API does not say."""
    owner = found.get("owner") or {}
    if owner.get("type") == "User":
        yield Webhook("fork", {"repository": repository, "sender": owner, "forkee": found})


def _webhook(name: str, action: str, repository: Json, sender: Json | None, **more: Any) -> Webhook:
    return Webhook(name, {"action": action, "repository": repository, "sender": sender, **more})
