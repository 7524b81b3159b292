"""Claim codes: made so that nobody guesses one, read however people type them."""

import re
import secrets
import unicodedata
from typing import Final

#: No vowel, so that no word comes out, and one of each group of signs that look alike (0 O, 1 I L, 2 Z, 5 S, 8 B, U V): 27 are left.
ALPHABET: Final = "0123456789CDFGHJKMNPQRTVWXY"
LENGTH: Final = 16  # 27 ** 16 codes: 76 bits
GROUP: Final = 4

_TWINS: Final = str.maketrans("OILZSBU", "011258V")
_BETWEEN: Final = re.compile(r"[\s\-_.]+")


def make_code() -> str:
    """A new code of 76 random bits, in groups for reading: ``K7RM-9XQT-3HVW-P2CD``."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(LENGTH)))


def grouped(code: str) -> str:
    """A normalised code in groups of four, as it is shown and printed."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def normalised(text: str) -> str:
    """What codes are stored and compared as, the same for every way to type one: case, width, spaces and dashes don't matter.

    Nor do signs that look alike: both become the one that codes are made of. So it is for codes that an operator chose as well.
    """
    plain = "".join("-" if unicodedata.category(sign) == "Pd" or sign == "\u2212" else sign for sign in unicodedata.normalize("NFKC", text))
    return _BETWEEN.sub("", plain).upper().translate(_TWINS)


def looks_like_code(text: str) -> bool:
    """Whether :func:`make_code` could have made this: all the rest need not be looked up."""
    code = normalised(text)
    return len(code) == LENGTH and all(sign in ALPHABET for sign in code)
