"""The sentences, in two languages, the operators' and the authors' own; and that none of them pings anybody."""

from typing import Any

import pytest

from laurels.announcer import Described
from laurels.announcer.harmless import message, words

JOINT = "\u200b"


async def said(scene: Any, *wins: dict[str, Any]) -> str:
    """What is posted about awards of Ana."""
    await scene.win_together([{"who": "Ana", **win} for win in wins])
    await scene.announcer().rest()
    (text,) = scene.chat.texts
    return str(text)


async def test_a_level_without_a_name_has_its_number(scene: Any) -> None:
    assert await said(scene, {"slug": "reviewer", "level": 3}) == "Ana earned Reviewer (level 3)"


async def test_a_level_that_names_the_badge_is_enough(scene: Any) -> None:
    assert await said(scene, {"slug": "reviewer", "level_name": "Chief Reviewer"}) == "Ana earned Chief Reviewer"


async def test_a_given_badge_says_by_whom_and_why(scene: Any) -> None:
    text = await said(scene, {"slug": "kindness", "giver": "Bob", "note": "for the\nworkshop"}, {"slug": "helper"})
    assert text == "Ana earned Kindness (given by Bob: “for the workshop”) and 1 more: Helper"


@pytest.mark.parametrize(("occurrences", "words"), [
    (["1"], "Kindness"), (["2"], "Kindness for the 2nd time"), (["3"], "Kindness for the 3rd time"), (["11"], "Kindness for the 11th time"),
    (["21"], "Kindness for the 21st time"), (["4", "5"], "Kindness twice"), (["1", "2", "3"], "Kindness 3 times"),
    (["2026-W19"], "Kindness (2026-W19)"), (["2026-05-04T12"], "Kindness (2026-05-04T12)"), (["msg-991"], "Kindness"),
])  # fmt: skip
async def test_occurrences_are_told_as_people_would(scene: Any, occurrences: list[str], words: str) -> None:
    scene.described["kindness"] = Described("Kindness", counted=True)
    assert await said(scene, *({"slug": "kindness", "occurrence": occurrence} for occurrence in occurrences)) == f"Ana earned {words}"


async def test_a_long_list_is_cut(scene: Any) -> None:
    text = await said(scene, *({"slug": f"b{n:02}"} for n in range(13)))
    assert text == "Ana earned B00 and 12 more: B01, B02, B03, B04, B05, B06, B07, B08, B09, B10, …"


async def test_a_badge_is_called_what_it_is_called_now_and_one_that_is_gone_what_it_was(scene: Any) -> None:
    scene.described["helper@1"] = Described("Good Soul", "Bronze", "Helps.", "\N{SPORTS MEDAL}", "soul.svg")
    assert await said(scene, {"slug": "helper", "level_name": "Iron"}, {"slug": "gone"}) == "Ana earned Bronze Good Soul and 1 more: Gone"
    (won, gone) = scene.chat.calls[0][0].won
    assert (won.name, won.level_name, won.description) == ("Good Soul", "Bronze", "Helps.")
    assert (won.emoji, won.image) == ("\N{SPORTS MEDAL}", "soul.svg")
    assert (gone.name, gone.level_name, gone.emoji) == ("Gone", "", "")


async def test_what_describes_badges_may_fail(scene: Any) -> None:
    scene.described = None
    assert await said(scene, {"slug": "helper"}) == "Ana earned Helper"


async def test_a_community_speaks_its_language(scene: Any) -> None:
    scene.settle(language="de-AT")
    text = await said(scene, {"slug": "reviewer", "level": 2}, {"slug": "kindness", "giver": "Bob", "note": "danke"})
    assert text == "Ana hat Reviewer (Stufe 2) errungen und 1 weitere: Kindness (verliehen von Bob: „danke“)"
    await scene.loses("Ana", "reviewer", 2)
    await scene.loses("Ana", "kindness")
    await scene.announcer().rest()
    assert scene.chat.texts == ["Ana hat nicht mehr: Reviewer (Stufe 2), Kindness (verliehen von Bob: „danke“)"]


async def test_an_unknown_language_is_english(scene: Any) -> None:
    scene.settle(language="tlh")
    assert await said(scene, {"slug": "helper"}) == "Ana earned Helper"


