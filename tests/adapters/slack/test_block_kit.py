"""The rules that everything the adapter shows is held to are Slack's: what it would refuse is refused."""

from typing import Any

import pytest

import block_kit


def text(length: int, kind: str = "plain_text") -> dict[str, Any]:
    return {"type": kind, "text": "x" * length}


def button(**more: Any) -> dict[str, Any]:
    return {"type": "button", "text": text(1), **more}


def rich(*elements: Any) -> dict[str, Any]:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


SECTION = {"type": "section", "text": text(1)}
IMAGE = {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "a"}
INPUT = {"type": "input", "label": text(1), "element": {"type": "plain_text_input", "action_id": "a"}}

GOOD: list[list[Any]] = [
    [SECTION] * 50,
    [{"type": "section", "text": text(3000), "accessory": {**IMAGE}}, {"type": "section", "fields": [text(2000, "mrkdwn")] * 10}],
    [{"type": "header", "text": text(150)}, {"type": "divider"}, {"type": "context", "elements": [text(1)] * 10}],
    [{"type": "actions", "elements": [button(action_id=str(n), value="v" * 2000, style="danger") for n in range(25)]}],
    [rich({"type": "text", "text": "x", "style": {"bold": True}}, {"type": "emoji", "name": "tada"}, {"type": "link", "url": "https://x.y"})],
    [{**IMAGE, "title": text(2000)}, {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "a"}],
]  # fmt: skip

BAD: dict[str, list[Any]] = {
    "51 blocks": [SECTION] * 51,
    "of 3000": [{"type": "section", "text": text(3001)}],
    "neither text nor fields": [{"type": "section"}],
    "11 of 10": [{"type": "section", "fields": [text(1)] * 11}],
    "2001 characters": [{"type": "section", "fields": [text(2001)]}],
    "151 characters": [{"type": "header", "text": text(151)}],
    "no text object of this kind": [{"type": "header", "text": text(1, "mrkdwn")}],
    "26 of 25": [{"type": "actions", "elements": [button(action_id=str(n)) for n in range(26)]}],
    "76 characters": [{"type": "actions", "elements": [{"type": "button", "text": text(76)}]}],
    "value: 2001": [{"type": "actions", "elements": [button(value="v" * 2001)]}],
    "none of ('primary'": [{"type": "actions", "elements": [button(style="secondary")]}],
    "action_id 'a' 2 times": [{"type": "actions", "elements": [button(action_id="a"), button(action_id="a")]}],
    "block_id 'b' 2 times": [{**SECTION, "block_id": "b"}] * 2,
    "block_id: 256": [{**SECTION, "block_id": "b" * 256}],
    "no alt_text": [{"type": "image", "image_url": "https://x.example/a.png"}],
    "alt_text: 2001": [{**IMAGE, "alt_text": "a" * 2001}],
    "is an SVG": [{**IMAGE, "image_url": "https://x.example/a.svg?b"}],
    "not one picture": [{"type": "image", "alt_text": "a"}],
    "an input in a message": [INPUT],
    "colour is not known": [{**SECTION, "colour": "red"}],
    "'marquee' is none of": [{"type": "marquee"}],
    "0 characters": [rich({"type": "text", "text": ""})],
    "elements: 0 of": [rich()],
    "0 of 25": [{"type": "actions", "elements": []}],
    "is neither true nor false": [rich({"type": "text", "text": "x", "style": {"bold": 1}})],
    "'text' is none of rich_text_section": [{"type": "rich_text", "elements": [{"type": "text", "text": "x"}]}],
    "is no address": [rich({"type": "link", "url": "x"})],
}


@pytest.mark.parametrize("blocks", GOOD)
def test_what_slack_takes_is_taken(blocks: list[Any]) -> None:
    block_kit.check_message({"text": "x", "blocks": blocks})


@pytest.mark.parametrize("why", BAD)
def test_what_slack_refuses_is_refused(why: str) -> None:
    with pytest.raises(block_kit.Invalid) as refused:
        block_kit.check(BAD[why], "message")
    assert why in str(refused.value)


VIEW: dict[str, Any] = {"type": "modal", "title": text(24), "submit": text(24), "blocks": [INPUT]}


def test_views_are_held_to_theirs() -> None:
    block_kit.check_view(VIEW)
    block_kit.check_view({"type": "home", "blocks": [SECTION] * 100})
    for more in (
        {"title": text(25)}, {"submit": text(25)}, {"private_metadata": "x" * 3001}, {"callback_id": "x" * 256},
        {"blocks": [SECTION] * 101},
        {"colour": "red"},
    ):  # fmt: skip
        with pytest.raises(block_kit.Invalid):
            block_kit.check_view({**VIEW, **more})
    with pytest.raises(block_kit.Invalid):
        block_kit.check_view({key: value for key, value in VIEW.items() if key != "submit"})


def test_messages_have_a_text_for_who_sees_no_blocks() -> None:
    for message in ({"blocks": [SECTION]}, {"text": "x" * 40_001}):
        with pytest.raises(block_kit.Invalid):
            block_kit.check_message(message)


def test_options_are_held_to_theirs() -> None:
    block_kit.check_options([{"text": text(75), "value": "v" * 150}] * 100)
    for option in ({"text": text(76), "value": "v"}, {"text": text(1), "value": "v" * 151}, {"text": text(1)}):
        with pytest.raises(block_kit.Invalid):
            block_kit.check_options([option])


def test_whom_something_would_ping_is_found() -> None:
    assert block_kit.pings([rich({"type": "user", "user_id": "U1"})]) and block_kit.pings([rich({"type": "broadcast", "range": "here"})])
    assert block_kit.pings([{"type": "section", "text": {"type": "mrkdwn", "text": "hi <@U1>"}}])
    assert block_kit.pings([{"type": "section", "text": {"type": "plain_text", "text": "hi <@U1>"}}]) == []
