"""Open large desks quickly: count tasks from one index, find what is not scanned without all that is"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"


def upgrade() -> None:
    with op.batch_alter_table("documents") as documents:
        documents.add_column(sa.Column("scanned_of", sa.String(length=64), nullable=True))
    op.execute(
        "UPDATE documents SET scanned_of = frozen_sha256 WHERE EXISTS (SELECT 1 FROM document_files"
        " WHERE document_files.document_id = documents.id AND document_files.format = 'sealed'"
        " AND document_files.made_from = documents.frozen_sha256)"
    )
    op.create_index(
        "ix_documents_unscanned",
        "documents",
        ["issued_at"],
        sqlite_where=sa.text("issued_at IS NOT NULL AND seal = 1 AND scanned_of IS NOT frozen_sha256"),
        postgresql_where=sa.text(
            "issued_at IS NOT NULL AND seal AND scanned_of IS DISTINCT FROM frozen_sha256"
        ),
    )
    op.drop_index("ix_tasks_user_open", "tasks")
    op.create_index("ix_tasks_user_open", "tasks", ["user_id", "closed_at", "stage", "document_id", "due_at"])


def downgrade() -> None:
    raise NotImplementedError("a released schema is not taken back: restore the backup made before")
