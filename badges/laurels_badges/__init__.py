"""The starter pack: sixteen badges that any community can begin with.

The pack uses nothing but the public names of ``laurels``, so each badge here can be copied as the start of your own: code and measures in
the modules, rules without code in ``kindness.toml``. Every image is in ``images/``.
"""

from .activity import Anniversary, FirstSteps, OnARoll, Regular
from .github import BugHunter, Contributor, Explorer, FirstMerge, Reviewer
from .metas import BridgeBuilder, CommunityChoice

#: Rule files of this package, registered with the classes.
rules = ("kindness.toml",)

__all__ = [
    "Anniversary", "BridgeBuilder", "BugHunter", "CommunityChoice", "Contributor", "Explorer", "FirstMerge", "FirstSteps", "OnARoll",
    "Regular", "Reviewer", "rules",
]  # fmt: skip
