"""Keep what was said at single places when a document was sent back, and what was answered"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "return_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("quoted", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("answer", sa.String(length=64), nullable=True),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.String(length=27), nullable=True),
        sa.Column("answer_seq", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "answer IN ('changed', 'explained', 'let_be')", name=op.f("ck_return_points_answer")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL)"
            " AND (answer IS NULL) = (answer_seq IS NULL)",
            name=op.f("ck_return_points_answer_has_person_and_time"),
        ),
        sa.CheckConstraint(
            "answer <> 'explained' OR note <> ''", name=op.f("ck_return_points_explained_in_words")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_return_points_document_id_documents")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_return_points_by_id_users")),
        sa.ForeignKeyConstraint(
            ["answered_by"], ["users.id"], name=op.f("fk_return_points_answered_by_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_points")),
        sa.UniqueConstraint("document_id", "n", name=op.f("uq_return_points_document_id_n")),
    )
    with op.batch_alter_table("documents") as documents:
        documents.add_column(sa.Column("open_points", sa.Integer(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("a released schema is not taken back: restore the backup made before")
