"""What admins set for their community while laurels runs."""

from typing import ClassVar

from .base import Filed


class Setting(Filed, frozen=True, kw_only=True):
    """One setting, by entry *seq*; *value* is JSON. It goes before what the configuration says."""

    table: ClassVar[str] = "setting"
    key: ClassVar[tuple[str, ...]] = ("name",)

    name: str
    value: str
    seq: int
    time: int
