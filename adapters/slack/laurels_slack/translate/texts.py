"""What is written, as Slack sends it and as people see it.

https://docs.slack.dev/messaging/formatting-message-text
"""

import re
from typing import Final

PERSON: Final = r"<@([UW][A-Z0-9]{1,20})(?:\|[^<>]{0,200})?>"

_PERSON: Final = re.compile(PERSON)
_TAG: Final = re.compile(r"<([@#!]?)([^<>|]{0,4000})(?:\|([^<>]{0,4000}))?>")
_CODE: Final = re.compile(r"```.*?(?:```|\Z)|`[^`\n]{0,4000}`", re.DOTALL)
_CITED: Final = re.compile(r"```.*?(?:```|\Z)|`[^`\n]{0,4000}`|^&gt;&gt;&gt;.*|^&gt;[^\n]*", re.DOTALL | re.MULTILINE)
_SIGNS: Final = {"@": "@", "#": "#", "!": "@", "": ""}


def seen(text: str) -> str:
    """A text as people see it: links by what they are called, and people by an id, since what they are called changes."""
    shown = _TAG.sub(_shown, text) if "<" in text else text
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if "&" in shown else shown


def own(text: str) -> str:
    """A text without quotes and code."""
    return _CITED.sub(" ", text)


def mentioned(text: str) -> list[str]:
    """Who is mentioned, outside code, each once."""
    return list(dict.fromkeys(_PERSON.findall(_CODE.sub(" ", text)))) if "<@" in text else []


def _shown(tag: re.Match[str]) -> str:
    sign, target, label = tag.groups()
    if sign == "!" and target.startswith("date"):
        return label or ""
    if label is not None:
        return label if label.startswith(_SIGNS[sign]) else _SIGNS[sign] + label
    return _SIGNS[sign] + target
