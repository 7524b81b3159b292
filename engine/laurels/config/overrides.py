"""What a community changes about a badge."""

from msgspec import structs

from ..badge import Badge, Level
from ..errors import LaurelsError
from .model import Override

_PLAIN = ("name", "description", "message", "emoji", "image", "points", "hidden")


def overridden(badge: Badge, override: Override) -> Badge:
    """*badge* as the community has it. Raises LaurelsError where the thresholds don't go with its levels."""
    changed = {name: getattr(override, name) for name in _PLAIN if getattr(override, name) is not None}
    if override.levels is not None:
        changed["levels"] = _levels(badge, override.levels)
    return badge.replace(**changed) if changed else badge


def _levels(badge: Badge, thresholds: tuple[float, ...]) -> tuple[Level | str, ...]:
    levels = [level for level in badge.levels if isinstance(level, Level) and level.at is not None]
    if not levels:
        raise LaurelsError(f"{badge.slug!r} has no thresholds that could be changed")
    if len(levels) != len(thresholds):
        raise LaurelsError(f"{badge.slug!r} has {len(levels)} levels, and the override {len(thresholds)} thresholds")
    return tuple(structs.replace(level, at=at) for level, at in zip(levels, thresholds, strict=True))
