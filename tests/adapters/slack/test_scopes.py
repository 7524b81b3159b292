"""One table says what is asked of Slack and why: the manifest, the install page, the check and the documentation are made from it."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

from slack_sdk.web.async_client import AsyncWebClient

import block_kit
import laurels_slack
from laurels_slack import Settings
from laurels_slack.manifest import manifest
from laurels_slack.scopes import EVENTS, SCOPES, asked, heard, lacking

PAGE = (Path(__file__).parents[3] / "docs/slack.md").read_text(encoding="utf-8")
FOLDER = Path(laurels_slack.__file__).parent
SOURCES = {str(path.relative_to(FOLDER)): path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.py")}
PLAIN, PRIVATE, NOMINATING = Settings(), Settings(private_channels=True), Settings(nominate={"sports_medal": "kindness"})

#: Methods that take no scope of a bot's. https://docs.slack.dev/reference/methods
FREE = {
    "apps.connections.open", "auth.test", "chat.getPermalink", "oauth.v2.access",
    "views.open", "views.publish", "views.push", "views.update",
}  # fmt: skip


def called() -> Iterator[str]:
    """Slack's name for every method of its API that the code calls."""
    for source in SOURCES.values():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[a-z]+(\.[a-zA-Z0-9]+)+", node.value):
                if hasattr(AsyncWebClient, _pythonic(node.value)):
                    yield node.value
            elif isinstance(node, ast.Attribute) and (method := getattr(AsyncWebClient, node.attr, None)) is not None:
                found = re.findall(r'api_call\(\s*"([\w.]+)"', inspect.getsource(method)) if inspect.iscoroutinefunction(method) else []
                yield from found


def _pythonic(method: str) -> str:
    return re.sub("(?<=[a-z])[A-Z]", lambda found: f"_{found[0].lower()}", method).replace(".", "_")


METHODS = set(called())


def test_methods_are_found() -> None:
    assert {"chat.postMessage", "users.info", "oauth.v2.access", "users.conversations", "conversations.list"} <= METHODS


def test_whatever_the_code_calls_is_allowed_by_the_table() -> None:
    assert {method for method in METHODS if method not in block_kit.SCOPES} <= FREE
    for wanted in (PLAIN, PRIVATE, NOMINATING):
        has = {need.name for need in asked(wanted)}
        called_then = METHODS - FREE - (set() if wanted.nominate else {"reactions.add"})
        assert [method for method in called_then if not block_kit.SCOPES[method] & has] == []


def test_nothing_is_asked_for_that_no_call_and_no_event_needs() -> None:
    used = {scope for method in METHODS - FREE for scope in block_kit.SCOPES[method]}
    heard_by = {event.scope for event in EVENTS}
    assert [need.name for need in SCOPES if need.name not in used | heard_by | {"commands"}] == []


def test_every_event_is_listened_to_and_every_listener_hears_of_its_own() -> None:
    code = "\n".join(source for name, source in SOURCES.items() if name not in ("scopes.py", "manifest.py"))
    names = {event.name.partition(".")[0] for event in EVENTS}
    assert [name for name in sorted(names) if f'"{name}"' not in code] == []
    assert set(re.findall(r'\.event\(\s*"(\w+)"\s*\)', code)) <= names


def test_every_event_has_the_scope_that_it_takes() -> None:
    for wanted in (PLAIN, PRIVATE):
        assert {event.scope for event in heard(wanted)} - {""} <= {need.name for need in asked(wanted)}
    assert all(event.setting == "private_channels" for event in EVENTS if event.scope.startswith("groups:"))


def test_by_default_private_channels_can_not_be_read() -> None:
    assert not any(need.name.startswith(("groups:", "mpim:")) for need in asked(PLAIN))
    assert not any(event.name in ("message.groups", "message.mpim") for event in heard(PLAIN))


def test_the_table_is_in_order_and_names_nothing_twice() -> None:
    for names in ([need.name for need in SCOPES], [event.name for event in EVENTS]):
        assert names == sorted(set(names))


def test_what_is_lacking_is_what_was_asked_for_and_not_given() -> None:
    names = [need.name for need in asked(PLAIN)]
    assert lacking(names, PLAIN) == []
    assert [need.name for need in lacking(names[1:], PLAIN)] == names[:1]
    assert {need.name for need in lacking(names, PRIVATE)} == {need.name for need in asked(PRIVATE)} - set(names)


def test_the_manifest_has_the_table() -> None:
    for wanted in (PLAIN, PRIVATE):
        made = manifest(wanted, "")
        assert made["oauth_config"]["scopes"]["bot"] == [need.name for need in asked(wanted)]
        assert made["settings"]["event_subscriptions"]["bot_events"] == [event.name for event in heard(wanted)]


def test_the_documentation_has_the_table_and_nothing_else() -> None:
    table = PAGE.partition("| Scope | For |\n|---|---|\n")[2].partition("\n\n")[0]
    assert table.splitlines() == [
        f"| `{need.name}` | {need.why}{f'; only where `{need.setting}` is set' if need.setting else ''} |" for need in SCOPES
    ]
    told = PAGE.partition("It is told of these events")[2].partition("\n\n")[0]
    assert [event.name for event in EVENTS if f"`{event.name}`" not in told] == []
    assert set(re.findall(r"`([a-z_.]+)`", told)) - {"private_channels"} == {event.name for event in EVENTS}
