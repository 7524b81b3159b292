"""The tables. Keys inside are integers; every race is decided by a UNIQUE or primary key declared here.

Times are microseconds since 1970 UTC. `community` is the tenant: every row hangs on one, directly or through its account, unit or badge.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = BigInteger().with_variant(Integer, "sqlite")  # SQLite's rowid is the INTEGER PRIMARY KEY and nothing else

community = Table("community", metadata, Column("id", Id, primary_key=True), Column("name", String(100), nullable=False, unique=True))

# A person is known by the id of their first account; `person` names another account's id once a link was proved.
account = Table(
    "account", metadata,
    Column("id", Id, primary_key=True),
    Column("community", Id, ForeignKey("community.id"), nullable=False),
    Column("key", String(400), nullable=False),
    Column("name", String(200), nullable=False, server_default=""),
    Column("bot", Boolean, nullable=False, server_default=text("0")),
    Column("person", Id, nullable=True),
    Column("first_time", BigInteger, nullable=True),
    UniqueConstraint("community", "key"),
    Index("ix_account_person", "person"),
)  # fmt: skip

# Append-only: what happened and what people decided. `thing` is NULL where an event is its own thing.
journal = Table(
    "journal", metadata,
    Column("seq", Id, primary_key=True),
    Column("community", Id, ForeignKey("community.id"), nullable=False),
    Column("source", String(60), nullable=False),
    Column("id", String(512), nullable=False),
    Column("type", String(120), nullable=False),
    Column("time", BigInteger, nullable=False),
    Column("revised", BigInteger, nullable=False),
    Column("recorded", BigInteger, nullable=False),
    Column("local", Integer, nullable=False),
    Column("thing", String(512), nullable=True),
    Column("on", Boolean, nullable=False),
    Column("body", Text, nullable=False),
    UniqueConstraint("community", "source", "id"),
    Index(
        "ix_journal_thing", "community", "source", "thing",
        sqlite_where=text("thing IS NOT NULL"), postgresql_where=text("thing IS NOT NULL"),
    ),
)  # fmt: skip

# Accepted and not yet counted.
work = Table("work", metadata, Column("seq", Id, primary_key=True, autoincrement=False))

event_type = Table("event_type", metadata, Column("id", Id, primary_key=True), Column("name", String(120), nullable=False, unique=True))

# What counts: one row per effective event and account in it, in fold order. `own` is 1 for the actor.
trace = Table(
    "trace", metadata,
    Column("account", Id, primary_key=True, autoincrement=False),
    Column("type", Id, primary_key=True, autoincrement=False),
    Column("time", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", Id, primary_key=True, autoincrement=False),
    Column("own", Boolean, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

# Something that is folded per person: a measure (shared by all badges that have it), a badge's code, a meta-badge, a badge given by people.
unit = Table(
    "unit", metadata,
    Column("id", Id, primary_key=True),
    Column("community", Id, ForeignKey("community.id"), nullable=False),
    Column("key", String(2000), nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("reads", Text, nullable=False, server_default="[]"),
    UniqueConstraint("community", "key"),
)  # fmt: skip

# `settled`: everybody's past is evaluated under this definition; until then a person's is at their next event.
badge = Table(
    "badge", metadata,
    Column("id", Id, primary_key=True),
    Column("community", Id, ForeignKey("community.id"), nullable=False),
    Column("slug", String(200), nullable=False),
    Column("cause", String(300), nullable=False),
    Column("name", String(300), nullable=False),
    Column("levels", Text, nullable=False),
    Column("settled", Boolean, nullable=False),
    Column("retired", Boolean, nullable=False, server_default=text("0")),
    UniqueConstraint("community", "slug"),
)  # fmt: skip

settled = Table(
    "settled", metadata,
    Column("badge", Id, primary_key=True, autoincrement=False),
    Column("person", Id, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)  # fmt: skip

tally = Table(
    "tally", metadata,
    Column("unit", Id, primary_key=True, autoincrement=False),
    Column("person", Id, primary_key=True, autoincrement=False),
    Column("value", Float, nullable=False),
    Column("peak", Float, nullable=False),
    Column("wins", Integer, nullable=False),
    Column("last_time", BigInteger, nullable=False),
    Column("last_id", String(512), nullable=False),
    Column("extra", Text, nullable=True),
    sqlite_with_rowid=False,
)  # fmt: skip

# The values that an all-time distinct count has seen.
seen = Table(
    "seen", metadata,
    Column("unit", Id, primary_key=True, autoincrement=False),
    Column("person", Id, primary_key=True, autoincrement=False),
    Column("value", String(512), primary_key=True),
    sqlite_with_rowid=False,
)  # fmt: skip

# What a badge's code decided about an event of `subject`: a level to `recipient`; the first in fold order is kept.
given = Table(
    "given", metadata,
    Column("unit", Id, primary_key=True, autoincrement=False),
    Column("recipient", Id, primary_key=True, autoincrement=False),
    Column("subject", Id, primary_key=True, autoincrement=False),
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("occurrence", String(512), primary_key=True),
    Column("time", BigInteger, nullable=False),
    Column("event", String(512), nullable=False),
    Column("seq", Id, nullable=False),
    Column("note", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Index("ix_given_subject", "unit", "subject"),
    sqlite_with_rowid=False,
)  # fmt: skip

# What people decided about an award: given, revoked, reinstated; and what hooks vetoed. Derived from the journal, kept for reading.
ruling = Table(
    "ruling", metadata,
    Column("seq", Id, primary_key=True, autoincrement=False),
    Column("badge", Id, nullable=False),
    Column("account", Id, primary_key=True, autoincrement=False),
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("occurrence", String(512), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("cause", String(300), nullable=False),
    Column("time", BigInteger, nullable=False),
    Column("event", String(512), nullable=False),
    Column("giver", String(400), nullable=False),
    Column("note", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Index("ix_ruling_badge_account", "badge", "account"),
    sqlite_with_rowid=False,
)  # fmt: skip

undone = Table(
    "undone", metadata,
    Column("seq", Id, primary_key=True, autoincrement=False),
    Column("community", Id, ForeignKey("community.id"), nullable=False),
    Column("cause", String(300), nullable=False),
    Column("time", BigInteger, nullable=False),
    Column("event", String(512), nullable=False),
    Index("ix_undone_community_cause", "community", "cause"),
)  # fmt: skip

award = Table(
    "award", metadata,
    Column("id", Id, primary_key=True),
    Column("community", Id, ForeignKey("community.id"), nullable=False),
    Column("badge", Id, ForeignKey("badge.id"), nullable=False),
    Column("person", Id, nullable=False),
    Column("level", Integer, nullable=False),
    Column("occurrence", String(512), nullable=False),
    Column("state", String(20), nullable=False),
    Column("cause", String(300), nullable=False),
    Column("time", BigInteger, nullable=False),
    Column("event", String(512), nullable=False),
    Column("recorded", BigInteger, nullable=False),
    Column("giver", String(400), nullable=False, server_default=""),
    Column("note", Text, nullable=False, server_default=""),
    Column("evidence", Text, nullable=False, server_default="[]"),
    Column("name", String(300), nullable=False),
    Column("level_name", String(300), nullable=False),
    Column("expires", BigInteger, nullable=True),
    Column("hidden", Boolean, nullable=False, server_default=text("0")),
    UniqueConstraint("badge", "person", "level", "occurrence"),
    Index("ix_award_person", "person"),
    Index("ix_award_community_cause", "community", "cause"),
)  # fmt: skip

# (unit, person) to be folded again, or on: late events, retractions, new badges, retries, deferred checks, decisions.
due = Table(
    "due", metadata,
    Column("unit", Id, primary_key=True, autoincrement=False),
    Column("person", Id, primary_key=True, autoincrement=False),
    Column("whole", Boolean, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("failed", Id, nullable=True),
    Column("error", Text, nullable=False),
    Column("place", Text, nullable=True),
    Column("stamp", Integer, nullable=False, server_default=text("0")),
    Index("ix_due_at", "at"),
    Index("ix_due_person", "person"),
    sqlite_with_rowid=False,
)  # fmt: skip

# What a deferred badge froze for an event.
frozen = Table(
    "frozen", metadata,
    Column("unit", Id, primary_key=True, autoincrement=False),
    Column("person", Id, primary_key=True, autoincrement=False),
    Column("seq", Id, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

# Events that a badge's code could not decide after all tries.
parked = Table(
    "parked", metadata,
    Column("unit", Id, primary_key=True, autoincrement=False),
    Column("person", Id, primary_key=True, autoincrement=False),
    Column("seq", Id, primary_key=True, autoincrement=False),
    Column("error", Text, nullable=False),
    Column("time", BigInteger, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip

# Small durable values of adapters, and of the engine itself under the adapter ''.
memory = Table(
    "memory", metadata,
    Column("adapter", String(60), primary_key=True),
    Column("key", String(300), primary_key=True),
    Column("value", Text, nullable=False),
)  # fmt: skip

# Realms that no configuration names, for `status`.
stranger = Table(
    "stranger", metadata,
    Column("platform", String(60), primary_key=True),
    Column("realm", String(200), primary_key=True),
    Column("events", Integer, nullable=False),
    Column("last", BigInteger, nullable=False),
)  # fmt: skip
