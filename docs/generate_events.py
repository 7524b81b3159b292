"""Write docs/events.md from the declarations: ``python docs/generate_events.py``. A test fails while the page is not what this gives."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from laurels import Account, EventType
from laurels.domain import DOMAIN
from laurels.rules.fields import COMMON

PAGE: Final = Path(__file__).parent / "events.md"

KINDS: Final[dict[Any, str]] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "true or false",
    Account: "account",
    list[str]: "list of texts",
    list[int]: "list of whole numbers",
    list[Account]: "list of accounts",
}

#: What the fields mean; ``type.field`` where one type means something else by a name than the others do.
FIELDS: Final = {
    "additions": "lines added",
    "answered": "who wrote what this is an answer to; empty if it answers nobody",
    "association": "what GitHub says the actor is to the repository: OWNER, MEMBER, COLLABORATOR, CONTRIBUTOR, NONE and so on",
    "author": "who wrote what this is about",
    "branch": "the branch's name",
    "category": "the discussion's category",
    "changed_files": "files changed",
    "commits": "how many commits",
    "date": "the day that began, as an ISO date",
    "default_branch": "whether it is the repository's default branch",
    "deletions": "lines deleted",
    "draft": "whether it was opened as a draft",
    "emoji": "the reaction: the character itself, or the name of a custom emoji; on Slack always the name, like `tada`",
    "files": "how many files are attached",
    "gathering": "which scheduled event",
    "inviter": "who brought them in; empty if they came by themselves",
    "kind": "what kind of file, as the platform names it",
    "label": "the label's name",
    "labels": "the names of the labels it has",
    "length": "how many characters",
    "mentions": "who is mentioned",
    "message": "which message, by its id",
    "minutes": "for how long",
    "name": "the channel's name",
    "newcomer": "whether the actor is new here, as far as the platform or laurels can tell",
    "number": "the number in its repository",
    "place": "where the answer stands",
    "prerelease": "whether it is marked as a pre-release",
    "pull_request": "which pull request, by a name that is the same in every event about it",
    "issue.commented.pull_request": "whether it is a pull request that was commented on",
    "issue.labeled.pull_request": "whether it is a pull request that was labeled",
    "reason": "why, as GitHub puts it: completed, not_planned, duplicate",
    "receiver": "who was thanked",
    "repository": "the repository as owner/name",
    "reviewers": "who reviewed it before",
    "size": "in bytes",
    "state": "approved, changes_requested or commented",
    "tag": "the release's tag",
    "thread.solved.tag": "the tag that says so",
    "text": "what was written; only where the community keeps texts (`keep_text = true`)",
    "title": "the title",
    "words": "how many words",
}

HEAD: Final = """\
# Events

<!-- Written by docs/generate_events.py from the declarations; change those, then run it. -->

An event is one thing that one account did. The types below mean the same on every platform, so that a badge written for one works on all
that tell of it. A badge names the types it listens to; a condition or a measure names their fields.

Of [what else GitHub sends](#everything-else-that-github-sends) a badge can take in several with a star at the end: `github.issues.*`.

## What every event has

| Field | Kind | |
|---|---|---|
"""

COMMON_MEANS: Final = {
    "event.id": "names the occurrence, not its delivery: the same however often it is delivered",
    "event.type": "one of the types below",
    "event.source": "the adapter that saw it",
    "event.actor": "who did it, as `platform:id`; empty for what nobody did",
    "event.actor.name": "what people call the actor at the moment",
    "event.actor.bot": "whether a program speaks through the account",
    "event.local_date": "the day in the community's time zone, as an ISO date, stamped when the event was accepted",
    "event.place.channel": "the channel, or the repository on GitHub, by its id",
    "event.place.thread": "the thread in it, or the issue's number",
    "event.place.name": "the place as people call it",
}

BETWEEN: Final = """
In Python the same are attributes of `check.event`, with `event.time`, `event.place` and `event.actor` as objects (`None` where there is
none) and the fields below as keys of `event.data`; the local date is `event.data["local_date"]`.

A field that an event leaves out has the value that is empty for its kind, in rules: `""`, `0`, `false`, an empty list. An account is its
key, `platform:id` or, where ids belong to a workspace, `platform:realm/id`.

"""

FOOT: Final = """\
## Everything else that GitHub sends

Whatever has no type above arrives as `github.<event>.<action>`, or `github.<event>` where GitHub names no action: `github.issues.pinned`,
`github.gollum`. `event.data` is then GitHub's payload as it came, and a condition may go as deep as the payload does
(`event.data.issue.number`). What is missing there makes a condition false.

## Declaring a type of your own

A badge pack declares a type by having it in its module; see [writing a badge](writing-a-badge.md#events-of-your-own). Its name is
`thing.happened`; a field's kind is `str`, `int`, `float`, `bool`, `Account`, or a list of `str`, `int` or `Account`.
"""


def page() -> str:
    """The page as it should be."""
    common = "".join(_row(path, kind, COMMON_MEANS[path]) for path, (kind, _) in COMMON.items())
    return HEAD + common + BETWEEN + "\n".join("".join(_section(type)) for type in DOMAIN) + "\n" + FOOT


def _section(type: EventType) -> Iterator[str]:
    yield f"## {type.name}\n\n{type.description}\n"
    if type.fields:
        yield "\n| Field | Kind | |\n|---|---|---|\n"
    for name, kind in type.fields.items():
        yield _row(f"event.data.{name}", kind, FIELDS.get(f"{type.name}.{name}") or FIELDS[name])


def _row(path: str, kind: Any, meaning: str) -> str:
    return f"| `{path}` | {KINDS[kind]} | {meaning} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"{PAGE}: {len(DOMAIN)} types")
