"""Claim codes, and who used them."""

from typing import ClassVar

from .base import Filed


class Claim(Filed, frozen=True, kw_only=True):
    """A code that gives a badge to who claims it.

    *code* is in its normal form. *batch* names the codes that were made together, of one badge. *uses* is how often it may be used, None
    for any number; *used* how often it was. *bound* is the account that alone may claim it, or 0. *maker* made it, having *roles* then:
    a code whose maker may no longer award the badge gives nothing. *state*: ``good`` or ``withdrawn``.
    """

    table: ClassVar[str] = "claim"
    key: ClassVar[tuple[str, ...]] = ("code",)
    accounts: ClassVar[tuple[str, ...]] = ("bound", "maker")
    indexes: ClassVar[tuple[tuple[str, ...], ...]] = (("batch",),)

    code: str
    batch: str
    badge: str
    level: int = 1
    uses: int | None = 1
    used: int = 0
    expires: int | None = None
    bound: int = 0
    note: str = ""
    evidence: tuple[str, ...] = ()
    maker: int
    roles: tuple[str, ...] = ()
    seq: int
    time: int
    state: str = "good"


class ClaimUse(Filed, frozen=True, kw_only=True):
    """A code was used by *account* with entry *seq*; what failed is not kept here."""

    table: ClassVar[str] = "claim_use"
    key: ClassVar[tuple[str, ...]] = ("code", "account", "seq")
    accounts: ClassVar[tuple[str, ...]] = ("account",)

    code: str
    account: int
    seq: int
    time: int
