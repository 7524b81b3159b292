"""As much of Discord's Markdown as laurels writes."""

import re
from collections.abc import Iterator

from .typeset import Run, Style

LINK = "#00a8fc"

_TOKEN = re.compile(
    r"\\(.)|(\*\*|~~|`)|\[((?:\\.|[^\]\\])+)\]\((https?://[^)\s]+)\)|(https://discord\.com/channels/\S+)|<(?:t:\d+[^>]*|#\d+)>", re.S
)


def runs(text: str, style: Style) -> Iterator[Run]:
    """*text* as runs of one style each."""
    bold = struck = code = False
    at = 0
    for token in _TOKEN.finditer(text):
        now = style._replace(bold=style.bold or bold, struck=style.struck or struck, boxed=code)
        yield Run(text[at : token.start()], now)
        at = token.end()
        escaped, mark, label, _, link = token.groups()
        if escaped is not None:
            yield Run(escaped, now)
        elif mark == "**":
            bold = not bold
        elif mark == "~~":
            struck = not struck
        elif mark == "`":
            code = not code
        elif label or link:
            yield Run(label or "# message", now._replace(colour=LINK))
        else:
            yield Run(token.group(), now)
    yield Run(text[at:], style._replace(bold=style.bold or bold, struck=style.struck or struck, boxed=code))
