"""All that people can do in one community."""

from functools import cached_property

from ..activity.activity import Activity
from .acting import Acting
from .awards import Awards
from .claims import Claims
from .nominations import Nominations


class Acts(Acting):
    """The acts by what they are about."""

    @cached_property
    def activity(self) -> Activity:
        """What was won lately, and leaderboards."""
        return Activity(self.desk, self.policy, self.community)

    @cached_property
    def awards(self) -> Awards:
        """Awards by hand."""
        return Awards(self.desk, self.policy, self.community)

    @cached_property
    def claims(self) -> Claims:
        """Claim codes."""
        return Claims(self.desk, self.policy, self.community)

    @cached_property
    def nominations(self) -> Nominations:
        """Nominations."""
        return Nominations(self.desk, self.policy, self.community)
