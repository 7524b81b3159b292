"""What holds for every badge pack."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from ..event_type import EventType
from ..generation import Generation, build
from ..loaded import Loaded
from ..model import Event
from ..registry import Registry
from . import samples
from .pack import gather
from .settings import settings
from .world import World


class PackSuite:
    """Inherit it, and override the fixture ``pack``.

    Where made-up events are nonsense to a badge, override ``stream`` too: a list of events that the pack is meant for.
    """

    @pytest.fixture
    def loaded(self, pack: Any, request: pytest.FixtureRequest) -> Loaded:
        """What is in the pack."""
        return gather(pack, request.path.parent)

    @pytest.fixture
    def generation(self, loaded: Loaded, configuration: str, tmp_path: Path) -> Generation:
        """What laurels makes of it."""
        return build(settings(tmp_path, configuration), loaded)

    @pytest.fixture
    def registry(self, generation: Generation) -> Registry:
        """The badges that can be used."""
        return next(iter(generation.registries.values()))

    @pytest.fixture
    def stream(self, registry: Registry) -> Sequence[Event]:
        """Events that the badges listen to, made up."""
        return samples.stream(heard(registry))

    def test_every_badge_can_be_used(self, generation: Generation, registry: Registry) -> None:
        """Nothing is refused: attributes, measures, conditions, requirements, images."""
        assert [str(problem) for problem in generation.problems] == []
        assert registry.definitions, "there is no badge in the pack"

    def test_every_badge_says_what_it_is(self, registry: Registry) -> None:
        """People see a name, a description and an emoji."""
        silent = {
            definition.slug: missing
            for definition in registry.definitions.values()
            if (missing := [name for name in ("description", "emoji") if not getattr(definition.badge, name)])
        }
        assert silent == {}

    def test_every_badge_is_the_same_at_every_start(
        self, pack: Any, registry: Registry, configuration: str, tmp_path: Path, request: pytest.FixtureRequest
    ) -> None:
        """Slug and rule don't change by themselves: awards are held by the slug, and a changed rule counts the past anew."""
        again = build(settings(tmp_path, configuration), gather(pack, request.path.parent))
        assert causes(registry) == causes(next(iter(again.registries.values())))

    @pytest.mark.asyncio
    async def test_no_badge_fails_on_an_event_that_tells_nothing(self, loaded: Loaded, configuration: str, tmp_path: Path) -> None:
        """Platforms leave out what they don't know: every field may be empty."""
        async with World(tmp_path, loaded, configuration=configuration, strict=False) as world:
            someone, registry = world.person("Someone"), world.registry
            for declared in heard(registry):
                await world.happens(declared.name, someone, **samples.empty(declared))
            assert world.failures == []

    @pytest.mark.asyncio
    async def test_the_same_events_win_the_same_badges(
        self, loaded: Loaded, configuration: str, stream: Sequence[Event], tmp_path: Path
    ) -> None:
        """In whatever order they arrive, however often; and a regrade changes nothing. For badges that are ``deterministic``."""
        won = []
        for name, events in (("in order", stream), ("in disorder", samples.disorder(stream))):
            (tmp_path / name).mkdir()
            async with World(tmp_path / name, loaded, configuration=configuration, strict=False) as world:
                await world.replay(events)
                assert world.failures == []
                assert await world.regraded() == [], name
                people = {account.key: account for event in stream if (account := event.actor)}
                won.append({key: sorted(world.awards(world.person(account.name))) for key, account in people.items()})
        assert won[0] == won[1]


def heard(registry: Registry) -> list[EventType]:
    """The types that any badge listens to; of ``github.*`` one that nobody has heard of."""
    names = [*registry.types, "github.sample.happened"]
    return [registry.types.get(name) or EventType(name) for name in names if any(registry.listeners(name))]


def causes(registry: Registry) -> Mapping[str, str]:
    """What the awards of each badge are given for."""
    return {slug: definition.cause for slug, definition in registry.definitions.items()}
