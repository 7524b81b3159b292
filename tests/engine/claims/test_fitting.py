"""Text finds room: first over lines, then in a smaller size, and it is cut short only where nothing else is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.claims.sheets.fitting import fit

SIZES = ((2.0, 2), (1.0, 3))


def letters(text: str, bold: bool) -> float:
    """Every sign is as wide as it is high."""
    return float(len(text))


@pytest.mark.parametrize(
    ("text", "lines", "size"),
    [
        ("", [""], 2),
        ("one", ["one"], 2),
        ("one two", ["one", "two"], 2),
        ("one two three", ["one two", "three"], 1),
        ("elevenfold", ["elevenfold"], 1),
        ("one two three four", ["one two", "three four"], 1),
        ("aaaaaaaaaabbbbbbbbbbcc", ["aaaaaaaaaa", "bbbbbbbbbb", "cc"], 1),
        ("one two three four five six seven eight", ["one two", "three four", "five six\u2026"], 1),
        ("a" * 50, ["a" * 10, "a" * 10, "a" * 9 + "\u2026"], 1),
    ],
)
def test_text_is_wrapped_then_made_smaller_then_shortened(text: str, lines: list[str], size: float) -> None:
    assert fit(text, 10, SIZES, letters) == (tuple(lines), size)


def test_what_belongs_together_is_not_parted() -> None:
    family = "\U0001f469\u200d\U0001f467"
    assert fit(family * 3, 5, ((1.0, 3),), letters).lines == (family, family, family)
    assert fit("e\u0301" * 4, 3, ((1.0, 4),), letters).lines == ("e\u0301",) * 4
    assert fit("\U0001f44b\U0001f3fd" * 3, 3, ((1.0, 2),), letters).lines == ("\U0001f44b\U0001f3fd", "\U0001f44b\U0001f3fd\u2026")


@given(st.text(st.sampled_from("ab c\u0301"), max_size=80))
def test_nothing_is_ever_wider_than_its_room_and_nothing_is_lost_that_fits(text: str) -> None:
    lines, size = fit(text, 10, SIZES, lambda text, bold: float(len(text.replace("\u0301", ""))))
    assert len(lines) <= dict(SIZES)[size]
    assert all(len(line.replace("\u0301", "")) * size <= 10 for line in lines)
    if not lines[-1].endswith("\u2026"):
        assert "".join("".join(lines).split()) == "".join(text.split())
