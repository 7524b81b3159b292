"""What badges are called and look like, for whoever speaks of them."""

from collections.abc import Callable, Mapping

from ..announcer import Described
from ..registry import Registry


def describer(registries: Callable[[], Mapping[str, Registry]]) -> Callable[[str, str, int], Described | None]:
    """Looks a badge's level up in the present generation; None for a badge that is gone."""

    def describe(community: str, slug: str, level: int) -> Described | None:
        registry = registries().get(community)
        definition = registry.definitions.get(slug) if registry else None
        if definition is None:
            return None
        badge, its = definition.badge, definition.levels[min(level, len(definition.levels)) - 1]
        return Described(
            definition.name, its.name, its.description or badge.description, badge.emoji, definition.image(level), badge.message,
            counted=badge.repeatable and bool(definition.thresholds) and not definition.terms.per,
        )  # fmt: skip

    return describe
