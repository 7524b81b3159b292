"""A small history in GitHub's API, made of the payloads that webhooks have."""

import copy
from typing import Any

from github_api import GitHub
from github_payloads import ANA, BOB, CYD, around, at, comment, issue, merge, pull, review, star, user

REPO = "/repos/octocat/hello"
DEE = user("dee", 4)
PENDING = {"id": 999, "state": "PENDING", "user": ANA}


def webhooks() -> list[tuple[str, dict[str, Any]]]:
    """What happened, as webhooks told it."""
    released = {"id": 70, "tag_name": "v1", "published_at": at(200), "author": ANA, "prerelease": False, "draft": False}
    forked = {"id": 80, "created_at": at(210), "owner": CYD, "name": "hello"}
    line = {"id": 850, "user": CYD, "body": "Here?", "created_at": at(30), "updated_at": at(30), "author_association": "NONE"}
    dropped = pull("opened", 40, CYD, id=601, number=9, user=CYD)
    return [
        ("issues", issue("opened")),
        ("issue_comment", comment("created", 10, "thanks @ana, on it", BOB)),
        ("issues", issue("closed", 15, BOB, state="closed", closed_at=at(15), state_reason="completed")),
        ("pull_request", pull("opened", 0, ANA)),
        ("pull_request_review", review("submitted", 20, BOB)),
        ("pull_request_review", review("submitted", 21, CYD, 901, body="thanks @ana")),
        ("pull_request_review_comment", pull("created", 30, CYD) | {"comment": line}),
        ("pull_request", merge(35, BOB)),
        ("pull_request", dropped),
        ("pull_request", pull("closed", 45, DEE, id=601, number=9, user=CYD, state="closed", closed_at=at(45))),
        *(("star", star("created", 100 + who["id"], who)) for who in (ANA, BOB, CYD, DEE)),
        ("release", around("published", ANA, release=released)),
        ("fork", {key: value for key, value in around("", CYD, forkee=forked).items() if key != "action"}),
    ]  # fmt: skip


def install(github: GitHub) -> None:
    """Let *github* tell the same in its API."""
    told = copy.deepcopy(webhooks())
    github.objects |= {
        "/user": ANA,
        "/user/repos": [told[0][1]["repository"]],
        f"{REPO}/issues": [told[2][1]["issue"] | {"closed_by": BOB}, *({"number": n, "user": who, "pull_request": {}, "state": "closed",
            "closed_by": DEE} for n, who in ((8, ANA), (9, CYD)))],
        f"{REPO}/issues/7": told[2][1]["issue"] | {"closed_by": BOB},
        f"{REPO}/issues/8": {"number": 8, "user": ANA, "pull_request": {}, "closed_by": BOB},
        f"{REPO}/issues/9": {"number": 9, "user": CYD, "pull_request": {}, "closed_by": DEE},
        f"{REPO}/pulls": [{"number": 8, "user": ANA, "updated_at": at(35)}, {"number": 9, "user": CYD, "updated_at": at(45)}],
        f"{REPO}/pulls/8": told[7][1]["pull_request"],
        f"{REPO}/pulls/9": told[9][1]["pull_request"],
        f"{REPO}/pulls/8/reviews": [told[4][1]["review"], told[5][1]["review"] | {"state": "APPROVED"}, PENDING],
        f"{REPO}/pulls/9/reviews": [],
        f"{REPO}/issues/comments": [
            told[1][1]["comment"] | {"issue_url": f"{github.url}{REPO}/issues/7"},
            told[1][1]["comment"] | {"issue_url": f"{github.url}{REPO}/issues/7", "id": 801, "body": "/badges list"},
            told[1][1]["comment"] | {"issue_url": f"{github.url}{REPO}/issues/7", "id": 802, "body": "Won.\n\n<!-- laurels:award:1 -->"},
        ],
        f"{REPO}/pulls/comments": [told[6][1]["comment"] | {"pull_request_url": f"{github.url}{REPO}/pulls/8"}],
        f"{REPO}/stargazers": [{"starred_at": each["starred_at"], "user": each["sender"]} for name, each in told if name == "star"],
        f"{REPO}/releases": [told[-2][1]["release"], {"id": 71, "draft": True, "author": ANA, "published_at": None}],
        f"{REPO}/forks": [told[-1][1]["forkee"], {"id": 81, "owner": user("globex", 20, type="Organization"), "created_at": at(1)}],
    }  # fmt: skip
