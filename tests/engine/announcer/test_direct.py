"""To the winner alone: as they wish, or as the community does."""

from typing import Any

import pytest

from laurels import Account, Place, Unreachable
from laurels.config.places import fault
from laurels.filed import Preference
from laurels.model import Announcement
from laurels.periods import to_micros

ANA = Place("chat", "@ana", private=True)
FORGE = Account("forge", "ana7", name="Ana")


async def wishes(scene: Any, wish: str, who: str = "Ana") -> None:
    await scene.store.save("acme", Preference(account=await scene.person(who), name="announce", value=wish, time=to_micros(scene.now)))


def places(adapter: Any) -> list[Place]:
    return [versions[-1].place for versions in adapter.messages.values()]


@pytest.fixture
def direct(scene: Any) -> Any:
    scene.chat.direct_messages = True
    return scene


async def test_who_wants_it_is_told_alone(direct: Any) -> None:
    await wishes(direct, "dm")
    await direct.wins("Ana", "helper")
    await direct.wins("Bob", "helper")
    await direct.announcer().rest()
    assert places(direct.chat) == [ANA, Place("chat", "hall", name="hall")]


async def test_also_of_what_happened_in_private_and_elsewhere(direct: Any) -> None:
    await direct.person("Ana", FORGE)
    await wishes(direct, "dm")
    await direct.wins("Ana", "helper", place=Place("chat", "cellar", private=True))
    await direct.wins("Ana", "maker", place=Place("forge", "acme/rocket", thread="7"))
    await direct.announcer().rest()
    assert places(direct.chat) == [ANA]
    assert [one.badge for one in direct.chat.calls[0][0].won] == ["helper", "maker"]
    assert places(direct.forge) == []


async def test_where_nothing_can_do_that_it_is_told_as_usual(scene: Any) -> None:
    await wishes(scene, "dm")
    await scene.wins("Ana", "helper")
    await scene.announcer().rest()
    assert places(scene.chat) == [Place("chat", "hall", name="hall")]


async def test_who_can_be_told_nothing_alone_is_told_nowhere_else_and_nobody_is_alarmed(direct: Any) -> None:
    direct.settle(announce=("chat:wall",))
    await wishes(direct, "dm")
    direct.chat.script.append(Unreachable("they take none"))
    await direct.wins("Ana", "helper")
    announcer = direct.announcer()
    await announcer.rest()
    assert (places(direct.chat), await direct.fates(), await direct.store.troubles()) == ([], {"helper": "quiet"}, [])
    direct.passes(hours=1)
    await announcer.rest()
    assert len(direct.chat.calls) == 1


async def test_what_was_told_alone_is_corrected_alone(direct: Any) -> None:
    await wishes(direct, "dm")
    announcer = direct.announcer()
    await direct.wins("Ana", "helper")
    await announcer.rest()
    await direct.loses("Ana", "helper")
    await announcer.rest()
    assert [(said.place, said.withdrawn) for said, _ in direct.chat.calls] == [(ANA, False), (ANA, True)]


async def test_a_wish_that_comes_while_it_is_tried_again_is_heeded(direct: Any) -> None:
    direct.chat.script.append(Unreachable("no"))
    direct.settle(announce=("chat:wall", "chat:hall"))

    async def now_wishes(announcement: Announcement) -> None:
        await wishes(direct, "dm")

    direct.chat.before = now_wishes
    await direct.wins("Ana", "helper")
    await direct.announcer().rest()
    assert places(direct.chat) == [ANA]


async def test_a_community_may_tell_winners_alone_and_its_own_place_where_that_fails(direct: Any) -> None:
    direct.settle(announce=("chat:@winner", "chat:wall"))
    direct.chat.script.extend([None, Unreachable("they take none")])
    await direct.wins("Ana", "helper")
    await direct.announcer().rest()
    await direct.wins("Bob", "helper")
    await direct.announcer().rest()
    assert places(direct.chat) == [ANA, Place("chat", "wall", name="wall")]


async def test_a_community_may_name_where_it_happened_before_its_own_place(scene: Any) -> None:
    scene.settle(announce=("chat:wall", "chat:@place"))
    await scene.wins("Ana", "helper")
    scene.settle(announce=("chat:@place", "chat:wall"))
    await scene.announcer().rest()
    scene.chat.script.append(Unreachable("forbidden"))
    await scene.wins("Bob", "helper")
    await scene.announcer().rest()
    assert places(scene.chat) == [Place("chat", "hall", name="hall"), Place("chat", "wall", name="wall")]


async def test_what_goes_elsewhere_is_told_to_the_operator_and_corrected_there(scene: Any) -> None:
    scene.settle(announce=("chat:hall", "chat:wall"))
    scene.chat.script.append(Unreachable("forbidden"))
    announcer = scene.announcer()
    await scene.wins("Ana", "helper")
    await announcer.rest()
    (trouble,) = await scene.store.troubles()
    assert (trouble.said, trouble.again, trouble.place.channel) == (True, None, "wall")
    assert trouble.error == "chat:hall can't be reached: forbidden"
    await scene.loses("Ana", "helper")
    await announcer.rest()
    assert scene.chat.texts == ["Ana no longer holds Helper"]


async def test_an_announcement_says_whether_it_may_have_been_posted(scene: Any) -> None:
    scene.chat.script.extend([OSError("down"), None])
    await scene.wins("Ana", "helper")
    announcer = scene.announcer()
    await announcer.rest()
    scene.passes(seconds=2)
    await announcer.rest()
    await scene.loses("Ana", "helper")
    await announcer.rest()
    assert [(said.retry, earlier is not None) for said, earlier in scene.chat.calls] == [(False, False), (True, False), (False, True)]


@pytest.mark.parametrize(("private", "elsewhere", "url"), [(False, True, "u"), (False, False, "u"), (True, False, "u"), (True, True, "")])
async def test_it_leads_to_what_was_done_where_readers_can_see_that(direct: Any, private: bool, elsewhere: bool, url: str) -> None:
    if elsewhere:
        await wishes(direct, "dm")
    await direct.wins("Ana", "helper", place=Place("chat", "hall", name="hall", url="u", private=private))
    await direct.announcer().rest()
    assert direct.chat.calls[0][0].won[0].url == url


@pytest.mark.parametrize(
    ("text", "news", "wrong"),
    [
        ("discord:#badges", True, ""), ("discord:@winner", True, ""), ("discord:@place", True, ""),
        ("discord:@winners", True, "'discord:@winners' is nobody's place; there are discord:@place and discord:@winner"),
        ("discord:@winner", False, "'discord:@winner' is nobody's place"), ("#badges", True, "'#badges' is no place"),
    ],
)  # fmt: skip
def test_a_place_is_written_like_this(text: str, news: bool, wrong: str) -> None:
    assert fault(text, news=news) == wrong
