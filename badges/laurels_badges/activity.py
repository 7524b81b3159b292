"""Badges for being there, on any platform: days and weeks count, never how much was written on them."""

from datetime import date

from laurels import CONTRIBUTIONS, Badge, Check, Count, Distinct, Grant, Level, Streak, Verdict

from .levels import metals

#: One counter for both badges that use it.
ACTIVE_DAYS = Distinct(CONTRIBUTIONS, "event.local_date")

#: Every event that says whose words it answers.
ANSWERS = ("message.posted", "issue.commented", "review.submitted", "review.commented", "discussion.commented")


class FirstSteps(Badge):
    """What was written doesn't count, only that somebody else found it worth an answer."""

    slug = "first-steps"
    name = "First Steps"
    description = (
        "Someone else answered something you wrote for the first time. In chat only a reply or a message in your thread is known as an "
        "answer; a line that is just written below yours can't be told from other talk."
    )
    emoji = "👣"
    image = "images/first-steps.svg"
    tags = ("activity",)
    points = 5
    measure = Count(ANSWERS, to="event.data.answered")
    levels = (Level(at=1, description="One answer from another person.", image="images/first-steps.svg"),)


class Regular(Badge):
    """A day counts once, however much is written on it."""

    slug = "regular"
    name = "Regular"
    description = (
        "Contributed on many different days. A day counts once; messages, issues, pull requests, reviews, comments, discussions and "
        "pushes all count. Who only reads can't be seen on any platform."
    )
    emoji = "📅"
    image = "images/regular.svg"
    tags = ("activity",)
    points = 10
    measure = ACTIVE_DAYS
    levels = metals(
        "regular",
        (7, "Seven active days."),
        (30, "Thirty active days."),
        (100, "A hundred active days."),
        (365, "As many active days as a year has."),
    )


class OnARoll(Badge):
    """One missing week in a month is forgiven, so that a holiday ends nothing."""

    slug = "on-a-roll"
    name = "On a Roll"
    description = (
        "Contributed week after week. One contribution a week is enough, and one missed week in each month is forgiven. Weeks begin on "
        "Monday in the community's time zone; nobody's own zone is known."
    )
    emoji = "🔥"
    image = "images/on-a-roll.svg"
    tags = ("activity",)
    points = 10
    measure = Streak(CONTRIBUTIONS, period="week", freezes=1, freeze_per="month")
    levels = metals(
        "on-a-roll",
        (4, "Four weeks in a row."),
        (12, "Twelve weeks in a row."),
        (26, "Half a year of weeks in a row."),
        (52, "A whole year of weeks in a row."),
    )


class Anniversary(Badge):
    """Asked at each contribution, so that it comes on a day on which the member is there to see it."""

    slug = "anniversary"
    name = "Anniversary"
    description = (
        "A member for a year, and active on twelve days or more of the last one. Membership begins with the first thing that laurels saw: "
        "joining (Discord and Slack tell, GitHub doesn't) or contributing. What was before laurels came is not known."
    )
    emoji = "🎂"
    image = "images/anniversary.svg"
    tags = ("activity",)
    points = 20
    events = CONTRIBUTIONS
    measures = (ACTIVE_DAYS,)

    #: How many active days the last year must have.
    days = 12

    async def award(self, check: Check) -> Verdict:
        """Grant it at the first contribution that finds the year and the days complete."""
        if self.slug in check.held or check[ACTIVE_DAYS] < self.days:
            return None
        today = date.fromisoformat(check.event.data["local_date"])
        since = a_year_before(today).isoformat()
        if not await check.count((*CONTRIBUTIONS, "member.joined"), until=since):
            return None
        active = await check.distinct_days(CONTRIBUTIONS, since=since, until=today.isoformat())
        return Grant() if active >= self.days else None


def a_year_before(day: date) -> date:
    """The same day of the year before; for 29 February the 28th."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
