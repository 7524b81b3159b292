"""The tables of :mod:`laurels.outbox`: what people are told of awards."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, text

from .schema import Id, metadata

# One row per award that may be spoken of. `wanted`: whether the award stands; `shown`: what people were told, '', 'maybe' (a try that may
# have got through), 'won' or 'withdrawn'. `fate`: why it is not posted: '', 'shadow', 'quiet', 'stale', 'nowhere', 'failed'.
outbox = Table(
    "outbox", metadata,
    Column("award", Id, ForeignKey("award.id"), primary_key=True, autoincrement=False),
    Column("community", Id, ForeignKey("community.id"), nullable=False),
    Column("person", Id, nullable=False),
    Column("time", BigInteger, nullable=False),
    Column("place", Text, nullable=True),
    Column("wanted", Boolean, nullable=False),
    Column("shown", String(20), nullable=False, server_default=""),
    Column("fate", String(20), nullable=False, server_default=""),
    Column("post", Id, nullable=True),
    Index("ix_outbox_open", "community", "person",
          sqlite_where=text("fate = '' AND post IS NULL AND wanted"), postgresql_where=text("fate = '' AND post IS NULL AND wanted")),
    Index("ix_outbox_post", "post"),
)  # fmt: skip

# A message: the coalesced awards of one person for one place, frozen when first claimed. `lease`: 0 while it gathers,
# 1 when nobody holds it.
post = Table(
    "post", metadata,
    Column("id", Id, primary_key=True),
    Column("community", Id, ForeignKey("community.id"), nullable=False),
    Column("person", Id, nullable=False),
    Column("adapter", String(60), nullable=False),
    Column("place", Text, nullable=False),
    Column("due", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("lease", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("receipt", Text, nullable=True),
    Column("error", Text, nullable=False, server_default=""),
    Index("ix_post_open", "at", sqlite_where=text("due"), postgresql_where=text("due")),
)  # fmt: skip
