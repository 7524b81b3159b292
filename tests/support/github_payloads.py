"""Small payloads in GitHub's shape, for what its examples don't show: merges, approvals, whole histories."""

from itertools import count
from typing import Any

_seconds = count()


def user(login: str, id_: int, **more: Any) -> dict[str, Any]:
    return {"login": login, "id": id_, "type": "User"} | more


ANA, BOB, CYD = user("ana", 1), user("bob", 2), user("cyd", 3)
GHOST = user("ghost", 10137)


def at(second: int) -> str:
    return f"2024-06-01T12:{second // 60:02}:{second % 60:02}Z"


def around(action: str, sender: Any = BOB, owner: str = "octocat", **more: Any) -> dict[str, Any]:
    repository = {
        "id": 77,
        "name": "hello",
        "full_name": f"{owner}/hello",
        "owner": user(owner, 9),
        "private": False,
        "html_url": f"https://github.com/{owner}/hello",
        "default_branch": "main",
        "pushed_at": 1717243200,
        "updated_at": at(0),
    }
    return {"action": action, "repository": repository, "sender": sender} | more


def issue(action: str, second: int = 0, sender: Any = ANA, owner: str = "octocat", label: int = 0, **more: Any) -> dict[str, Any]:
    found = {
        "id": 500,
        "number": 7,
        "user": ANA,
        "state": "open",
        "labels": [],
        "created_at": at(0),
        "updated_at": at(second),
        "closed_at": None,
        "author_association": "NONE",
        "html_url": f"https://github.com/{owner}/hello/issues/7",
    } | more
    named = {"label": {"id": label, "name": f"label-{label}"}} if label else {}
    return around(action, sender, owner, issue=found, **named)


def pull(action: str, second: int = 0, sender: Any = BOB, **more: Any) -> dict[str, Any]:
    found = {
        "id": 600,
        "number": 8,
        "user": ANA,
        "state": "open",
        "merged": False,
        "merged_by": None,
        "created_at": at(0),
        "updated_at": at(second),
        "closed_at": None,
        "merged_at": None,
        "additions": 3,
        "html_url": "https://github.com/octocat/hello/pull/8",
    } | more
    return around(action, sender, pull_request=found)


def merge(second: int, by: Any = BOB) -> dict[str, Any]:
    return pull("closed", second, by, state="closed", merged=True, merged_by=by, closed_at=at(second), merged_at=at(second))


def review(action: str, second: int, by: Any = BOB, id_: int = 900, state: str = "approved", body: str = "") -> dict[str, Any]:
    written = {"id": id_, "user": by, "state": state, "body": body, "submitted_at": at(second), "author_association": "MEMBER"}
    return pull(action, second, by) | {"review": written}


def comment(action: str, second: int, body: str, by: Any = BOB, was: str | None = None, **more: Any) -> dict[str, Any]:
    written = {"id": 800, "user": by, "body": body, "created_at": at(10), "updated_at": at(second), "author_association": "MEMBER"} | more
    changes = {"changes": {"body": {"from": was}}} if was is not None else {}
    return issue(action, second, by) | {"comment": written} | changes


def star(action: str, second: int, by: Any = BOB) -> dict[str, Any]:
    payload = around(action, by, starred_at=at(second) if action == "created" else None)
    payload["repository"]["updated_at"] = at(second)
    return payload
