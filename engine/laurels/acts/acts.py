"""All that people can do in one community."""

from functools import cached_property

from .acting import Acting
from .awards import Awards


class Acts(Acting):
    """The acts by what they are about."""

    @cached_property
    def awards(self) -> Awards:
        """Awards by hand."""
        return Awards(self.desk, self.policy, self.community)
