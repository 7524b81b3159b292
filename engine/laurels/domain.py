"""The event types that mean the same on every platform."""

from typing import Final

from .event_type import EventType
from .model import Account

CLOCK_DAY: Final = "clock.day"

#: What a member of a community does for it, for badges that count activity of any kind.
CONTRIBUTIONS: Final = (
    "message.posted",
    "issue.opened",
    "issue.commented",
    "pull_request.opened",
    "review.submitted",
    "discussion.started",
    "discussion.commented",
    "push",
)

DOMAIN: Final = (
    EventType(
        "message.posted",
        "Someone wrote in a channel or thread. `text` is there only where the community keeps it.",
        answered=Account, mentions=list[Account], length=int, words=int, files=int, newcomer=bool, text=str,
    ),
    EventType("reaction.added", "Someone reacted to a message; off again when taken back.", author=Account, emoji=str, message=str),
    EventType("thanks.given", "Someone thanked someone: `thanks @person`, or a configured emoji.", receiver=Account, message=str),
    EventType("thread.started", "Someone opened a thread or forum post.", title=str),
    EventType(
        "thread.solved", "Someone's question, a forum post, was marked as solved; off again when the mark is taken away.",
        title=str, tag=str,
    ),
    EventType("member.joined", "Someone came into the community's server or workspace; off again when they leave."),
    EventType("member.boosted", "Someone boosts the server; off again when they no longer do."),
    EventType("voice.attended", "Someone was in a voice channel.", minutes=int),
    EventType("gathering.attended", "Someone came to a scheduled event.", gathering=str),
    EventType("file.shared", "Someone shared a file.", kind=str, size=int),
    EventType("channel.created", "Someone created a channel.", name=str),
    EventType("channel.joined", "Someone came into a channel; off again when they leave it.", inviter=Account),
    EventType(
        "issue.opened", "Someone opened an issue.",
        repository=str, number=int, labels=list[str], association=str, newcomer=bool,
    ),
    EventType(
        "issue.closed", "Someone closed an issue; off again when it is reopened.",
        author=Account, repository=str, number=int, reason=str,
    ),
    EventType(
        "issue.commented", "Someone commented on an issue or pull request.",
        answered=Account, mentions=list[Account], repository=str, number=int, pull_request=bool, length=int, association=str,
        newcomer=bool,
    ),
    EventType(
        "issue.labeled", "Someone put a label on an issue or pull request; off again when it is taken away.",
        author=Account, label=str, repository=str, number=int, pull_request=bool,
    ),
    EventType(
        "pull_request.opened", "Someone opened a pull request.",
        repository=str, number=int, draft=bool, association=str, newcomer=bool,
    ),
    EventType(
        "pull_request.merged", "Someone merged a pull request; `author` wrote it, `reviewers` reviewed it before.",
        author=Account, reviewers=list[Account], repository=str, number=int, pull_request=str, additions=int, deletions=int,
        changed_files=int, commits=int,
    ),
    EventType(
        "pull_request.closed", "Someone closed a pull request without merging it; off again when it is reopened.",
        author=Account, repository=str, number=int,
    ),
    EventType(
        "review.submitted", "Someone reviewed a pull request: `state` is approved, changes_requested or commented.",
        answered=Account, repository=str, number=int, pull_request=str, state=str, length=int, newcomer=bool,
    ),
    EventType(
        "review.commented", "Someone commented on a line of a pull request.",
        answered=Account, repository=str, number=int, length=int,
    ),
    EventType("push", "Someone pushed commits to a branch.", repository=str, branch=str, commits=int, default_branch=bool),
    EventType("discussion.started", "Someone started a discussion.", repository=str, number=int, category=str, newcomer=bool),
    EventType(
        "discussion.commented", "Someone commented in a discussion.",
        answered=Account, repository=str, number=int, length=int, newcomer=bool,
    ),
    EventType(
        "discussion.answered", "Someone marked an answer as the accepted one; off again when unmarked. `author` wrote the answer.",
        author=Account, repository=str, number=int, place=str,
    ),
    EventType("release.published", "Someone published a release.", repository=str, tag=str, prerelease=bool),
    EventType("star.added", "Someone starred a repository; off again when unstarred.", repository=str),
    EventType("fork.created", "Someone forked a repository.", repository=str),
    EventType(CLOCK_DAY, "A day began in the community's time zone. Nobody did it: it reaches every person seen before.", date=str),
)  # fmt: skip
