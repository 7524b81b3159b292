"""Issues: opened, closed, labelled, gone."""

from typing import Final

from laurels import Account, Event

from .hook import Hook
from .read import Json, account, identity, items, key, mapping, moment, need, number, text

#: Authors whom the repository does not know yet (https://docs.github.com/graphql/reference/enums#commentauthorassociation).
NEWCOMERS: Final = frozenset({"FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR", "NONE"})


def newcomer(thing: Json) -> bool:
    """Whether the author of *thing* is new to the repository."""
    return text(thing.get("author_association")) in NEWCOMERS


def opened(hook: Hook) -> tuple[Event, ...]:
    """The author opened it, whoever caused the webhook: a transfer opens it anew in the other repository."""
    return (_opened(hook, need(hook.payload, "issue")),)


def closed(hook: Hook) -> tuple[Event, ...]:
    """Whoever caused the webhook closed it."""
    issue = need(hook.payload, "issue")
    return (_closed(hook, issue, on=True),)


def reopened(hook: Hook) -> tuple[Event, ...]:
    """It is closed no more."""
    issue = need(hook.payload, "issue")
    return (_closed(hook, issue, on=False),)


def labeled(hook: Hook) -> tuple[Event, ...] | None:
    """A label was put on, or taken away."""
    return label_events(hook, "issue")


def gone(hook: Hook) -> tuple[Event, ...]:
    """A deleted issue takes with it what it was counted for; a transferred one only that it was opened, as it is opened elsewhere."""
    issue = need(hook.payload, "issue")
    retracted = [_opened(hook, issue, on=False)]
    if hook.action == "deleted":
        if issue.get("state") == "closed":
            retracted.append(_closed(hook, issue, on=False, gone=True))
        retracted += [label_event(hook, "issue", issue, label, on=False, gone=True) for label in items(issue.get("labels"))]
    return tuple(retracted)


def label_events(hook: Hook, kind: str) -> tuple[Event, ...] | None:
    """The label of the payload, on or off; nothing where GitHub names none, as when the label itself was deleted."""
    thing, label = need(hook.payload, kind), mapping(hook.payload.get("label"))
    named = text(label.get("name"))
    return (label_event(hook, kind, thing, label, on=hook.action == "labeled"),) if named else None


def label_event(hook: Hook, kind: str, thing: Json, label: Json, *, on: bool, gone: bool = False) -> Event:
    """One label on one issue or pull request. It carries no time of its own: the issue's is that of its last change."""
    author, updated = account(thing.get("user")), thing.get("updated_at")
    # An emulator gives labels no id; a repository has each name once, whatever its case.
    named = number(label.get("id")) or text(label.get("name")).lower()
    data = {
        "author": key(author),
        "label": text(label.get("name")),
        "repository": hook.full_name,
        "number": number(thing.get("number")),
        "pull_request": kind == "pull_request" or "pull_request" in thing,
    }
    return hook.event(
        "issue.labeled",
        f"{kind}:{identity(thing, kind)}:label:{named}",
        hook.after(updated) if gone else moment(updated),
        hook.sender,
        data,
        at=thing,
        people=(author,),
        on=on,
    )


def _opened(hook: Hook, issue: Json, *, on: bool = True) -> Event:
    data = {
        "repository": hook.full_name,
        "number": number(issue.get("number")),
        "labels": [text(label.get("name")) for label in items(issue.get("labels"))],
        "association": text(issue.get("author_association")),
        "newcomer": newcomer(issue),
    }
    return hook.event(
        "issue.opened",
        f"issue:{identity(issue, 'issue')}",
        moment(issue.get("created_at")),
        account(issue.get("user")),
        data,
        at=issue,
        on=on,
        revised=None if on else hook.after(issue.get("updated_at")),
    )


def _closed(hook: Hook, issue: Json, *, on: bool, gone: bool = False) -> Event:
    author, updated = account(issue.get("user")), issue.get("updated_at")
    time = hook.after(updated) if gone else (on and moment(issue.get("closed_at"))) or moment(updated)
    return hook.event(
        "issue.closed", f"issue:{identity(issue, 'issue')}:closed", time, hook.sender, closing(hook, issue, author), at=issue,
        people=(author,), on=on, when=on and issue.get("closed_at"),
    )  # fmt: skip


def closing(hook: Hook, thing: Json, author: Account | None) -> dict[str, object]:
    """What is told of the closing of an issue."""
    return {
        "author": key(author),
        "repository": hook.full_name,
        "number": number(thing.get("number")),
        "reason": text(thing.get("state_reason")),
    }
