"""Pass documents round, keep each person's phrases, and remember what the last step changed"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"

_OPEN = sa.text("withdrawn_at IS NULL AND answered_at IS NULL AND (read_at IS NULL OR wants_answer)")


def upgrade() -> None:
    op.create_table(
        "circulations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("wants_answer", sa.Boolean(), nullable=False),
        sa.Column("read_at", sa.String(length=27), nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.String(length=27), nullable=True),
        sa.Column("answer_seq", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.String(length=27), nullable=True),
        sa.CheckConstraint("kind IN ('circulate', 'copy_to')", name=op.f("ck_circulations_kind")),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answer_seq IS NULL)",
            name=op.f("ck_circulations_answer_has_its_time"),
        ),
        sa.CheckConstraint(
            "answered_at IS NULL OR read_at IS NOT NULL", name=op.f("ck_circulations_answered_was_read")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_circulations_by_id_users")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_circulations_document_id_documents")
        ),
        sa.ForeignKeyConstraint(["reader_id"], ["users.id"], name=op.f("fk_circulations_reader_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_circulations")),
    )
    with op.batch_alter_table("circulations") as circulations:
        circulations.create_index("ix_circulations_reader", ["reader_id", "document_id"])
        circulations.create_index("ix_circulations_document", ["document_id"])
        circulations.create_index(
            "uq_circulations_open",
            ["document_id", "reader_id"],
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        )
    op.create_table(
        "opinion_phrases",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_opinion_phrases_user_id_users")),
        sa.PrimaryKeyConstraint("user_id", "position", name=op.f("pk_opinion_phrases")),
    )
    with op.batch_alter_table("documents") as documents:
        documents.add_column(sa.Column("last_step", sa.JSON(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("a released schema is not taken back: restore the backup made before")
