"""From an announcement or an answer to the Markdown of a comment, without any I/O."""

import re
from typing import Final
from urllib.parse import quote

from laurels import Announcement, Button, Reply

from .translate import MARKER

#: Everything that Markdown or GitHub could read as more than text: names come from people.
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>()#+|~!&])")
#: What GitHub would turn into a ping or a link to another issue, and how it is broken: by a joiner that nobody sees.
_REFERENCE: Final = re.compile(r"(@|\bGH-|:(?=//)|\bwww(?=\.))", re.IGNORECASE)
_JOINER: Final = "\u2060"

#: GitHub takes 65,536 characters; what comes after the text is short.
_LONGEST: Final = 60_000
_PRIVATE: Final = (
    "This answer is meant for you alone, and everybody can read a comment on GitHub. "
    "Ask me the same where I can answer in private: in a chat that I am in, or through whoever runs me, on the command line."
)
_IN_URL: Final = "/:?#[]@!$&'()*+,;=%~"
_REFUSED: Final = "That was not done. " + _PRIVATE.replace("This answer", "The reason")


def comment(announcement: Announcement) -> str:
    """The comment's body: the text, which pings nobody, and the hidden marker that finds it again."""
    return f"{plain(announcement.text)}\n\n{marker(announcement.key)}"


def marker(key: str) -> str:
    """The hidden comment that carries *key*; it can't end early, whatever the key."""
    return f"{MARKER}{quote(key, safe=':').replace('-', '%2D')} -->"


def plain(text: str) -> str:
    """*text* as Markdown that shows just these characters."""
    return _SPECIAL.sub(r"\\\1", _REFERENCE.sub(rf"\1{_JOINER}", text))


def answer(reply: Reply, key: str) -> str:
    """The body of an answer, and the hidden marker; of an answer for one person alone, only where to get it."""
    if reply.private:
        return f"{_PRIVATE if reply.ok else _REFUSED}\n\n{marker(key)}"
    parts = [prose(reply.text), _table(reply.fields), _image(reply.image), _file(reply), _buttons(reply.buttons)]
    body = "\n\n".join(part for part in parts if part)
    return f"{body if len(body) <= _LONGEST else body[:_LONGEST] + '…'}\n\n{marker(key)}"


def prose(text: str) -> str:
    """*text* as Markdown: what stands between backticks as code, everything else as just these characters."""
    parts = text.split("`")
    if len(parts) % 2 == 0 or any("\n" in part for part in parts[1::2]):
        return plain(text)
    return "".join((f"`{part}`" if part else "") if number % 2 else plain(part) for number, part in enumerate(parts))


def _table(fields: tuple[tuple[str, str], ...]) -> str:
    rows = [f"| **{_cell(name)}** | {_cell(value)} |" for name, value in fields]
    return "\n".join(["| | |", "|---|---|", *rows]) if rows else ""


def _cell(text: str) -> str:
    lines = prose(text).splitlines()
    return "<br>".join(re.sub(r"(?<!\\)\|", r"\\|", line) for line in lines)


def _image(image: str) -> str:
    return f"[image](<{quote(image, safe=_IN_URL)}>)" if image.startswith(("https://", "http://")) else ""


def _file(reply: Reply) -> str:
    if reply.file is None:
        return ""
    longest = max((len(run) for run in re.findall("`+", reply.file.content)), default=0)
    fence = "`" * max(3, longest + 1)
    if len(reply.file.content) > _LONGEST // 2:
        return f"{plain(reply.file.name)} is too long for a comment."
    return f"{plain(reply.file.name)}:\n\n{fence}\n{reply.file.content}\n{fence}"


def _buttons(buttons: tuple[Button, ...]) -> str:
    return "\n".join(f"- {plain(button.label)}: comment `{typed(button)}`" for button in buttons)


def typed(button: Button) -> str:
    """What to type in place of pressing."""
    words = (f'"{word}"' if re.search(r"\s", word) or not word else word for word in button.words)
    return " ".join([f"/{button.name}", *words]).replace("`", "")
