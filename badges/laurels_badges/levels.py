"""The levels that the pack's badges share: metals, each with its own image."""

from laurels import Level

METALS = ("Bronze", "Silver", "Gold", "Diamond")


def metals(slug: str, *steps: tuple[int, str]) -> tuple[Level, ...]:
    """One level per (threshold, description), from Bronze up, each with the badge's image in that metal."""
    return tuple(
        Level(metal, at=at, description=description, image=f"images/{slug}-{number}.svg")
        for number, (metal, (at, description)) in enumerate(zip(METALS, steps, strict=False), start=1)
    )
