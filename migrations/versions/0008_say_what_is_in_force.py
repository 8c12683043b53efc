"""Say which issued documents are in force, and keep what drafters ask to have corrected"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "ended",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("later_id", sa.Integer(), nullable=False),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("from_date", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("undone_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("act IN ('rescind', 'repeal', 'replace')", name=op.f("ck_ended_act")),
        sa.CheckConstraint(
            "(act = 'repeal') = (from_date IS NOT NULL)", name=op.f("ck_ended_repeal_has_date")
        ),
        sa.CheckConstraint("later_id <> earlier_id", name=op.f("ck_ended_later_is_another")),
        sa.CheckConstraint("undone_by_id <> later_id", name=op.f("ck_ended_undone_by_another")),
        sa.ForeignKeyConstraint(["later_id"], ["documents.id"], name=op.f("fk_ended_later_id_documents")),
        sa.ForeignKeyConstraint(["earlier_id"], ["documents.id"], name=op.f("fk_ended_earlier_id_documents")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_ended_by_id_users")),
        sa.ForeignKeyConstraint(
            ["undone_by_id"], ["documents.id"], name=op.f("fk_ended_undone_by_id_documents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ended")),
        sa.UniqueConstraint("later_id", "earlier_id", name=op.f("uq_ended_later_id_earlier_id")),
    )
    op.create_index("ix_ended_earlier_act", "ended", ["earlier_id", "act"])
    op.create_table(
        "corrections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=True),
        sa.Column("answer", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.String(length=27), nullable=True),
        sa.CheckConstraint("outcome IN ('accepted', 'declined')", name=op.f("ck_corrections_outcome")),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL)", name=op.f("ck_corrections_outcome_has_time")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_by IS NULL)", name=op.f("ck_corrections_outcome_has_person")
        ),
        sa.CheckConstraint(
            "outcome <> 'declined' OR answer <> ''", name=op.f("ck_corrections_declined_has_reason")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_corrections_document_id_documents")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_corrections_by_id_users")),
        sa.ForeignKeyConstraint(["answered_by"], ["users.id"], name=op.f("fk_corrections_answered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_corrections")),
        sa.UniqueConstraint("document_id", "seq", name=op.f("uq_corrections_document_id_seq")),
    )


def downgrade() -> None:
    raise NotImplementedError("a released schema is not taken back: restore the backup made before")
