"""Which accounts were whose, and are."""

from collections.abc import Mapping
from functools import cached_property


class Turnover:
    """*before* and *after* have, by account, the person it belongs to; both by id."""

    def __init__(self, before: Mapping[int, int], after: Mapping[int, int]) -> None:
        self.before, self.after = before, after

    @cached_property
    def moved(self) -> Mapping[int, int]:
        """The accounts that come to another person, with that person."""
        return {account: person for account, person in self.after.items() if self.before[account] != person}

    @cached_property
    def concerned(self) -> set[int]:
        """Persons of whom anything changes."""
        return {person for account in self.moved for person in (self.before[account], self.after[account])}

    @cached_property
    def present(self) -> set[int]:
        """Those of them who are somebody afterwards."""
        return self.concerned & set(self.after.values())

    @cached_property
    def gone(self) -> set[int]:
        """Those who are part of another afterwards."""
        return self.concerned - self.present

    @cached_property
    def accounts(self) -> Mapping[int, set[int]]:
        """The accounts of each person afterwards."""
        return {person: {account for account, its in self.after.items() if its == person} for person in set(self.after.values())}
