"""Slack's rules for what it shows: limits of Block Kit and of views, and the scopes that its methods need. Written from its reference.

What it does not know is refused, as Slack refuses it: https://docs.slack.dev/reference/block-kit.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

#: https://docs.slack.dev/reference/methods: any one of these is enough.
SCOPES: Final[Mapping[str, frozenset[str]]] = {
    "bots.info": frozenset({"users:read"}),
    "users.info": frozenset({"users:read"}),
    "users.list": frozenset({"users:read"}),
    "users.conversations": frozenset({"channels:read", "groups:read", "im:read", "mpim:read"}),
    "conversations.list": frozenset({"channels:read", "groups:read", "im:read", "mpim:read"}),
    "conversations.info": frozenset({"channels:read", "groups:read", "im:read", "mpim:read"}),
    "conversations.open": frozenset({"im:write", "mpim:write", "channels:manage", "groups:write"}),
    "conversations.history": frozenset({"channels:history", "groups:history", "im:history", "mpim:history"}),
    "conversations.replies": frozenset({"channels:history", "groups:history", "im:history", "mpim:history"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "chat.postEphemeral": frozenset({"chat:write"}),
    "reactions.add": frozenset({"reactions:write"}),
    "usergroups.list": frozenset({"usergroups:read"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "files.completeUploadExternal": frozenset({"files:write"}),
    "files.info": frozenset({"files:read"}),
}
ALL_SCOPES: Final = frozenset().union(*SCOPES.values())


class Invalid(AssertionError):
    """Slack would answer ``invalid_blocks``."""


def check(blocks: Sequence[Any], surface: str) -> None:
    """Raise Invalid where Slack would not take blocks in a message, modal or home tab."""
    _raise(_blocks(blocks, surface), blocks)


def check_message(message: Mapping[str, Any]) -> None:
    """Raise Invalid where Slack would not take the text and blocks of a message, or where who can't see blocks is told nothing."""
    text, blocks = message.get("text") or "", message.get("blocks") or []
    faults = list(_blocks(blocks, "message"))
    faults += [f"a text of {len(text)} characters"] if len(text) > _TEXT else []
    faults += ["blocks without a text for screen readers and notifications"] if blocks and not text.strip() else []
    _raise(faults, message)


def check_view(view: Mapping[str, Any]) -> None:
    """The same for a view."""
    kind = view.get("type", "")
    faults = [*_shaped("view", view, _VIEWS), *_blocks(view.get("blocks") or [], kind if kind in _BLOCKS_OF else "modal")]
    if kind == "modal" and "submit" not in view and any(block.get("type") == "input" for block in view.get("blocks") or []):
        faults.append("view: inputs and no submit")
    _raise(faults, view)


def check_options(options: Sequence[Any]) -> None:
    """The same for what a select is given while somebody types."""
    _raise(_many(_option, 100, least=0)("options", options), options)


def pings(shown: Any) -> list[str]:
    """Whom something that is shown would alert: by elements of rich text, or in mrkdwn."""
    found = []
    if isinstance(shown, Mapping):
        if shown.get("type") in ("user", "usergroup", "broadcast") and "action_id" not in shown:
            found.append(json.dumps(shown))
        if shown.get("type") == "mrkdwn" and any(opening in shown["text"] for opening in ("<@", "<!")):
            found.append(shown["text"])
        shown = list(shown.values())
    if isinstance(shown, Sequence) and not isinstance(shown, str):
        found += [ping for each in shown for ping in pings(each)]
    return found


def _raise(faults: Any, shown: Any) -> None:
    if faults := list(faults):
        raise Invalid("\n".join(faults) + "\n" + json.dumps(shown, indent=1)[:4000])


Rule = Callable[[str, Any], Iterator[str]]

_TEXT: Final = 40_000  # characters of a message
_BLOCKS_OF: Final = {"message": 50, "modal": 100, "home": 100}


def _blocks(blocks: Sequence[Any], surface: str) -> Iterator[str]:
    if len(blocks) > _BLOCKS_OF[surface]:
        yield f"{len(blocks)} blocks in a {surface}"
    for number, block in enumerate(blocks):
        yield from _shaped(f"blocks[{number}]", block, _BLOCKS)
        if isinstance(block, Mapping):
            yield from _block(f"blocks[{number}]", block, surface)
    ids = Counter(block["block_id"] for block in blocks if isinstance(block, Mapping) and "block_id" in block)
    yield from (f"block_id {id_!r} {often} times" for id_, often in ids.items() if often > 1)


def _block(path: str, block: Mapping[str, Any], surface: str) -> Iterator[str]:
    """What a single rule does not say."""
    kind = block.get("type")
    if kind == "section" and "text" not in block and "fields" not in block:
        yield f"{path}: neither text nor fields"
    if kind == "input" and surface == "message":
        yield f"{path}: an input in a message"
    if kind == "image" and len(block.keys() & {"image_url", "slack_file"}) != 1:
        yield f"{path}: not one picture"
    ids = Counter(each["action_id"] for each in block.get("elements", ()) if isinstance(each, Mapping) and "action_id" in each)
    yield from (f"{path}: action_id {id_!r} {often} times" for id_, often in ids.items() if often > 1)


