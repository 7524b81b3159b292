"""What the operator sets under ``[adapters.github_webhooks]``."""

from typing import Final

from msgspec import Struct, field

from laurels import ConfigError, Problem

WHERE: Final = "adapters.github_webhooks"

Secrets = str | list[str]


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Keys of ``[adapters.github_webhooks]``.

    *secret* is the webhook's secret, or several while one replaces another. *communities* gives a community secrets of its own, for
    ``/webhooks/github/<community>``; its owners are then heard nowhere else. *token* with *comment* lets awards be posted as comments
    where they were earned. *api_url* is another GitHub's address. *max_body* bounds a webhook, in bytes: 25 MiB is GitHub's own bound.
    """

    secret: Secrets = ""
    communities: dict[str, Secrets] = field(default_factory=dict)
    token: str = ""
    comment: bool = False
    api_url: str = "https://api.github.com"
    max_body: int = 25 * 1024 * 1024

    def __repr__(self) -> str:
        return f"Settings(communities={sorted(self.communities)}, comment={self.comment}, api_url={self.api_url!r})"

    def secrets(self, community: str) -> tuple[str, ...]:
        """The secrets of *community*, or the common ones where it is empty; none for a community without its own."""
        found = self.communities.get(community, "") if community else self.secret
        return tuple([found] if isinstance(found, str) else found) if found else ()

    def problems(self) -> list[Problem]:
        """Why laurels must not start with these."""
        wrong = []
        if not self.secret and not self.communities:
            what = "no webhook secret is set, so anyone could send awards"
            wrong.append(Problem(WHERE, "secret", what, 'write secret = "env:GITHUB_WEBHOOK_SECRET"'))
        places = {"": "secret"} | {name: f"communities.{name}" for name in self.communities}
        for community, place in places.items():
            given = self.secrets(community)
            if not all(secret.strip() for secret in given) or (community and not given):
                wrong.append(Problem(WHERE, place, "a secret is empty, so anyone could send awards", "is its environment variable set?"))
        if self.comment and not self.token:
            what = "comments are asked for, but there is no token to write them with"
            wrong.append(Problem(WHERE, "token", what, 'write token = "env:GITHUB_TOKEN", or comment = false'))
        if self.max_body < 1:
            wrong.append(Problem(WHERE, "max_body", f"{self.max_body} bytes let no webhook in", "leave it out for 25 MiB"))
        return wrong

    def refuse(self) -> None:
        """Raise ConfigError with every reason not to start."""
        if wrong := self.problems():
            raise ConfigError(wrong)
