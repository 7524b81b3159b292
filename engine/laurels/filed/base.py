"""What all records have in common: a table, and the fields that tell them apart in one community."""

from typing import ClassVar

from msgspec import Struct


class Filed(Struct, frozen=True, kw_only=True):
    """A record. Its fields are the columns of *table*, beside the community; *key* names those that are unique there.

    The fields that *accounts* names are ids of accounts, not of persons: linking merges and splits people and rewrites no record.
    *indexes* are what they are looked up by beside the key. Times are microseconds since 1970 UTC.
    """

    table: ClassVar[str]
    key: ClassVar[tuple[str, ...]]
    accounts: ClassVar[tuple[str, ...]] = ()
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = ()
