"""Pull requests: opened, closed, merged."""

from laurels import Account, Event

from .hook import Hook
from .issues import label_events, newcomer
from .read import Json, account, flag, identity, key, moment, need, number, text


def opened(hook: Hook) -> tuple[Event, ...]:
    """Its author opened it."""
    pull = need(hook.payload, "pull_request")
    data = {
        "repository": hook.full_name,
        "number": number(pull.get("number")),
        "draft": flag(pull.get("draft")),
        "association": text(pull.get("author_association")),
        "newcomer": newcomer(pull),
    }
    thing = f"pull_request:{identity(pull, 'pull_request')}"
    return (hook.event("pull_request.opened", thing, moment(pull.get("created_at")), account(pull.get("user")), data, at=pull),)


def closed(hook: Hook) -> tuple[Event, ...]:
    """Closed for good by a merge, or without one."""
    pull = need(hook.payload, "pull_request")
    return (_merged(hook, pull) if flag(pull.get("merged")) else _closed(hook, pull, on=True),)


def reopened(hook: Hook) -> tuple[Event, ...]:
    """It is closed no more."""
    return (_closed(hook, need(hook.payload, "pull_request"), on=False),)


def labeled(hook: Hook) -> tuple[Event, ...] | None:
    """A label was put on, or taken away."""
    return label_events(hook, "pull_request")


def _closed(hook: Hook, pull: Json, *, on: bool) -> Event:
    author = account(pull.get("user"))
    time = (on and moment(pull.get("closed_at"))) or moment(pull.get("updated_at"))
    data = {"author": key(author), "repository": hook.full_name, "number": number(pull.get("number"))}
    thing = f"pull_request:{identity(pull, 'pull_request')}:closed"
    return hook.event(
        "pull_request.closed", thing, time, hook.sender, data, at=pull, people=(author,), on=on, when=on and pull.get("closed_at")
    )


def _merger(hook: Hook, pull: Json) -> Account | None:
    """Whose act the merge was: where a bot carried it out for somebody who had asked for that, somebody's."""
    merger = account(pull.get("merged_by")) or hook.sender
    automatic = pull.get("auto_merge")
    if merger is not None and merger.bot and isinstance(automatic, dict):
        return account(automatic.get("enabled_by")) or merger
    return merger


def _merged(hook: Hook, pull: Json) -> Event:
    """Who merged it did it; who wrote it is its author. The payload names no reviewers: the adapter remembers them."""
    author, id_ = account(pull.get("user")), identity(pull, "pull_request")
    data = {
        "author": key(author),
        "reviewers": [],
        "repository": hook.full_name,
        "number": number(pull.get("number")),
        "pull_request": id_,
        **{name: number(pull.get(name)) for name in ("additions", "deletions", "changed_files", "commits")},
    }
    return hook.event(
        "pull_request.merged",
        f"pull_request:{id_}:merged",
        moment(pull.get("merged_at")) or moment(pull.get("closed_at")),
        _merger(hook, pull),
        data,
        at=pull,
        people=(author,),
        when=pull.get("merged_at"),
    )
