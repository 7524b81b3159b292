"""The Acme community's badges: who solves code katas, and how well."""

from laurels import Badge, Check, Distinct, EventType, Grant, Level, Verdict

__all__ = ["Kata", "Points", "kata_solved", "rules"]

#: Rule files of this package, registered with the classes.
rules = ("streaks.toml",)

kata_solved = EventType("kata.solved", "Someone solved a code kata; `points` is their score so far.", kata=str, points=int)


class Kata(Badge):
    """Counted: solving the same kata again doesn't help."""

    slug = "kata"
    name = "Kata"
    description = "Solved different code katas."
    emoji = "\N{MARTIAL ARTS UNIFORM}"
    measure = Distinct("kata.solved", "event.data.kata")
    levels = (Level("Novice", at=1), Level("Adept", at=3), Level("Master", at=10))


class Points(Badge):
    """Decided in code: the event says how many points somebody has, and the highest level they suffice for is given."""

    slug = "points"
    name = "Points"
    description = "Has more than 5,000, 7,500 or 10,000 kata points."
    emoji = "\N{HUNDRED POINTS SYMBOL}"
    levels = ("Bronze", "Silver", "Gold")
    events = ("kata.solved",)

    def award(self, check: Check) -> Verdict:
        """Give the highest level that the points suffice for."""
        points = check.event.data["points"]
        for level, needed in ((3, 10_000), (2, 7_500), (1, 5_000)):
            if points > needed:
                return Grant(level=level)
        return None
