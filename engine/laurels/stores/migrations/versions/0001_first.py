"""The first schema."""

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "community",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community")),
        sa.UniqueConstraint("name", name=op.f("uq_community_name")),
    )
    op.create_table(
        "due",
        sa.Column("unit", ID, autoincrement=False, nullable=False),
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failed", ID, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("stamp", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("unit", "person", name=op.f("pk_due")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_due_at", "due", ["at"], unique=False)
    op.create_index("ix_due_person", "due", ["person"], unique=False)
    op.create_table(
        "event_type",
        sa.Column("id", ID, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_type")),
        sa.UniqueConstraint("name", name=op.f("uq_event_type_name")),
    )
    op.create_table(
        "frozen",
        sa.Column("unit", ID, autoincrement=False, nullable=False),
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("seq", ID, autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "person", "seq", name=op.f("pk_frozen")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "given",
        sa.Column("unit", ID, autoincrement=False, nullable=False),
        sa.Column("recipient", ID, autoincrement=False, nullable=False),
        sa.Column("subject", ID, autoincrement=False, nullable=False),
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("occurrence", sa.String(length=512), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(length=512), nullable=False),
        sa.Column("seq", ID, nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "recipient", "subject", "level", "occurrence", name=op.f("pk_given")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_given_subject", "given", ["unit", "subject"], unique=False)
    op.create_table(
        "memory",
        sa.Column("adapter", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("adapter", "key", name=op.f("pk_memory")),
    )
    op.create_table(
        "parked",
        sa.Column("unit", ID, autoincrement=False, nullable=False),
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("seq", ID, autoincrement=False, nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "person", "seq", name=op.f("pk_parked")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "ruling",
        sa.Column("seq", ID, autoincrement=False, nullable=False),
        sa.Column("badge", ID, nullable=False),
        sa.Column("account", ID, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("occurrence", sa.String(length=512), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(length=512), nullable=False),
        sa.Column("giver", sa.String(length=400), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_ruling")),
    )
    op.create_index("ix_ruling_badge_account", "ruling", ["badge", "account"], unique=False)
    op.create_table(
        "seen",
        sa.Column("unit", ID, autoincrement=False, nullable=False),
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("value", sa.String(length=512), nullable=False),
        sa.PrimaryKeyConstraint("unit", "person", "value", name=op.f("pk_seen")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "settled",
        sa.Column("badge", ID, autoincrement=False, nullable=False),
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("badge", "person", name=op.f("pk_settled")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "stranger",
        sa.Column("platform", sa.String(length=60), nullable=False),
        sa.Column("realm", sa.String(length=200), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("last", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "realm", name=op.f("pk_stranger")),
    )
    op.create_table(
        "tally",
        sa.Column("unit", ID, autoincrement=False, nullable=False),
        sa.Column("person", ID, autoincrement=False, nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("peak", sa.Float(), nullable=False),
        sa.Column("wins", sa.Integer(), nullable=False),
        sa.Column("last_time", sa.BigInteger(), nullable=False),
        sa.Column("last_id", sa.String(length=512), nullable=False),
        sa.Column("extra", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("unit", "person", name=op.f("pk_tally")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "trace",
        sa.Column("account", ID, autoincrement=False, nullable=False),
        sa.Column("type", ID, autoincrement=False, nullable=False),
        sa.Column("time", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", ID, autoincrement=False, nullable=False),
        sa.Column("own", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("account", "type", "time", "seq", name=op.f("pk_trace")),
        sqlite_with_rowid=False,
    )
    op.create_table("work", sa.Column("seq", ID, autoincrement=False, nullable=False), sa.PrimaryKeyConstraint("seq", name=op.f("pk_work")))
    op.create_table(
        "account",
        sa.Column("id", ID, nullable=False),
        sa.Column("community", ID, nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("name", sa.String(length=200), server_default="", nullable=False),
        sa.Column("bot", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("person", ID, nullable=True),
        sa.Column("first_time", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_account_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("community", "key", name=op.f("uq_account_community_key")),
    )
    op.create_index("ix_account_person", "account", ["person"], unique=False)
    op.create_table(
        "badge",
        sa.Column("id", ID, nullable=False),
        sa.Column("community", ID, nullable=False),
        sa.Column("slug", sa.String(length=200), nullable=False),
        sa.Column("cause", sa.String(length=300), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("levels", sa.Text(), nullable=False),
        sa.Column("settled", sa.Boolean(), nullable=False),
        sa.Column("retired", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_badge_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badge")),
        sa.UniqueConstraint("community", "slug", name=op.f("uq_badge_community_slug")),
    )
    op.create_table(
        "journal",
        sa.Column("seq", ID, nullable=False),
        sa.Column("community", ID, nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("id", sa.String(length=512), nullable=False),
        sa.Column("type", sa.String(length=120), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("revised", sa.BigInteger(), nullable=False),
        sa.Column("recorded", sa.BigInteger(), nullable=False),
        sa.Column("local", sa.Integer(), nullable=False),
        sa.Column("thing", sa.String(length=512), nullable=True),
        sa.Column("on", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_journal_community")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_journal")),
        sa.UniqueConstraint("community", "source", "id", name=op.f("uq_journal_community_source_id")),
    )
    op.create_index(
        "ix_journal_thing",
        "journal",
        ["community", "source", "thing"],
        unique=False,
        sqlite_where=sa.text("thing IS NOT NULL"),
        postgresql_where=sa.text("thing IS NOT NULL"),
    )
    op.create_table(
        "post",
        sa.Column("id", ID, nullable=False),
        sa.Column("community", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("adapter", sa.String(length=60), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("due", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("lease", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_post_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_post")),
    )
    op.create_index("ix_post_open", "post", ["at"], unique=False, sqlite_where=sa.text("due"), postgresql_where=sa.text("due"))
    op.create_table(
        "undone",
        sa.Column("seq", ID, autoincrement=False, nullable=False),
        sa.Column("community", ID, nullable=False),
        sa.Column("cause", sa.String(length=300), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(length=512), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_undone_community")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_undone")),
    )
    op.create_index("ix_undone_community_cause", "undone", ["community", "cause"], unique=False)
    op.create_table(
        "unit",
        sa.Column("id", ID, nullable=False),
        sa.Column("community", ID, nullable=False),
        sa.Column("key", sa.String(length=2000), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("reads", sa.Text(), server_default="[]", nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_unit_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("community", "key", name=op.f("uq_unit_community_key")),
    )
    op.create_table(
        "award",
        sa.Column("id", ID, nullable=False),
        sa.Column("community", ID, nullable=False),
        sa.Column("badge", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("occurrence", sa.String(length=512), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("cause", sa.String(length=300), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(length=512), nullable=False),
        sa.Column("recorded", sa.BigInteger(), nullable=False),
        sa.Column("giver", sa.String(length=400), server_default="", nullable=False),
        sa.Column("note", sa.Text(), server_default="", nullable=False),
        sa.Column("evidence", sa.Text(), server_default="[]", nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("level_name", sa.String(length=300), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["badge"], ["badge.id"], name=op.f("fk_award_badge")),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_award_community")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("badge", "person", "level", "occurrence", name=op.f("uq_award_badge_person_level_occurrence")),
    )
    op.create_index("ix_award_community_cause", "award", ["community", "cause"], unique=False)
    op.create_index("ix_award_person", "award", ["person"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("award", ID, autoincrement=False, nullable=False),
        sa.Column("community", ID, nullable=False),
        sa.Column("person", ID, nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.String(length=20), server_default="", nullable=False),
        sa.Column("fate", sa.String(length=20), server_default="", nullable=False),
        sa.Column("post", ID, nullable=True),
        sa.ForeignKeyConstraint(["award"], ["award.id"], name=op.f("fk_outbox_award")),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_outbox_community")),
        sa.PrimaryKeyConstraint("award", name=op.f("pk_outbox")),
    )
    op.create_index(
        "ix_outbox_open",
        "outbox",
        ["community", "person"],
        unique=False,
        sqlite_where=sa.text("fate = '' AND post IS NULL AND wanted"),
        postgresql_where=sa.text("fate = '' AND post IS NULL AND wanted"),
    )
    op.create_index("ix_outbox_post", "outbox", ["post"], unique=False)
