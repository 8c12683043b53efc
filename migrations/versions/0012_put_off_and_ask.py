"""Put documents off, and ask their drafters"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0010"


def upgrade() -> None:
    with op.batch_alter_table("documents") as batch:
        batch.add_column(sa.Column("deferred_until", sa.Date, nullable=True))
        batch.add_column(sa.Column("question_by_id", sa.Integer, nullable=True))
        batch.create_foreign_key("fk_documents_question_by_id_users", "users", ["question_by_id"], ["id"])


def downgrade() -> None:
    raise NotImplementedError("a released schema is not taken back: restore the backup made before")
