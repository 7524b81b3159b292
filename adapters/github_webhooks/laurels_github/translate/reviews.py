"""Reviews of pull requests, as a whole and line by line."""

from laurels import Event

from .comments import events, read
from .hook import Hook
from .issues import newcomer
from .read import identity, need, text


def submitted(hook: Hook) -> tuple[Event, ...]:
    """The reviewer reviewed it; a dismissed review counts no more, an edited one from when it was submitted."""
    review, pull = need(hook.payload, "review"), need(hook.payload, "pull_request")
    data = {
        "pull_request": identity(pull, "pull_request"),
        "state": text(review.get("state")).lower(),  # upper case in GitHub's own API, and from emulators of it
        "newcomer": newcomer(review),
    }
    return events(hook, "review.submitted", read(hook, review, pull, "submitted_at"), data)
