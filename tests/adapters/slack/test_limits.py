"""Every message and view is within Slack's limits, with the longest names and a hundred badges: what is not, the town refuses."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

import block_kit
from laurels import Badge, Count, Level
from slack_office import Office, Seen, living, read

pytestmark = pytest.mark.asyncio(loop_scope="module")

LONG = "<&>*_`Ω🏅 " * 30
MANY = [
    Badge(
        slug=f"badge-{number}-{'x' * 50}", name=f"{number} {LONG}"[:100], description=LONG * 4, emoji="🏅", nominations=True,
        tags=tuple(f"{tag}{'t' * 38}" for tag in range(20)), image=f"https://pictures.example/{'p' * 400}.png",
        measure=Count("message.posted"), levels=tuple(Level(f"{at} {LONG}"[:100], at=at, description=LONG * 3) for at in range(1, 51)),
    )
    for number in range(100)
]  # fmt: skip


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """Where everything is as long as it can be."""
    async with living(tmp_path_factory.mktemp("office"), *MANY) as office:
        for human in office.everybody:
            human.facts["profile"] = {"display_name": LONG[:80]}
        office.stage.arrive()
        for badge in MANY[:30]:
            text = f"nominate {badge.slug} {office.bob.mention} level=50 reason=“{LONG.replace('“', '')}”"
            await office.slash(office.ana, text.replace("&", "&amp;").replace("<&amp;>", "&lt;&amp;&gt;"))
        yield office


def within(office: Office, seen: Seen) -> None:
    assert not office.town.faults
    assert block_kit.pings(seen.blocks) == []
    assert seen.kind == "home" or len(read(seen.blocks)) <= 12_000  # nobody reads more; where Slack ends is written nowhere
    shown = {key: value for key, value in seen.shown.items() if key != "id"}
    (block_kit.check_view if seen.kind in ("view", "home") else block_kit.check_message)(shown)


FIRST = MANY[0].slug
COMMANDS = [
    ("ana", "profile", False), ("ana", "list", False), ("ana", f"list {'x' * 3000}", False), ("ana", f"show {FIRST}", False),
    ("ana", "progress", False), ("ana", f"why {FIRST}", False), ("ana", "recent", False), ("ana", f"leaderboard {FIRST}", False),
    ("ana", "leaderboard", False), ("bob", "nominations", False), ("ana", "nominations", False), ("ana", "settings", False),
    ("ana", "link", False), ("ana", "help", False), ("ana", "y" * 3000, False), ("eve", f"create name={'n' * 3000}", True),
    ("eve", "status", True), ("eve", "setup", True), ("eve", "setup roles", True), ("eve", "preview", True), ("eve", "help", True),
]  # fmt: skip


@pytest.mark.parametrize(("who", "text", "admin"), COMMANDS)
async def test_answers_and_all_their_pages(office: Office, who: str, text: str, admin: bool) -> None:
    human = getattr(office, who)
    seen = await office.slash(human, text, admin=admin)
    within(office, seen)
    for _ in range(40):
        turning = next((label for label in ("Next", "More") if label in seen.labels), None)
        if turning is None:
            break
        await office.press(human, seen, turning)
        within(office, seen)


async def test_awards_to_many_of_the_longest_names(office: Office) -> None:
    people = [office.town.human(f"h{number}", profile={"display_name": LONG[:80]}) for number in range(100)]
    seen = await office.slash(office.eve, f"award closed {' '.join(human.mention for human in people)} {'n' * 2000}", admin=True)
    within(office, seen)


async def test_the_home_tab_and_what_it_opens(office: Office) -> None:
    for who in (office.ana, office.bob, office.eve, office.zoe):
        home = await office.home(who)
        within(office, home)
        for label in dict.fromkeys(home.labels):
            if label in ("Show all", "What else you can ask", "Forget me"):
                (window, *_) = await office.press(who, home, label)
                within(office, window)
                while "Next" in window.labels:
                    (window,) = await office.press(who, window, "Next")
                    within(office, window)


async def test_a_nomination_that_many_decide_about(office: Office) -> None:
    seen = await office.slash(office.ana, f"nominate star {office.bob.mention} {'r' * 2000}")
    within(office, seen)
    for who, label in ((office.bob, "Accept"), (office.eve, "Approve")):
        await office.press(who, seen, label)
        within(office, seen)


@pytest.mark.parametrize(
    ("text", "admin"), [("nominate", False), ("award", True), ("create", True), ("edit", True), (f"edit {'x' * 255}", True)]
)
async def test_forms_and_what_is_handed_in(office: Office, text: str, admin: bool) -> None:
    shown = await office.slash(office.eve, text, admin=admin)
    within(office, shown)
    most: dict[str, Any] = {"badge": MANY[0].slug, "person": office.zoe, "people": [office.zoe, office.bob]}
    fields = [block for block in shown.blocks if block["type"] == "input"]
    filled = {block["block_id"]: most.get(block["block_id"]) or "w" * block["element"]["max_length"] for block in fields}
    for seen in await office.submit(office.eve, shown, filled):
        within(office, seen)
    if office.acked and "errors" in office.acked:
        assert office.acked["errors"].keys() <= {block["block_id"] for block in fields}
        assert all(0 < len(text) <= 2000 for text in office.acked["errors"].values())


async def test_what_is_too_long_for_a_form_is_answered_without(office: Office) -> None:
    seen = await office.slash(office.eve, f"edit {'x' * 3500}", admin=True)
    assert seen.kind == "alone"
    within(office, seen)


async def test_completions(office: Office) -> None:
    shown = await office.slash(office.ana, "nominate")
    assert len(await office.suggested(office.ana, shown, "")) > 20


async def test_shortcuts(office: Office) -> None:
    message = await office.bob.says(office.hall, LONG)
    for shown in (await office.message_shortcut(office.ana, message), await office.shortcut(office.ana)):
        within(office, shown)


async def test_answers_in_threads_and_direct_messages(office: Office, tmp_path: Path) -> None:
    for seen in (
        *await office.mention(office.ana, f"<@{office.town.bot_user}> list", thread="1.1"),
        *await office.direct(office.ana, "profile"),
        *await office.direct(office.ana, "settings"),
    ):
        within(office, seen)
