"""Thanks in words: ``thanks @person``, however a platform writes people. Pure."""

import re
from typing import Final

_WORD: Final = re.compile("thank|thx|kudos", re.IGNORECASE)  # most texts have none, and are through here
_GROUP: Final = re.compile(r"\((?!\?)")


class Thanks:
    """Finds whom a text thanks. *person* is the pattern of a mention, with one group: who it is. Takes time in proportion to the text."""

    def __init__(self, person: str) -> None:
        self._person = re.compile(person)
        self._run = re.compile(
            r"(?<!no )(?<!not )(?<!\w)(?:thanks|thank you|thx|kudos)"
            r"(?:[ \t,!:]{1,5}(?:so|very|much|a|lot|again|to|also|you|all)\b){0,4}[ \t,!:]{1,5}"
            rf"((?:{_GROUP.sub('(?:', person)}[ \t,&+]{{0,5}}(?:and[ \t]{{1,5}})?)+)",
            re.IGNORECASE,
        )

    def named(self, text: str) -> list[str]:
        """Who is thanked, each once; *text* is to be without quotes and code."""
        runs = self._run.findall(text) if _WORD.search(text) else ()
        return list(dict.fromkeys(id_ for run in runs for id_ in self._person.findall(run)))
