"""What the operator sets under ``[adapters.github_webhooks]``."""

import re
from typing import Final

from msgspec import Struct, field

from laurels import ConfigError, Problem

WHERE: Final = "adapters.github_webhooks"

Secrets = str | list[str]

_PEM: Final = re.compile(r"-----BEGIN (RSA )?PRIVATE KEY-----\n.+\n-----END (RSA )?PRIVATE KEY-----", re.DOTALL)


class Settings(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Keys of ``[adapters.github_webhooks]``.

    *secret* is the webhook's secret, or several while one replaces another. *communities* gives a community secrets of its own, for
    ``/webhooks/github/<community>``; its owners are then heard nowhere else. *app_id* with *private_key* (the PEM file's text) is a GitHub
    App, *token* a plain token: one of the two lets commands be answered and history be read. *comment* lets awards be posted where they
    were earned. *api_url* is another GitHub's address. *max_body* bounds a webhook, in bytes: 25 MiB is GitHub's own bound.
    """

    secret: Secrets = ""
    communities: dict[str, Secrets] = field(default_factory=dict)
    app_id: int | str = ""
    private_key: str = ""
    token: str = ""
    comment: bool = False
    api_url: str = "https://api.github.com"
    max_body: int = 25 * 1024 * 1024

    def __repr__(self) -> str:
        app = f"app_id={self.app_id!r}, " if self.app_id else ""
        return f"Settings({app}communities={sorted(self.communities)}, comment={self.comment}, api_url={self.api_url!r})"

    @property
    def key(self) -> str:
        """The private key; in some files of environment variables, its ends of lines are written as backslash and n."""
        return self.private_key.replace("\\n", "\n").strip() + "\n"

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
        wrong += self._access()
        if self.max_body < 1:
            wrong.append(Problem(WHERE, "max_body", f"{self.max_body} bytes let no webhook in", "leave it out for 25 MiB"))
        return wrong

    def _access(self) -> list[Problem]:
        wrong = []
        if self.app_id and self.token:
            wrong.append(Problem(WHERE, "token", "there is a GitHub App as well as a token", "leave one of them out: the App can do all"))
        if bool(self.app_id) != bool(self.private_key):
            missing, there = ("private_key", "app_id") if self.app_id else ("app_id", "private_key")
            hint = 'write private_key = "env:GITHUB_APP_PRIVATE_KEY"' if self.app_id else "its App ID stands on the App's page"
            wrong.append(Problem(WHERE, missing, f"is missing: a GitHub App needs it beside {there}", hint))
        if self.private_key and not _PEM.search(self.key):
            what = "is no private key: it has to be the whole text of the .pem file that GitHub made for the App"
            wrong.append(Problem(WHERE, "private_key", what, 'export GITHUB_APP_PRIVATE_KEY="$(cat app.pem)"'))
        if self.comment and not (self.token or self.app_id):
            what = "comments are asked for, but there is no token to write them with, and no GitHub App"
            wrong.append(Problem(WHERE, "token", what, 'write token = "env:GITHUB_TOKEN", or comment = false'))
        return wrong

    def refuse(self) -> None:
        """Raise ConfigError with every reason not to start."""
        if wrong := self.problems():
            raise ConfigError(wrong)
