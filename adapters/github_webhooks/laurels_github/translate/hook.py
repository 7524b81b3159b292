"""One webhook while it is translated: what every event needs from the payload, read once."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from typing import Any, Final

import msgspec

from laurels import Account, Event, Place

from .read import Json, Malformed, account, flag, mapping, moment, need, number, text

SOURCE: Final = "github"

#: What can be done to one thing only once, whoever tells of it: a webhook, or the history that is read later.
_ONCE: Final = frozenset({
    "discussion.created", "discussion_comment.created", "issue_comment.created", "issues.opened", "pull_request.opened",
    "pull_request_review.submitted", "pull_request_review_comment.created",
})  # fmt: skip

#: Payloads that tell of weaknesses, leaks and blocks: never shown to anybody, whatever the repository.
_CONFIDENTIAL: Final = (
    "code_scanning_alert",
    "dependabot_alert",
    "org_block",
    "repository_advisory",
    "repository_vulnerability_alert",
    "secret_scanning",
    "security_and_analysis",
)


class Hook:
    """A payload with its event's *name* and the time at which it was *received*."""

    def __init__(self, name: str, payload: Json, received: datetime) -> None:
        self.name, self.payload, self.received = name, payload, received
        self.action = text(payload.get("action"))
        self.key = f"{name}.{self.action}" if self.action else name

    @cached_property
    def digest(self) -> str:
        """A hash of the whole content, whatever the order of its keys: tells two payloads apart, and a redelivery not."""
        try:
            content = msgspec.json.encode((self.name, self.payload), order="sorted")
        except (RecursionError, ValueError) as exc:
            raise Malformed(f"the payload can't be written down again: {exc}") from exc
        return blake2b(content, digest_size=10).hexdigest()

    @cached_property
    def repository(self) -> Json:
        """The repository. Raises Malformed where there is none."""
        return need(self.payload, "repository")

    @cached_property
    def owner(self) -> str:
        """The login of whose this is. Raises Malformed where nothing says."""
        if found := owner_of(self.payload):
            return found
        raise Malformed("no repository, organization or sponsored account says whose this is")

    @cached_property
    def full_name(self) -> str:
        """The repository as ``owner/name``. Raises Malformed where it has no name."""
        if name := text(self.repository.get("name"), 100):
            return f"{self.owner}/{name}"
        raise Malformed("repository.name is missing")

    @cached_property
    def sender(self) -> Account | None:
        """Who caused the webhook."""
        return account(self.payload.get("sender"))

    def place(self, thing: Json | None = None) -> Place:
        """Where it happened: the numbered *thing* (issue, pull request, discussion), or the repository, or the owner."""
        thing, realm = thing or {}, self.owner.lower()
        if "repository" not in self.payload:
            # Teams, memberships and blocks are the organization's own business.
            return Place("github", self.owner, realm=realm, name=self.owner, private=True)
        thread = str(number(thing.get("number")) or "")
        return Place(
            "github",
            self.full_name,
            thread,
            realm,
            f"{self.full_name}#{thread}" if thread else self.full_name,
            _link(thing) or _link(self.repository),
            flag(self.repository.get("private")) or self.name.startswith(_CONFIDENTIAL),
        )

    def after(self, value: object) -> datetime:
        """A time of receipt that is later than the platform's *value*, should this clock be behind GitHub's."""
        seen = moment(value)
        return max(self.received, seen + timedelta(seconds=1)) if seen else self.received

    def event(
        self,
        type_: str,
        thing: str,
        time: datetime | None,
        actor: Account | None,
        data: Mapping[str, Any],
        *,
        at: Json | None = None,
        people: Iterable[Account | None] = (),
        on: bool = True,
        revised: datetime | None = None,
        when: object = None,
    ) -> Event:
        """An event about *thing*, which names the occurrence. What tells its states apart in the id is what GitHub's API tells as well.

        Nothing, where it can be done only once; else *when* it was done, as GitHub wrote it; failing that, the payload's digest.
        """
        others = dict.fromkeys(person for person in people if person and person != actor)
        return Event(
            ":".join(part for part in (thing, self.key, self._state(moment(when))) if part),
            SOURCE,
            type_,
            time or self.received,
            actor,
            data,
            self.place(at),
            tuple(others),
            self.owner.lower(),
            thing=thing,
            on=on,
            revised=revised,
        )

    def _state(self, when: datetime | None) -> str:
        return f"{when:%Y-%m-%dT%H:%M:%SZ}" if when else "" if self.key in _ONCE else self.digest


def owner_of(payload: Json) -> str:
    """The login of the repository's owner, the organization, the sponsored account or where the app is installed; or nothing."""
    owners = (
        mapping(payload.get("repository")).get("owner"),
        payload.get("organization"),
        mapping(payload.get("sponsorship")).get("sponsorable"),
        mapping(payload.get("installation")).get("account"),
    )
    return next((login for owner in owners if (login := text(mapping(owner).get("login"), 100))), "")


def _link(thing: Json) -> str:
    url = text(thing.get("html_url"), 500)
    return url if url.startswith(("https://", "http://")) else ""
