"""A claim code can't be guessed, and comes through however it is typed."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laurels.claims.codes import ALPHABET, GROUP, LENGTH, grouped, looks_like_code, make_code, normalised

SHOWN = "K7RM-9XQT-3HVW-P2CD"
STORED = "K7RM9XQT3HVWP2CD"
LOOK_ALIKES = ("0O", "1IL", "2Z", "5S", "8B", "UV")


def test_a_code_has_more_than_64_bits() -> None:
    assert math.floor(LENGTH * math.log2(len(ALPHABET))) == 76
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_every_sign_is_as_likely_everywhere() -> None:
    codes = [normalised(make_code()) for _ in range(5_400)]
    assert len(set(codes)) == len(codes)
    for at in range(LENGTH):  # 200 of each are expected; six standard deviations are 83
        seen = Counter(code[at] for code in codes)
        assert seen.keys() == set(ALPHABET)
        assert all(110 < count < 290 for count in seen.values())


def test_a_code_is_shown_in_groups() -> None:
    assert [len(group) for group in make_code().split("-")] == [GROUP] * (LENGTH // GROUP)
    assert grouped(STORED) == SHOWN
    assert grouped("") == ""
    assert grouped("FVD26") == "FVD2-6"


def test_no_two_signs_of_a_code_look_alike_and_no_vowel_makes_words() -> None:
    assert all(len(set(group) & set(ALPHABET)) == 1 for group in LOOK_ALIKES)
    assert set(ALPHABET).isdisjoint("AEIOU")


@pytest.mark.parametrize(
    "typed",
    [
        SHOWN,
        STORED,
        SHOWN.lower(),
        "  k7rm 9xqt 3hvw p2cd\n",
        "K7RM\u20139XQT\u20143HVW\u2011P2CD",
        "K7RM\u22129XQT\u00a03HVW\u3000P2CD",
        "K7RM_9XQT.3HVW--P2CD",
        "\uff2b\uff17\uff32\uff2d\uff0d\uff19\uff38\uff31\uff34\uff0d3HVW-P2CD",
        "K7RM-9XQT-3HVW-PZCD",
        "K7RM-9XQT-3HUW-PzCD",
    ],
)
def test_however_it_is_typed_it_is_the_same_code(typed: str) -> None:
    assert normalised(typed) == STORED
    assert looks_like_code(typed)


@pytest.mark.parametrize("group", LOOK_ALIKES)
def test_signs_that_look_alike_are_the_same(group: str) -> None:
    assert len({normalised(sign) for sign in group} | {normalised(sign.lower()) for sign in group}) == 1


@pytest.mark.parametrize(
    "typed", ["", "-", SHOWN[:-1], SHOWN + "K", "K7RM-9XQT-3HVW-P2CA", "K7RM-9XQT-3HVW-P2C\u0663", "reviewer", "/badges claim"]
)
def test_what_was_never_made_does_not_look_like_a_code(typed: str) -> None:
    assert not looks_like_code(typed)


def test_what_is_made_looks_like_a_code() -> None:
    assert all(looks_like_code(make_code()) for _ in range(200))


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126) | st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E)))
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)