async def test_operators_have_their_own_texts(scene: Any) -> None:
    scene.templates = {
        "several": "{{ person }}: {% for award in awards %}{{ loop.index }}. {{ award.level_name|upper }} {{ award.name }} {% endfor %}",
        "withdrawn": "{{ person }} lost {{ awards|map(attribute='name')|join(' & ') }}",
    }
    assert await said(scene, {"slug": "reviewer", "level_name": "Gold"}, {"slug": "helper"}) == "Ana: 1. GOLD Reviewer 2.  Helper"
    await scene.loses("Ana", "reviewer")
    await scene.loses("Ana", "helper")
    await scene.announcer().rest()
    assert scene.chat.texts == ["Ana lost Reviewer & Helper"]


async def test_each_own_text_has_its_occasion(scene: Any) -> None:
    scene.templates = {
        "won": "{{ emoji }} {{ person }} ({{ account }}) has {{ badge }} at {{ place }} in {{ community }}",
        "withdrawn": "oh, {{ badge }}",
    }
    scene.described["helper"] = Described("Helper", emoji="!")
    assert await said(scene, {"slug": "helper"}) == "! Ana (chat:ana) has Helper at chat:hall in acme"
    await scene.loses("Ana", "helper")
    await scene.announcer().rest()
    assert scene.chat.texts == ["oh, Helper"]


async def test_a_badges_message_is_told_beside_the_usual_text(scene: Any) -> None:
    scene.described["reviewer"] = Described("Reviewer", "Gold", message="{{ person }} has eyes of {{ level_name|lower }}!")
    text = await said(scene, {"slug": "reviewer"}, {"slug": "helper"}, {"slug": "solver"})
    assert text == "Ana earned Helper and 1 more: Solver\nAna has eyes of gold!"


@pytest.mark.parametrize("template", [
    "{{ nobody }}", "{{ others[3] }}", "{{ person.__class__.__mro__ }}", "{{ ''.__class__ }}", "{{", "  ", "{{ 'x' * 9999999999 }}",
    "{% for x in range(9) %}{% endfor %}", "{{ awards|map(attribute='__class__')|join }}", "{{ awards[0]['__class__'] }}",
    "{{ person|attr('__init__') }}",
])  # fmt: skip
async def test_a_text_that_fails_is_replaced_and_named(scene: Any, template: str) -> None:
    scene.templates = {"won": template}
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    await announcer.rest()
    assert scene.chat.texts == ["Ana earned Helper"]
    if template.strip():
        (problem,) = announcer.problems
        assert str(problem).startswith("announcer: won: ")


async def test_a_text_that_fails_once_is_used_again(scene: Any) -> None:
    scene.described["helper"] = Described("Helper", message="{{ 'x' if note else others[0] }}")
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    await scene.wins("Bob", "helper", note="hi")
    await announcer.rest()
    assert scene.chat.texts == ["Ana earned Helper", "x"]


HOSTILE = [
    "@everyone", "@here", "<@1234>", "<@!1234>", "<@&99>", "<!here>", "<!channel>", "<!subteam^S1|x>", "<http://evil.example|click>",
    "@acme/team",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
async def test_nobody_is_pinged(scene: Any, name: str) -> None:
    scene.templates = {"won": "{{ person }} @everyone <!here> {{ badge }}"}
    await scene.wins(name, "helper", giver=name, note=name, level_name=name)
    await scene.announcer().rest()
    said = scene.chat.calls[0][0]
    for text in (said.text, said.person, said.won[0].giver, said.won[0].note):
        assert not any(ping in text for ping in (*HOSTILE, "@e", "@h", "<@", "<!", "@a", "<h"))
    assert name in said.person.replace(JOINT, "")


def test_names_are_one_line_of_bounded_length_and_do_not_turn_the_text() -> None:
    assert words("  Ana\n\tMaria\x00 ") == "Ana Maria"
    assert words("evil\u202egnp") == "evilgnp"
    assert words("\N{WOMAN}\u200d\N{ROCKET}") == "\N{WOMAN}\u200d\N{ROCKET}"
    assert (len(words("x" * 500)), words("x" * 500)[-1]) == (100, "…")


def test_what_is_harmless_stays_as_it_is() -> None:
    assert message("a < b, <:hi:1> and <a:wave:2>") == "a < b, <:hi:1> and <a:wave:2>"
    assert message(message("@here")) == message("@here") == f"@{JOINT}here"
