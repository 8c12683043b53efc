"""Let other agencies sign jointly (联署)"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "co_signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("agency", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("post", sa.String(length=200), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("scan_sha256", sa.String(length=64), nullable=True),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_co_signatures_document_id_documents")
        ),
        sa.ForeignKeyConstraint(
            ["scan_sha256"], ["files.sha256"], name=op.f("fk_co_signatures_scan_sha256_files")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_co_signatures_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_co_signatures")),
        sa.UniqueConstraint("document_id", "seq", name=op.f("uq_co_signatures_document_id_seq")),
    )
    with op.batch_alter_table("documents") as documents:
        documents.add_column(sa.Column("co_agencies", sa.JSON(), nullable=True))
        documents.add_column(sa.Column("co_signed", sa.JSON(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("The record is never unmade; restore a backup instead.")
