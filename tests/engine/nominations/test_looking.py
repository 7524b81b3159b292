"""Lists, what waits for whom, and who sees it."""

from laurels import Actor
from laurels.testing import World


def ids(found):
    return [one.id for one in found]


async def test_lists_are_by_state_and_of_and_by_a_person_newest_first(it, world: World):
    first = (await it.nominate("Bob", "kind", "Ana")).seq
    second = (await it.nominate("Ana", "quorum", "Cem")).seq
    third = (await it.nominate("Bob", "quorum", "Eli")).seq
    await it.reject("Bob", third)
    assert ids(await it.acts.listed()) == [second, first]
    assert ids(await it.acts.listed(it.account("Ana"))) == [second, first]
    assert ids(await it.acts.listed(it.account("Bob"), state=None)) == [third, first]
    assert ids(await it.acts.listed(state="withdrawn")) == [third]
    assert await it.acts.listed(it.account("Dee")) == []
    other = world.person("Ana2", platform="other")
    await world.links(world.person("Ana"), other)
    assert ids(await it.acts.listed(other.account)) == [second, first]


async def test_the_inbox_has_what_waits_for_somebody_and_nothing_that_is_over(it):
    """Open ones only, whoever made the badge; what one has spoken on, nominated or is nominated for is no longer for one to approve."""
    kind = (await it.nominate("Bob", "kind", "Ana")).seq
    quorum = (await it.nominate("Dee", "quorum", "Ana")).seq
    auto = (await it.nominate("Bob", "auto", "Ana")).seq
    direct = (await it.nominate("Bob", "direct", "Dee")).seq
    over = (await it.nominate("Bob", "cake", "Ana")).seq
    await it.reject("Eli", over)
    inboxes = {name: await it.acts.inbox(it.actor(name)) for name in ("Ana", "Bob", "Cem", "Dee", "Eli")}
    assert {name: (ids(box.accept), ids(box.approve)) for name, box in inboxes.items()} == {
        "Ana": ([auto, quorum, kind], []),
        "Bob": ([], []),
        "Cem": ([], [kind]),
        "Dee": ([], [kind]),
        "Eli": ([], [direct, quorum, kind]),
    }
    await it.approve("Eli", kind)
    await it.accept("Ana", quorum)
    assert ids((await it.acts.inbox(it.actor("Eli"))).approve) == [direct, quorum]
    assert ids((await it.acts.inbox(it.actor("Ana"))).accept) == [auto, kind]


async def test_all_of_it_is_seen_by_those_whom_it_concerns(it):
    id_ = (await it.nominate("Bob", "kind", "Ana")).seq
    found = await it.acts.find(id_)
    shown = {name: await it.acts.shown(it.actor(name), found) for name in ("Ana", "Bob", "Cem", "Dee", "Zoe")}
    assert shown == {"Ana": True, "Bob": True, "Cem": True, "Dee": True, "Zoe": False}
    assert await it.acts.shown(Actor(it.account("Zoe"), ("admin",)), found)


async def test_what_is_not_there_has_no_story(it):
    assert (await it.acts.find(999), await it.acts.story(999), await it.acts.voices(999)) == (None, None, [])
