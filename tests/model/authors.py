"""Badges with code, as authors write them: what the random badge sets draw from. Each looks at something else of the check."""

from laurels import CLOCK_DAY, Advance, Badge, Count, Distinct, Grant, Level, Streak

THREE = ("One", "Two", "Three")
SAID, THANKED, DONE = "test.said", "test.thanked", "test.done"


class ByPoints(Badge):
    """The event alone; levels come in any order."""

    events, levels = (SAID, DONE), THREE

    def award(self, check):
        points = check.event.data.get("points", 0)
        return Grant(level=min(points, 3)) if points > 0 else None


class ToOthers(Badge):
    """Grants to whom the event names, as a tuple of keys or one key."""

    events, levels = (SAID, THANKED), THREE

    def award(self, check):
        data = check.event.data
        to = data.get("receiver") or tuple(data.get("mentions", ()))
        return Grant(level=2 if data.get("label") == "x" else 1, to=to) if to else None


class Both(Badge):
    """Several grants in one verdict."""

    events, levels = (THANKED,), THREE

    def award(self, check):
        yield Grant(level=1, to=(check.event.actor, check.event.data["receiver"]))
        if check.event.data.get("label"):
            yield Grant(level=2, to=check.event.data["receiver"])


class Reader(Badge):
    """Reads a type that it doesn't listen to."""

    events, levels = (SAID,), THREE

    async def award(self, check):
        thanks = await check.count(THANKED)
        return Grant(level=min(thanks, 3)) if thanks else None


class Recent(Badge):
    """Reads the last days, in several ways."""

    events, levels = (SAID, DONE), THREE

    async def award(self, check):
        days = await check.distinct_days((SAID, DONE), last=5)
        labels = await check.distinct(SAID, "event.data.label", until=check.event.data["local_date"])
        points = await check.sum(DONE, "event.data.points", since=check.event.data["local_date"])
        score = (days >= 2) + (labels >= 2) + (points >= 3)
        return Grant(level=score) if score else None


class Watcher(Badge):
    """Its own measure, at events that don't move it too, and a further one."""

    events, levels = (SAID, DONE), THREE
    measure = Count(SAID, within="3d")
    measures = (Streak((SAID, THANKED)), Distinct(THANKED, "event.actor", to="event.data.receiver", per="day"))

    def award(self, check):
        score = (check.value >= 2) + (check[self.measures[0]] >= 2) + (check[self.measures[1]] >= 1)
        return Grant(level=score) if score else None


class Climber(Badge):
    """One level more at each event: what it holds by its own doing; thanks hand that on to someone else."""

    events, levels = (SAID, THANKED), THREE

    def award(self, check):
        return Grant(level=min(3, check.held.get(self.slug, 0) + 1), to=check.event.data.get("receiver"))


class Envious(Badge):
    """As high as what it requires."""

    events, levels = (SAID, DONE), THREE

    def award(self, check):
        highest = max((level for slug, level in check.held.items() if slug != self.slug), default=0)
        return Grant(level=min(3, highest)) if highest else None


class EachTime(Badge):
    """Won again and again."""

    events, repeatable = (THANKED, DONE), True

    def award(self, check):
        data = check.event.data
        return Grant(to=data.get("receiver")) if data.get("label") == "x" else None


class Mover(Badge):
    """Progress by steps, and back to the start."""

    events, levels = (SAID, DONE), (Level(at=2), Level(at=4), Level(at=7))

    def award(self, check):
        points = check.event.data.get("points", 0)
        return Advance(by=points) if points != -2 else Advance(to=0)


class MoverAgain(Mover):
    """The same, repeatable."""

    levels, repeatable = (Level(at=2),), True


class Doubler(Badge):
    """Progress that depends on the progress so far."""

    events, levels = (SAID, THANKED), (Level(at=2), Level(at=8))

    def award(self, check):
        return Advance(to=check.value * 2) if check.event.data.get("label") == "x" else [Advance(by=0.5), Advance(by=0.5)]


class Snowball(Badge):
    """Progress that depends on the level reached by progress."""

    events, levels = (SAID, DONE), (Level(at=1), Level(at=3), Level(at=6))

    def award(self, check):
        return Advance(by=0.5 + check.held.get(self.slug, 0))


class Frozen(Badge):
    """Decided later, on the state that was frozen."""

    events, levels, deferred = (SAID, DONE), THREE, True

    def freeze(self, check):
        return {"points": check.event.data.get("points", 0)}

    async def award(self, check):
        points = check.state["points"] + (await check.count(THANKED) > 0)
        return Grant(level=min(points, 3)) if points > 0 else None


class Daily(Badge):
    """Asked for everybody each day."""

    events, levels = (CLOCK_DAY,), THREE

    async def award(self, check):
        lines = await check.count((SAID, DONE), last=3)
        return Grant(level=max(1, min(lines, 3)))


AUTHORED = (
    ByPoints, ToOthers, Both, Reader, Recent, Watcher, Climber, Envious, EachTime, Mover, MoverAgain, Doubler, Snowball, Frozen, Daily,
)  # fmt: skip