def _shaped(path: str, value: Any, kinds: Mapping[str, Mapping[str, Rule]]) -> Iterator[str]:
    """*value* is one of *kinds*, with no keys but those of its kind; those that end in ``!`` must be there."""
    if not isinstance(value, Mapping) or value.get("type") not in kinds:
        yield f"{path}: {value.get('type') if isinstance(value, Mapping) else value!r} is none of {', '.join(kinds)}"
        return
    rules = kinds[value["type"]]
    yield from _keyed(f"{path} ({value['type']})", {key: its for key, its in value.items() if key != "type"}, rules)


def _keyed(path: str, value: Any, rules: Mapping[str, Rule]) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield f"{path}: {value!r} is no object"
        return
    for name, rule in rules.items():
        key = name.removesuffix("!")
        if key in value:
            yield from rule(f"{path}.{key}", value[key])
        elif name != key:
            yield f"{path}: no {key}"
    yield from (f"{path}: {key} is not known" for key in value.keys() - {name.removesuffix("!") for name in rules})


def _string(most: int, least: int = 1) -> Rule:
    def rule(path: str, value: Any) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{path}: {value!r} is no text"
        elif not least <= len(value) <= most:
            yield f"{path}: {len(value)} characters of {most}"

    return rule


def _text(most: int, *kinds: str) -> Rule:
    def rule(path: str, value: Any) -> Iterator[str]:
        if not isinstance(value, Mapping) or value.get("type") not in (kinds or ("plain_text", "mrkdwn")):
            yield f"{path}: {value!r} is no text object of this kind"
            return
        its = {"text!": _string(most), **({"emoji": _flag} if value["type"] == "plain_text" else {"verbatim": _flag})}
        yield from _keyed(path, {key: each for key, each in value.items() if key != "type"}, its)

    return rule


def _many(rule: Rule, most: int, least: int = 1) -> Rule:
    def rules(path: str, value: Any) -> Iterator[str]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            yield f"{path}: {value!r} is no list"
            return
        if not least <= len(value) <= most:
            yield f"{path}: {len(value)} of {most}"
        for number, each in enumerate(value):
            yield from rule(f"{path}[{number}]", each)

    return rules


def _kind(kinds: Callable[[], Mapping[str, Mapping[str, Rule]]], *names: str) -> Rule:
    def rule(path: str, value: Any) -> Iterator[str]:
        yield from _shaped(path, value, {name: its for name, its in kinds().items() if not names or name in names})

    return rule


def _object(**rules: Rule) -> Rule:
    def rule(path: str, value: Any) -> Iterator[str]:
        yield from _keyed(path, value, {name.replace("_is", "!") if name.endswith("_is") else name: its for name, its in rules.items()})

    return rule


def _choice(*choices: Any) -> Rule:
    def rule(path: str, value: Any) -> Iterator[str]:
        if value not in choices:
            yield f"{path}: {value!r} is none of {choices}"

    return rule


def _number(least: int, most: int) -> Rule:
    def rule(path: str, value: Any) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield f"{path}: {value!r} is not from {least} to {most}"

    return rule


def _flag(path: str, value: Any) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"{path}: {value!r} is neither true nor false"


def _url(path: str, value: Any) -> Iterator[str]:
    yield from _string(3000)(path, value)
    if isinstance(value, str) and not value.startswith(("https://", "http://", "mailto:", "slack://")):
        yield f"{path}: {value!r} is no address"


def _picture(path: str, value: Any) -> Iterator[str]:
    yield from _url(path, value)
    if isinstance(value, str) and value.partition("?")[0].casefold().endswith(".svg"):
        yield f"{path}: {value!r} is an SVG"


_plain = "plain_text"
_option: Final = _object(text_is=_text(75), value_is=_string(150), description=_text(75), url=_url)
_confirm: Final = _object(
    title_is=_text(100, _plain),
    text_is=_text(300),
    confirm_is=_text(30, _plain),
    deny_is=_text(30, _plain),
    style=_choice("primary", "danger"),
)
_slack_file: Final = _object(id=_string(255), url=_url)
_style: Final = _object(**dict.fromkeys(("bold", "italic", "strike", "code", "underline"), _flag))
_PICTURE: Final[Mapping[str, Rule]] = {"image_url": _picture, "slack_file": _slack_file, "alt_text!": _string(2000)}
_ACTION: Final[Mapping[str, Rule]] = {"action_id": _string(255), "focus_on_load": _flag, "confirm": _confirm}
_SELECT: Final[Mapping[str, Rule]] = {**_ACTION, "placeholder": _text(150, _plain)}

