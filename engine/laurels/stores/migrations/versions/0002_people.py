"""Records beside the counting; rulings by account and level, with the cause; awards that their holders hide."""

import sqlalchemy as sa
from alembic import op

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what people do."""
    op.add_column("award", sa.Column("hidden", sa.Boolean(), server_default=sa.text("0"), nullable=False))
    _rulings()
    _asked()
    _board_due()
    _board_row()
    _brought()
    _claim()
    _claim_use()
    _forgotten()
    _held_award()
    _hook_call()
    _link()
    _link_code()
    _made_badge()
    _milestone()
    _nomination()
    _preference()
    _reward_due()
    _setting()
    _shut()
    _voice()


def _asked() -> None:
    op.create_table(
        "asked",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("level", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("badge", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("occurrence", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("detail", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_asked_community")),
        sa.PrimaryKeyConstraint("community", "seq", "account", "level", name=op.f("pk_asked")),
        sqlite_with_rowid=False,
    )


def _board_due() -> None:
    op.create_table(
        "board_due",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_board_due_community")),
        sa.PrimaryKeyConstraint("community", "account", name=op.f("pk_board_due")),
        sqlite_with_rowid=False,
    )


def _board_row() -> None:
    op.create_table(
        "board_row",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("board", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("period", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_board_row_community")),
        sa.PrimaryKeyConstraint("community", "board", "period", "account", name=op.f("pk_board_row")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_board_row_account", "board_row", ["community", "account"])


def _brought() -> None:
    op.create_table(
        "brought",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("badge", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("level", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurrence", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level_name", sa.Text(), nullable=False),
        sa.Column("giver", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("evidence", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=True),
        sa.Column("hidden", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_brought_community")),
        sa.PrimaryKeyConstraint("community", "account", "badge", "level", "occurrence", name=op.f("pk_brought")),
        sqlite_with_rowid=False,
    )


def _claim() -> None:
    op.create_table(
        "claim",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("badge", sa.Text(), nullable=False),
        sa.Column("level", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("uses", sa.BigInteger(), nullable=True),
        sa.Column("used", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=True),
        sa.Column("bound", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("evidence", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("maker", sa.BigInteger(), nullable=False),
        sa.Column("roles", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'good'"), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_claim_community")),
        sa.PrimaryKeyConstraint("community", "code", name=op.f("pk_claim")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_claim_batch", "claim", ["community", "batch"])


def _claim_use() -> None:
    op.create_table(
        "claim_use",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_claim_use_community")),
        sa.PrimaryKeyConstraint("community", "code", "account", "seq", name=op.f("pk_claim_use")),
        sqlite_with_rowid=False,
    )


def _forgotten() -> None:
    op.create_table(
        "forgotten",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_forgotten_community")),
        sa.PrimaryKeyConstraint("community", "account", name=op.f("pk_forgotten")),
        sqlite_with_rowid=False,
    )


def _held_award() -> None:
    op.create_table(
        "held_award",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("level", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("badge", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("giver", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("evidence", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'held'"), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_held_award_community")),
        sa.PrimaryKeyConstraint("community", "seq", "account", "level", name=op.f("pk_held_award")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_held_award_account", "held_award", ["community", "account"])
    op.create_index("ix_held_award_state", "held_award", ["community", "state"])


def _hook_call() -> None:
    op.create_table(
        "hook_call",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("hook", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("verb", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("subject", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("news", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("error", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'due'"), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_hook_call_community")),
        sa.PrimaryKeyConstraint("community", "hook", "verb", "subject", name=op.f("pk_hook_call")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_hook_call_at", "hook_call", ["community", "at"])


def _link() -> None:
    op.create_table(
        "link",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("other", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("declared", sa.Boolean(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_link_community")),
        sa.PrimaryKeyConstraint("community", "account", "other", "declared", name=op.f("pk_link")),
        sqlite_with_rowid=False,
    )


def _link_code() -> None:
    op.create_table(
        "link_code",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("asker", sa.BigInteger(), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("shown", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'given'"), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_link_code_community")),
        sa.PrimaryKeyConstraint("community", "digest", name=op.f("pk_link_code")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_link_code_asker", "link_code", ["community", "asker"])


def _made_badge() -> None:
    op.create_table(
        "made_badge",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("slug", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("edition", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("creator", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.BigInteger(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'good'"), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_made_badge_community")),
        sa.PrimaryKeyConstraint("community", "slug", "edition", name=op.f("pk_made_badge")),
        sqlite_with_rowid=False,
    )


def _milestone() -> None:
    op.create_table(
        "milestone",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("badge", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("level", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("share", sa.Float(), autoincrement=False, nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_milestone_community")),
        sa.PrimaryKeyConstraint("community", "badge", "account", "level", "share", name=op.f("pk_milestone")),
        sqlite_with_rowid=False,
    )


def _nomination() -> None:
    op.create_table(
        "nomination",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("badge", sa.Text(), nullable=False),
        sa.Column("level", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("nominee", sa.BigInteger(), nullable=False),
        sa.Column("nominator", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("evidence", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.Text(), server_default=sa.text("'open'"), nullable=False),
        sa.Column("needed", sa.BigInteger(), server_default=sa.text("1"), nullable=False),
        sa.Column("auto", sa.Boolean(), server_default=sa.text("0"), nullable=False),
        sa.Column("acceptance", sa.Boolean(), server_default=sa.text("1"), nullable=False),
        sa.Column("accepted", sa.BigInteger(), nullable=True),
        sa.Column("closer", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("closed", sa.BigInteger(), nullable=True),
        sa.Column("closed_note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("outcome", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_nomination_community")),
        sa.PrimaryKeyConstraint("community", "id", name=op.f("pk_nomination")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_nomination_nominator", "nomination", ["community", "nominator"])
    op.create_index("ix_nomination_nominee", "nomination", ["community", "nominee"])
    op.create_index("ix_nomination_state", "nomination", ["community", "state"])


def _preference() -> None:
    op.create_table(
        "preference",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_preference_community")),
        sa.PrimaryKeyConstraint("community", "account", "name", name=op.f("pk_preference")),
        sqlite_with_rowid=False,
    )


def _reward_due() -> None:
    op.create_table(
        "reward_due",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("account", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("attempts", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("error", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("stamp", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_reward_due_community")),
        sa.PrimaryKeyConstraint("community", "account", name=op.f("pk_reward_due")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_reward_due_at", "reward_due", ["community", "at"])


def _setting() -> None:
    op.create_table(
        "setting",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("name", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_setting_community")),
        sa.PrimaryKeyConstraint("community", "name", name=op.f("pk_setting")),
        sqlite_with_rowid=False,
    )


def _shut() -> None:
    op.create_table(
        "shut",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("digest", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("since", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_shut_community")),
        sa.PrimaryKeyConstraint("community", "digest", "since", name=op.f("pk_shut")),
        sqlite_with_rowid=False,
    )


def _voice() -> None:
    op.create_table(
        "voice",
        sa.Column("community", ID, autoincrement=False, nullable=False),
        sa.Column("nomination", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("account", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=512), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(["community"], ["community.id"], name=op.f("fk_voice_community")),
        sa.PrimaryKeyConstraint("community", "nomination", "account", "kind", name=op.f("pk_voice")),
        sqlite_with_rowid=False,
    )


def _rulings() -> None:
    op.drop_index("ix_ruling_badge_account", "ruling")
    op.rename_table("ruling", "ruling_before")
    op.create_table(
        "ruling",
        sa.Column("seq", ID, autoincrement=False, nullable=False),
        sa.Column("badge", ID, nullable=False),
        sa.Column("account", ID, autoincrement=False, nullable=False),
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("occurrence", sa.String(length=512), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("cause", sa.String(length=300), nullable=False),
        sa.Column("time", sa.BigInteger(), nullable=False),
        sa.Column("event", sa.String(length=512), nullable=False),
        sa.Column("giver", sa.String(length=400), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", "account", "level", name=op.f("pk_ruling")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_ruling_badge_account", "ruling", ["badge", "account"])
    op.execute(
        "INSERT INTO ruling (seq, badge, account, level, occurrence, kind, cause, time, event, giver, note, evidence) "
        "SELECT seq, badge, account, level, occurrence, kind, 'command:' || seq, time, event, giver, note, evidence FROM ruling_before"
    )
    op.drop_table("ruling_before")
