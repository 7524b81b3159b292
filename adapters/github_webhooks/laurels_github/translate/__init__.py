"""From a GitHub payload to events, without any I/O."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from laurels import Event

from . import comments, discussions, issues, pulls, repository, reviews
from .comments import MARKER
from .hook import SOURCE, Hook, owner_of
from .raw import raw
from .read import Malformed

__all__ = ["IGNORED", "MARKER", "SOURCE", "TABLE", "Hook", "Malformed", "Rule", "owner_of", "translate"]


class Rule(NamedTuple):
    """How one kind of webhook is translated, and what it can become. A translation that answers None leaves it raw."""

    translate: Callable[[Hook], tuple[Event, ...] | None]
    makes: tuple[str, ...]


def _rules(translate: Callable[[Hook], tuple[Event, ...] | None], makes: tuple[str, ...], *names: str) -> dict[str, Rule]:
    return dict.fromkeys(names, Rule(translate, makes))


#: Webhooks that become domain events, as ``event`` or ``event.action``; everything else stays raw.
TABLE: Final[Mapping[str, Rule]] = {
    **_rules(issues.opened, ("issue.opened",), "issues.opened"),
    **_rules(issues.closed, ("issue.closed",), "issues.closed"),
    **_rules(issues.reopened, ("issue.closed",), "issues.reopened"),
    **_rules(issues.labeled, ("issue.labeled",), "issues.labeled", "issues.unlabeled"),
    **_rules(issues.gone, ("issue.opened",), "issues.transferred"),
    **_rules(issues.gone, ("issue.opened", "issue.closed", "issue.labeled"), "issues.deleted"),
    **_rules(
        comments.on_issue, ("issue.commented", "thanks.given"),
        "issue_comment.created", "issue_comment.edited", "issue_comment.deleted",
    ),
    **_rules(pulls.opened, ("pull_request.opened",), "pull_request.opened"),
    **_rules(pulls.closed, ("pull_request.merged", "pull_request.closed"), "pull_request.closed"),
    **_rules(pulls.reopened, ("pull_request.closed",), "pull_request.reopened"),
    **_rules(pulls.labeled, ("issue.labeled",), "pull_request.labeled", "pull_request.unlabeled"),
    **_rules(
        reviews.submitted, ("review.submitted", "thanks.given"),
        "pull_request_review.submitted", "pull_request_review.edited", "pull_request_review.dismissed",
    ),
    **_rules(
        comments.on_line, ("review.commented", "thanks.given"),
        "pull_request_review_comment.created", "pull_request_review_comment.edited", "pull_request_review_comment.deleted",
    ),
    **_rules(discussions.started, ("discussion.started",), "discussion.created", "discussion.category_changed"),
    **_rules(discussions.started, ("discussion.started", "discussion.answered"), "discussion.deleted"),
    **_rules(discussions.answered, ("discussion.answered",), "discussion.answered"),
    **_rules(discussions.unanswered, ("discussion.answered",), "discussion.unanswered"),
    **_rules(
        discussions.commented, ("discussion.commented", "thanks.given"),
        "discussion_comment.created", "discussion_comment.edited",
    ),
    **_rules(discussions.commented, ("discussion.commented", "thanks.given", "discussion.answered"), "discussion_comment.deleted"),
    **_rules(repository.pushed, ("push",), "push"),
    **_rules(repository.starred, ("star.added",), "star.created", "star.deleted"),
    **_rules(repository.forked, ("fork.created",), "fork"),
    **_rules(repository.released, ("release.published",), "release.published", "release.unpublished", "release.deleted"),
    **_rules(repository.joined, ("member.joined",), "organization.member_added"),
}  # fmt: skip

#: Webhooks that are received and put nowhere, and why.
IGNORED: Final[Mapping[str, str]] = {
    "ping": "GitHub tries a new webhook; nobody did anything",
    "meta": "the webhook itself was deleted",
    "installation": "the set-up of a GitHub App, not of the community",
    "installation_repositories": "the set-up of a GitHub App, not of the community",
    "installation_target": "the set-up of a GitHub App, not of the community",
    "github_app_authorization": "between one person and an app; it belongs to no owner",
    "marketplace_purchase": "between a buyer and an app's maker; it belongs to no owner",
    "security_advisory": "sent to every app about all of GitHub; it belongs to no owner",
}


def translate(event_name: str, payload: Mapping[str, Any], received: datetime) -> tuple[Event, ...]:
    """The events of one webhook: domain events, or the raw one; none for what is IGNORED and for laurels' own comments.

    Raises Malformed where the payload lacks what its event can't be without, and nothing else, whatever the payload.
    """
    if event_name in IGNORED:
        return ()
    hook = Hook(event_name, payload, received)
    rule = TABLE.get(hook.key)
    found = rule.translate(hook) if rule else None
    return raw(hook) if found is None else found
