"""Every language says everything, with the same values; and nothing that people are told is missing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

import laurels
from laurels.commands.table import TABLES
from laurels.config.model import Roles
from laurels.model import Mode, Result, State
from laurels.policy import _MAY
from laurels.privacy.preferences import CHOICES, DEFAULTS, LOCALE
from laurels.privacy.stored import WORDS
from laurels.texts import Catalogue, catalogue, languages

ENGINE = Path(laurels.__file__).parent
ENGLISH = catalogue("en")
OTHERS = [language for language in languages() if language != "en"]

#: Rooms whose decisions end in outcomes, and so name details.
BY_ADAPTERS = ("welcome.",)  # what they say with ``host.say``
DECIDING = ("engine/decisions", "nominations", "claims", "links", "workshop", "privacy", "progress", "acts", "activity", "steering")
KEBAB = re.compile(r"[a-z]+(-[a-z]+)+")
#: What looks like a detail there and is none.
OTHERWISE = {"tz-aware", "regrade-up"}


def values(text: str) -> set[tuple[str, str]]:
    """The values that a text names, and how it tells them."""
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None}


def constants(folder: str) -> Iterator[tuple[Path, str]]:
    """Every string in the code of a folder, docstrings aside, and parts of f-strings."""
    for path in sorted((ENGINE / folder).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                yield path, node.value


def test_german_is_there() -> None:
    assert OTHERS == ["de"]


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_text_and_no_other(language: str) -> None:
    its = catalogue(language)
    assert its.texts.keys() == ENGLISH.texts.keys()
    assert its.counted.keys() == ENGLISH.counted.keys()
    assert its.marks.keys() == ENGLISH.marks.keys()
    assert [key for key, text in its.texts.items() if not text.strip()] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_text_names_the_same_values_in_every_language(language: str) -> None:
    its = catalogue(language)
    plain = [key for key in ENGLISH.texts if not key.startswith("announce.")]
    assert [key for key in plain if values(its.text(key)) != values(ENGLISH.text(key))] == []
    templates = [key for key in ENGLISH.texts if key.startswith("announce.")]
    assert [key for key in templates if set(re.findall(r"\b(person|badge|others|awards)\b", its.text(key)))
            != set(re.findall(r"\b(person|badge|others|awards)\b", ENGLISH.text(key)))] == []  # fmt: skip


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_a_text_tells_its_values_as_the_language_can(language: str) -> None:
    its = catalogue(language)
    specs = {spec for key, text in its.texts.items() if not key.startswith("announce.") for _, spec in values(text)}
    assert specs <= {"", "number", "ordinal", *its.counted}
    assert all({"one", "other"} <= forms.keys() for forms in its.counted.values())
    assert [form for forms in its.counted.values() for form in forms.values() if not values(form) <= {("n", "")}] == []


@pytest.mark.parametrize("its", [catalogue(language) for language in languages()], ids=languages())
def test_whatever_something_comes_to_there_is_a_text(its: Catalogue) -> None:
    assert [result for result in get_args(Result) if f"result.{result}" not in its] == []
    assert [state for state in get_args(State) if f"state.{state}" not in its] == []
    assert [mode for mode in get_args(Mode) if f"mode.{mode}" not in its] == []
    roles = {role for names in _MAY.values() for role in names} | set(Roles.__struct_fields__)
    assert [role for role in roles if f"role.{role}" not in its] == []


@pytest.mark.parametrize("its", [catalogue(language) for language in languages()], ids=languages())
def test_whatever_is_stored_about_somebody_there_is_a_text(its: Catalogue) -> None:
    assert {f"stored.{what}" for what in WORDS} == {key for key in its.texts if key.startswith("stored.")}
    assert [name for name in DEFAULTS if f"settings.{name}" not in its] == []
    assert [
        value for name, values in CHOICES.items() if name != LOCALE for value in values.split(", ") if f"switch.{value}" not in its
    ] == []


@pytest.mark.parametrize("its", [catalogue(language) for language in languages()], ids=languages())
def test_every_command_says_how_it_is_typed_and_what_it_does(its: Catalogue) -> None:
    verbs = {verb for table in TABLES.values() for verb in table}
    assert [verb for verb in verbs if f"usage.{verb}" not in its or f"about.{verb}" not in its] == []
    assert [verb for verb in verbs if its.text(f"usage.{verb}").split()[0] != verb] == []
    told = {key.partition(".")[2] for key in its.texts if key.startswith(("usage.", "about.", "more."))}
    assert told == verbs


def details() -> set[str]:
    return {text for folder in DECIDING for _, text in constants(folder) if KEBAB.fullmatch(text)} - OTHERWISE


def test_every_detail_of_an_outcome_has_a_text() -> None:
    there = {key.partition(".")[2] for key in ENGLISH.texts if key.startswith(("detail.", "instead."))}
    assert details() - there == set()


def test_the_texts_that_the_code_names_are_there() -> None:
    sections = {key.partition(".")[0] for key in ENGLISH.texts}
    named = [
        text for folder in ("commands", "announcer") for _, text in constants(folder)
        if re.fullmatch(r"[a-z_]+\.[a-z_-]+", text) and text.partition(".")[0] in sections
    ]  # fmt: skip
    assert len(named) > 80
    # What an f-string completes ends in a point, or is the beginning of several.
    assert [text for text in named if not any(key.startswith(text) for key in ENGLISH.texts)] == []


def test_no_text_is_left_over() -> None:
    code = [text for folder in ("commands", "announcer", "texts", "activity", "app") for _, text in constants(folder)]
    exact = {text for text in code if "." in text}
    begun = {text for text in code if text.endswith((".", "_")) or text in ("announce.", "why.event")}
    composed = tuple(text for text in begun if text.partition(".")[0] in {key.partition(".")[0] for key in ENGLISH.texts})
    spare = [
        key for key in ENGLISH.texts
        if not {key, key.removesuffix("_instead")} & exact and not key.startswith((*composed, *BY_ADAPTERS))
    ]  # fmt: skip
    assert spare == []


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [("en", 0, "0 badges"), ("en", 1, "1 badge"), ("en", 2, "2 badges"), ("en", 1200, "1,200 badges"),
     ("de", 1, "1 Person"), ("de", 0, "0 Personen"), ("de", 1200, "1.200 Personen")],
)  # fmt: skip
def test_things_are_counted_as_the_language_does(language: str, count: int, said: str) -> None:
    assert catalogue(language).count(count, "badge" if language == "en" else "person") == said


def test_numbers_lists_and_ordinals_are_the_language_s() -> None:
    german = catalogue("de-CH")
    assert (ENGLISH.number(1234.5), german.number(1234.5)) == ("1,234.50", "1.234,50")
    assert (ENGLISH.listed("abc"), german.listed("ab", "or"), ENGLISH.listed([])) == ("a, b and c", "a oder b", "")
    assert [ENGLISH.say("award.again", n=n) for n in (2, 3, 11, 21)] == [
        "for the 2nd time", "for the 3rd time", "for the 11th time", "for the 21st time",
    ]  # fmt: skip
    assert (ENGLISH.count(2, "often"), german.count(2, "often")) == ("twice", "zweimal")
    assert german.say("award.again", n=2) == "zum 2. Mal"


def test_an_unknown_language_is_english_and_an_unknown_text_no_text() -> None:
    assert catalogue("tlh") is ENGLISH
    assert catalogue("DE_at").language == "de"
    assert "no.such" not in ENGLISH
    with pytest.raises(KeyError):
        ENGLISH.say("no.such")
