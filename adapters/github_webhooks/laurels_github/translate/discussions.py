"""Discussions: started, answered, commented."""

from laurels import Event

from .comments import events, read
from .hook import Hook
from .issues import newcomer
from .read import Json, account, identity, key, mapping, moment, need, number, text


def started(hook: Hook) -> tuple[Event, ...]:
    """Its author started it; deleted, it never was; in another category, it was from the beginning."""
    discussion = need(hook.payload, "discussion")
    data = {
        "repository": hook.full_name,
        "number": number(discussion.get("number")),
        "category": text(mapping(discussion.get("category")).get("name")),
        "newcomer": newcomer(discussion),
    }
    updated = discussion.get("updated_at")
    changes = {"deleted": hook.after(updated), "category_changed": moment(updated) or hook.received}
    event = hook.event(
        "discussion.started",
        _thing(discussion),
        moment(discussion.get("created_at")),
        account(discussion.get("user")),
        data,
        at=discussion,
        on=hook.action != "deleted",
        revised=changes.get(hook.action),
    )
    return (event, _unanswered(hook, discussion)) if hook.action == "deleted" else (event,)


def answered(hook: Hook) -> tuple[Event, ...]:
    """A comment became the accepted answer. A discussion has one: another takes its place."""
    discussion, answer = need(hook.payload, "discussion"), need(hook.payload, "answer")
    chooser = account(discussion.get("answer_chosen_by")) or hook.sender
    author = account(answer.get("user"))
    chosen = moment(discussion.get("answer_chosen_at")) or moment(discussion.get("updated_at"))
    event = hook.event(
        "discussion.answered",
        f"{_thing(discussion)}:answer",
        chosen,
        chooser,
        {"author": key(author), **_where(hook, discussion)},
        at={"number": discussion.get("number"), "html_url": answer.get("html_url")},
        people=(author,),
    )
    return (event,)


def unanswered(hook: Hook) -> tuple[Event, ...]:
    """The accepted answer is one no more."""
    return (_unanswered(hook, need(hook.payload, "discussion")),)


def commented(hook: Hook) -> tuple[Event, ...]:
    """A comment in a discussion; deleting the accepted one takes the answer with it."""
    comment, discussion = need(hook.payload, "comment"), need(hook.payload, "discussion")
    found = events(hook, "discussion.commented", read(hook, comment, discussion), {"newcomer": newcomer(comment)})
    accepted = text(discussion.get("answer_html_url"), 500)
    if hook.action == "deleted" and accepted and accepted == text(comment.get("html_url"), 500):
        return (*found, _unanswered(hook, discussion))
    return found


def _unanswered(hook: Hook, discussion: Json) -> Event:
    author, updated = account(mapping(hook.payload.get("old_answer")).get("user")), discussion.get("updated_at")
    return hook.event(
        "discussion.answered",
        f"{_thing(discussion)}:answer",
        moment(updated) if hook.action == "unanswered" else hook.after(updated),
        hook.sender,
        {"author": key(author), **_where(hook, discussion)},
        at=discussion,
        people=(author,),
        on=False,
    )


def _where(hook: Hook, discussion: Json) -> dict[str, object]:
    place = hook.place(discussion)
    return {"repository": hook.full_name, "number": number(discussion.get("number")), "place": place.name}


def _thing(discussion: Json) -> str:
    return f"discussion:{identity(discussion, 'discussion')}"
