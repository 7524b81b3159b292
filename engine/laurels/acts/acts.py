"""All that people can do in one community."""

from functools import cached_property

from ..activity.activity import Activity
from ..steering.steering import Steering
from .acting import Acting
from .awards import Awards
from .claims import Claims
from .links import Links
from .nominations import Nominations
from .privacy import Privacy
from .workshop import Workshop


class Acts(Acting):
    """The acts by what they are about."""

    @cached_property
    def activity(self) -> Activity:
        """What was won lately, and leaderboards."""
        return Activity(self.desk, self.policy, self.community)

    @cached_property
    def steering(self) -> Steering:
        """What admins set while laurels runs."""
        return Steering(self.desk, self.policy, self.community)

    @cached_property
    def awards(self) -> Awards:
        """Awards by hand."""
        return Awards(self.desk, self.policy, self.community)

    @cached_property
    def claims(self) -> Claims:
        """Claim codes."""
        return Claims(self.desk, self.policy, self.community)

    @cached_property
    def links(self) -> Links:
        """Accounts of one's own."""
        return Links(self.desk, self.policy, self.community)

    @cached_property
    def nominations(self) -> Nominations:
        """Nominations."""
        return Nominations(self.desk, self.policy, self.community)

    @cached_property
    def privacy(self) -> Privacy:
        """What is kept of people, and what they want of it."""
        return Privacy(self.desk, self.policy, self.community)

    @cached_property
    def workshop(self) -> Workshop:
        """Badges made by people."""
        return Workshop(self.desk, self.policy, self.community)
