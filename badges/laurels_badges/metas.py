"""Badges that are won by other badges, or given by people."""

from laurels import Badge, all_of, any_of


class BridgeBuilder(Badge):
    """Nothing of its own is counted: it comes with the last of the badges that it asks for."""

    slug = "bridge-builder"
    name = "Bridge Builder"
    description = (
        "Helps people and gets work merged: holds Helper or Solver, and First Merge. What one does in chat and on GitHub comes together "
        "only for those who linked their accounts: no platform tells who is who elsewhere."
    )
    emoji = "🌉"
    image = "images/bridge-builder.svg"
    tags = ("meta",)
    points = 30
    requires = all_of(any_of("helper", "solver"), "first-merge")


class CommunityChoice(Badge):
    """Has no rule: people nominate somebody for it, or award it by hand."""

    slug = "community-choice"
    name = "Community Choice"
    description = (
        "Given by people to one of their own, for what no platform can count. Nothing wins it by itself: everybody can "
        "nominate somebody, and those who may award badges approve, or give it by hand and say what for."
    )
    emoji = "🌟"
    image = "images/community-choice.svg"
    tags = ("given",)
    points = 50
    nominations = True