_ELEMENTS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "button": {
        "text!": _text(75, _plain), "action_id": _string(255), "url": _url, "value": _string(2000), "style": _choice("primary", "danger"),
        "confirm": _confirm, "accessibility_label": _string(75),
    },
    "overflow": {"options!": _many(_option, 5), "action_id": _string(255), "confirm": _confirm},
    "image": _PICTURE,
    "static_select": {**_SELECT, "options!": _many(_option, 100), "initial_option": _option},
    "external_select": {**_SELECT, "initial_option": _option, "min_query_length": _number(0, 100)},
    "users_select": {**_SELECT, "initial_user": _string(255)},
    "multi_users_select": {**_SELECT, "initial_users": _many(_string(255), 100), "max_selected_items": _number(1, 100)},
    "channels_select": {**_SELECT, "initial_channel": _string(255), "response_url_enabled": _flag},
    "conversations_select": {
        **_SELECT, "initial_conversation": _string(255), "default_to_current_conversation": _flag, "response_url_enabled": _flag,
        "filter": _object(include=_many(_choice("im", "mpim", "private", "public"), 4), exclude_external_shared_channels=_flag,
                          exclude_bot_users=_flag),
    },
    "checkboxes": {**_ACTION, "options!": _many(_option, 10), "initial_options": _many(_option, 10)},
    "radio_buttons": {**_ACTION, "options!": _many(_option, 10), "initial_option": _option},
    "plain_text_input": {
        "action_id": _string(255), "initial_value": _string(3000), "multiline": _flag, "min_length": _number(0, 3000),
        "max_length": _number(1, 3000), "focus_on_load": _flag, "placeholder": _text(150, _plain),
    },
}  # fmt: skip
_PRESSED: Final = tuple(name for name in _ELEMENTS if name not in ("image", "plain_text_input"))
_INPUTS: Final = tuple(name for name in _ELEMENTS if name not in ("button", "overflow", "image"))

_RICH: Final[Mapping[str, Mapping[str, Rule]]] = {
    "text": {"text!": _string(40_000), "style": _style},
    "link": {"url!": _url, "text": _string(40_000), "unsafe": _flag, "style": _style},
    "emoji": {"name!": _string(255), "unicode": _string(255), "style": _style},
    "user": {"user_id!": _string(255), "style": _style},
    "usergroup": {"usergroup_id!": _string(255), "style": _style},
    "channel": {"channel_id!": _string(255), "style": _style},
    "broadcast": {"range!": _choice("here", "channel", "everyone"), "style": _style},
}
_inline: Final = _many(_kind(lambda: _RICH), 10_000)
_TEXTS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "rich_text_section": {"elements!": _inline},
    "rich_text_quote": {"elements!": _inline, "border": _number(0, 1)},
    "rich_text_preformatted": {"elements!": _inline, "border": _number(0, 1)},
    "rich_text_list": {
        "elements!": _many(_kind(lambda: _TEXTS, "rich_text_section"), 1000), "style!": _choice("bullet", "ordered"),
        "indent": _number(0, 8), "offset": _number(0, 1_000_000), "border": _number(0, 1),
    },
}  # fmt: skip
_CONTEXT: Final[Mapping[str, Mapping[str, Rule]]] = {
    "image": _PICTURE,
    "plain_text": {"text!": _string(3000), "emoji": _flag},
    "mrkdwn": {"text!": _string(3000), "verbatim": _flag},
}
_ID: Final[Mapping[str, Rule]] = {"block_id": _string(255)}
_BLOCKS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "section": {
        **_ID, "text": _text(3000), "fields": _many(_text(2000), 10), "expand": _flag,
        "accessory": _kind(lambda: _ELEMENTS, *_PRESSED, "image"),
    },
    "header": {**_ID, "text!": _text(150, _plain)},
    "divider": _ID,
    "context": {**_ID, "elements!": _many(_kind(lambda: _CONTEXT), 10)},
    "actions": {**_ID, "elements!": _many(_kind(lambda: _ELEMENTS, *_PRESSED), 25)},
    "image": {**_ID, **_PICTURE, "title": _text(2000, _plain)},
    "input": {
        **_ID, "label!": _text(2000, _plain), "element!": _kind(lambda: _ELEMENTS, *_INPUTS), "hint": _text(2000, _plain),
        "optional": _flag, "dispatch_action": _flag,
    },
    "rich_text": {**_ID, "elements!": _many(_kind(lambda: _TEXTS), 1000)},
}  # fmt: skip
_VIEW: Final[Mapping[str, Rule]] = {
    "blocks!": _many(lambda path, value: iter(()), 100), "private_metadata": _string(3000, 0), "callback_id": _string(255, 0),
    "external_id": _string(255, 0),
}  # fmt: skip
_VIEWS: Final[Mapping[str, Mapping[str, Rule]]] = {
    "home": _VIEW,
    "modal": {
        **_VIEW, "title!": _text(24, _plain), "close": _text(24, _plain), "submit": _text(24, _plain), "clear_on_close": _flag,
        "notify_on_close": _flag, "submit_disabled": _flag,
    },
}  # fmt: skip
