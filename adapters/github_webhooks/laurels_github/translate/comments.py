"""What people write under things: comments and reviews, edited and deleted, and whom they thank in them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from laurels import Account, Event

from . import prose
from .hook import Hook
from .issues import newcomer
from .read import Json, account, identity, items, key, mapping, moment, need, number, other, text

#: What laurels hides in its own comments, so that they are found again and never counted.
MARKER: Final = "<!-- laurels:"

_ROLES: Final = ("user", "assignee", "merged_by", "answer_chosen_by")
_LISTS: Final = ("assignees", "requested_reviewers")


class Text(NamedTuple):
    """A text as its payload has it: *source* is the comment or review, *under* the thing that it answers, *written* when."""

    thing: str
    source: Json
    under: Json
    author: Account | None
    said: prose.Prose
    written: datetime | None
    revised: datetime | None
    on: bool


def on_issue(hook: Hook) -> tuple[Event, ...]:
    """A comment on an issue, or in a pull request's conversation. A command is none: what became one counts no more."""
    comment, issue = need(hook.payload, "comment"), need(hook.payload, "issue")
    written = read(hook, comment, issue)
    if prose.command(comment.get("body")):
        if hook.action == "created":
            return ()
        written = written._replace(on=False)
    people = known(hook)
    mentioned = [people[login] for login in written.said.mentions if login in people and people[login] != written.author]
    data = {
        "mentions": [person.key for person in mentioned],
        "pull_request": "pull_request" in issue,
        "association": text(comment.get("author_association")),
        "newcomer": newcomer(comment),
    }
    return events(hook, "issue.commented", written, data, mentioned)


def on_line(hook: Hook) -> tuple[Event, ...]:
    """A comment on a line of a pull request."""
    return events(hook, "review.commented", read(hook, need(hook.payload, "comment"), need(hook.payload, "pull_request")), {})


def read(hook: Hook, source: Json, under: Json, written: str = "created_at") -> Text:
    """Read a comment or review; an edit keeps the time at which it was *written*."""
    changed = source.get("updated_at") or source.get(written)
    dismissed = text(source.get("state")).lower() == "dismissed"
    revised = None
    if hook.action in {"deleted", "dismissed"}:
        revised = hook.after(changed)
    elif hook.action == "edited":
        revised = moment(source.get("updated_at")) or hook.received
    return Text(
        f"{hook.name}:{identity(source, hook.name)}",
        source,
        under,
        account(source.get("user")),
        prose.read(source.get("body")),
        moment(source.get(written)),
        revised,
        hook.action not in {"deleted", "dismissed"} and not dismissed,
    )


def events(hook: Hook, type_: str, written: Text, data: Mapping[str, Any], people: Sequence[Account] = ()) -> tuple[Event, ...]:
    """The text itself and its thanks; nothing for a comment of laurels' own."""
    body = written.source.get("body")
    if isinstance(body, str) and MARKER in body:
        return ()
    answered = other(account(written.under.get("user")), written.author)
    common = {
        "answered": key(answered),
        "repository": hook.full_name,
        "number": number(written.under.get("number")),
        "length": len(written.said.own),
    }
    event = hook.event(
        type_,
        written.thing,
        written.written,
        written.author,
        {**common, **data},
        at=_at(written),
        people=(answered, *people),
        on=written.on,
        revised=written.revised,
    )
    return (event, *_thanks(hook, written))


def known(hook: Hook) -> dict[str, Account]:
    """Everyone whose login and id the payload proves, by login in lower case: a mention in a text has no id."""
    found: list[object] = [hook.payload.get("sender"), mapping(hook.payload.get("repository")).get("owner")]
    for name in ("issue", "pull_request", "discussion", "comment", "review"):
        thing = mapping(hook.payload.get(name))
        found += [thing.get(role) for role in _ROLES]
        found += [user for listed in _LISTS for user in items(thing.get(listed))]
    people = (account(user) for user in found if mapping(user).get("type") != "Organization")
    return {person.name.lower(): person for person in people if person}


def _thanks(hook: Hook, written: Text) -> Iterator[Event]:
    """Thanks now in the text, on; those that an edit or a deletion took out of it, off, known by the login that was written."""
    people, thanked = known(hook), written.said.thanked if written.on else ()
    before = prose.read(mapping(mapping(hook.payload.get("changes")).get("body")).get("from")).thanked
    for login in thanked:
        receiver = other(people.get(login), written.author)
        if receiver and written.author:
            yield _thank(hook, written, login, receiver, on=True)
    for login in dict.fromkeys((*before, *written.said.thanked)):
        if login not in thanked:
            yield _thank(hook, written, login, people.get(login), on=False)


def _thank(hook: Hook, written: Text, login: str, receiver: Account | None, *, on: bool) -> Event:
    return hook.event(
        "thanks.given",
        f"{written.thing}:thanks:{login}",
        written.written,
        written.author,
        {"receiver": key(receiver), "message": written.thing},
        at=_at(written),
        people=(receiver,),
        on=on,
        revised=written.revised,
    )


def _at(written: Text) -> Json:
    return {"number": written.under.get("number"), "html_url": written.source.get("html_url")}
