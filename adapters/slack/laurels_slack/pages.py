"""The web pages that somebody sees who installs the app. Pure."""

import html
from collections.abc import Iterable
from typing import Final

from .scopes import Need

INSTALL: Final = "/slack/install"

#: The pages hold nothing that is fetched or run, and tell nobody where they were left from: their address had a code in it.
HEADERS: Final = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1.05rem/1.6 system-ui, sans-serif; max-width: 36rem; margin: 12vh auto 4rem; padding: 0 1.25rem; }}
h1 {{ font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }}
a.button {{
  display: inline-block; padding: .65rem 1.25rem; border-radius: .4rem;
  background: #4a154b; color: #fff; font-weight: 600; text-decoration: none;
}}
a.button:focus-visible {{ outline: 3px solid #1d9bd1; outline-offset: 2px; }}
summary {{ cursor: pointer; margin-top: 2rem; }}
code {{ font-size: .92em; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""

#: By what Slack or Bolt calls it: what went wrong, and what to do.
REASONS: Final = {
    "access_denied": "It was not allowed, so nothing was installed.",
    "invalid_browser": "This page was not reached from laurels' own install page, in the browser where that was opened, with cookies on.",
    "invalid_state": "It took longer than ten minutes, or this page was opened twice.",
    "missing_code": "Slack sent no code along.",
    "invalid_code": "Slack no longer takes its code: they work once, and for ten minutes.",
    "code_already_used": "This page was opened twice: Slack's codes work once.",
    "storage_error": "Slack agreed, but laurels could not keep that.",
    "unreachable": "laurels could not reach Slack.",
}
_OPERATOR: Final = "Slack did not accept what laurels is set up with. Whoever runs laurels finds the reason in its log."


def install(url: str, needs: Iterable[Need], command: str) -> str:
    """The way to Slack."""
    rows = "\n".join(f"<li><code>{html.escape(need.name)}</code> {html.escape(need.why.replace('`', ''))}</li>" for need in needs)
    body = (
        f"<p>laurels gives badges for what people do in a workspace. It posts nothing until somebody who administers it wants that; "
        f"<code>{html.escape(command)}</code> tells the rest.</p>\n"
        f'<p><a class="button" href="{html.escape(url)}">Add to Slack</a></p>\n'
        f"<details><summary>What it will ask for, and why</summary><ul>\n{rows}\n</ul></details>"
    )
    return _PAGE.format(title="laurels for Slack", body=body)


def installed(name: str, app: str, team: str, realm: str, admin: str = "") -> str:
    """It is done. *admin* is the command that sets it up; none where no community takes it in. *team* is empty for an enterprise."""
    if admin:
        then = (
            f"Next: type <code>{html.escape(admin)} setup</code> in Slack, and invite the app to the channels where something shall count."
        )
    else:
        then = (
            f"What happens there does not count yet: it belongs to no community. Whoever runs laurels takes it in by its id, "
            f"<code>{html.escape(realm)}</code>."
        )
    if not team:
        then += " An administrator of the organization says under <em>Manage apps</em> in which workspaces it shall be."
    to = f"slack://app?team={html.escape(team)}&amp;id={html.escape(app)}" if team else "slack://open"
    browser = f' <a href="https://app.slack.com/client/{html.escape(team)}">in the browser</a>' if team else ""
    also = f"<p>Or{browser}.</p>" if browser else ""
    body = f'<p>{then}</p>\n<p><a class="button" href="{to}">Open Slack</a></p>\n{also}'
    return _PAGE.format(title=f"laurels is in {html.escape(name or realm)}", body=body)


def failed(reason: str) -> str:
    """It is not."""
    why = REASONS.get(reason, _OPERATOR)
    again = f'<a class="button" href="{INSTALL}">Try again</a>'
    body = f"<p>{html.escape(why)}</p>\n<p>{again}</p>\n<p><small>{html.escape(reason[:80])}</small></p>"
    return _PAGE.format(title="laurels was not installed", body=body)
