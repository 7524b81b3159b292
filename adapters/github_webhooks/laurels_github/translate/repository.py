"""What happens to a repository as a whole: pushes, stars, forks, releases; and who joins its organization."""

from typing import Final

from laurels import Event

from .hook import Hook
from .read import account, flag, identity, items, mapping, moment, need, text

_BRANCH: Final = "refs/heads/"


def pushed(hook: Hook) -> tuple[Event, ...] | None:
    """Commits that are new to the repository came to a branch. Tags, deletions and moves of a branch bring none."""
    payload, ref = hook.payload, text(hook.payload.get("ref"), 300)
    commits = sum(commit.get("distinct") is not False for commit in items(payload.get("commits")))
    if not ref.startswith(_BRANCH) or flag(payload.get("deleted")) or not commits:
        return None
    branch, pushed_at = ref.removeprefix(_BRANCH), moment(hook.repository.get("pushed_at"))
    data = {
        "repository": hook.full_name,
        "branch": branch,
        "commits": commits,
        "default_branch": branch == hook.repository.get("default_branch"),
    }
    ends = ":".join(text(payload.get(end), 64) for end in ("before", "after"))
    # The same commits can be pushed away and pushed again; a commit's own time is whatever its author's clock said.
    thing = f"push:{identity(hook.repository, 'repository')}:{ref}:{ends}:{pushed_at or hook.digest}"
    return (hook.event("push", thing, pushed_at, hook.sender, data),)


def starred(hook: Hook) -> tuple[Event, ...] | None:
    """Starred, or unstarred. GitHub tells no time of the latter, but it changes the repository's."""
    if hook.sender is None:
        return None
    on = hook.action == "created"
    time = moment(hook.payload.get("starred_at")) if on else moment(hook.repository.get("updated_at"))
    thing = f"star:{identity(hook.repository, 'repository')}:{hook.sender.id}"
    when = on and hook.payload.get("starred_at")
    return (hook.event("star.added", thing, time, hook.sender, {"repository": hook.full_name}, on=on, when=when),)


def forked(hook: Hook) -> tuple[Event, ...]:
    """Whoever caused the webhook forked it, be it into an organization."""
    fork = need(hook.payload, "forkee")
    thing = f"fork:{identity(fork, 'forkee')}"
    created = fork.get("created_at")
    return (hook.event("fork.created", thing, moment(created), hook.sender, {"repository": hook.full_name}, when=created),)


def released(hook: Hook) -> tuple[Event, ...]:
    """A release was published, or taken back."""
    release, on = need(hook.payload, "release"), hook.action == "published"
    published = moment(release.get("published_at"))
    data = {"repository": hook.full_name, "tag": text(release.get("tag_name")), "prerelease": flag(release.get("prerelease"))}
    event = hook.event(
        "release.published",
        f"release:{identity(release, 'release')}",
        published if on else hook.after(release.get("published_at")),
        hook.sender,
        data,
        at={"html_url": release.get("html_url")},
        on=on,
        when=on and release.get("published_at"),
    )
    return (event,)


def joined(hook: Hook) -> tuple[Event, ...] | None:
    """Someone became a member of the organization, whoever invited them. GitHub tells no time."""
    person = account(mapping(hook.payload.get("membership")).get("user"))
    if person is None:
        return None
    organization = identity(need(hook.payload, "organization"), "organization")
    return (hook.event("member.joined", f"member:{organization}:{person.id}:{hook.digest}", None, person, {}),)
