"""Badges for work on GitHub. Each takes another person's judgement: a merge, an accepted answer, a label."""

from laurels import Badge, Count, Distinct, Level

from .levels import metals

#: Labels by which maintainers confirm a bug: ``bug``, ``confirmed``, ``Type: Bug``, ``kind/bug``, ``C-bug``, ``status: confirmed``, ...
CONFIRMED = r"(?i)^((type|kind|status|bug|t|c|s)\\s*[:/-]\\s*)?(confirmed[ -])?(bug|confirmed)$"


class FirstMerge(Badge):
    """Merging one's own pull request doesn't win it."""

    slug = "first-merge"
    name = "First Merge"
    description = (
        "Someone else merged your pull request for the first time. A merge by a bot or a merge queue doesn't count: "
        "GitHub doesn't say who was behind it. Nor does chat tell of merges."
    )
    emoji = "🔀"
    image = "images/first-merge.svg"
    tags = ("github",)
    points = 10
    measure = Count("pull_request.merged", to="event.data.author")
    levels = (Level(at=1, description="One pull request merged by another person.", image="images/first-merge.svg"),)


class Contributor(Badge):
    """Days with a merge are counted, so that one change cut into ten pull requests is worth as much as one."""

    slug = "contributor"
    name = "Contributor"
    description = (
        "Other people merged your pull requests on many different days. A day counts once, so nobody gains by cutting a change into "
        "pieces. How much a pull request is worth GitHub can't tell; a merge by a bot or a merge queue doesn't count."
    )
    emoji = "💻"
    image = "images/contributor.svg"
    tags = ("github",)
    points = 20
    measure = Distinct("pull_request.merged", "event.local_date", to="event.data.author")
    levels = metals(
        "contributor",
        (5, "Merged on five days."),
        (25, "Merged on twenty-five days."),
        (100, "Merged on a hundred days."),
    )


class Reviewer(Badge):
    """Counts when the pull request is merged, so that a review of what nobody wants wins nothing."""

    slug = "reviewer"
    name = "Reviewer"
    description = (
        "Reviewed other people's pull requests that were then merged. Each pull request counts once, however many reviews it took. "
        "GitHub tells that there was a review, not how careful it was; a review outside of GitHub is not seen."
    )
    emoji = "👀"
    image = "images/reviewer.svg"
    tags = ("github",)
    points = 20
    #: A reviewer may press the merge button; the pull request's author is never among the reviewers.
    allow_self = True
    measure = Distinct("pull_request.merged", "event.data.pull_request", to="event.data.reviewers")
    levels = metals(
        "reviewer",
        (5, "Five merged pull requests reviewed."),
        (50, "Fifty merged pull requests reviewed."),
        (250, "Two hundred and fifty merged pull requests reviewed."),
    )


class BugHunter(Badge):
    """The label must come from someone else; a template that labels the reporter's issue does so in the reporter's name."""

    slug = "bug-hunter"
    name = "Bug Hunter"
    description = (
        "Reported bugs that a maintainer confirmed with a label such as 'bug' or 'confirmed'. Each issue counts once, while the label is "
        "on it; labels that a bot or you yourself put on don't count. GitHub can't tell which other labels of a project mean the same."
    )
    emoji = "🪲"
    image = "images/bug-hunter.svg"
    tags = ("github",)
    points = 20
    measure = Distinct(
        "issue.labeled",
        "event.place.name",
        to="event.data.author",
        where=f"!event.data.pull_request && event.data.label.matches('{CONFIRMED}')",
    )
    levels = metals(
        "bug-hunter",
        (1, "One confirmed bug."),
        (10, "Ten confirmed bugs."),
        (50, "Fifty confirmed bugs."),
    )


class Explorer(Badge):
    """An issue or a comment is opened in a minute anywhere; a merge or an accepted answer shows that one has arrived."""

    slug = "explorer"
    name = "Explorer"
    description = (
        "Found a way into different repositories: in each, someone else merged your pull request or accepted your answer. Only the "
        "repositories of this community are seen, and what was done there without a merge or an accepted answer is not."
    )
    emoji = "🧭"
    image = "images/explorer.svg"
    tags = ("github",)
    points = 20
    measure = Distinct(("pull_request.merged", "discussion.answered"), "event.data.repository", to="event.data.author")
    levels = metals(
        "explorer",
        (2, "Two repositories."),
        (5, "Five repositories."),
        (15, "Fifteen repositories."),
    )
