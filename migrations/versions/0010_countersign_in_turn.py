"""Countersign in turn, by any so many, and change whom a stage asks"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    with op.batch_alter_table("documents") as batch:
        batch.add_column(sa.Column("countersigning", sa.JSON(none_as_null=True), nullable=True))
        batch.add_column(sa.Column("turns", sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("a released schema is not taken back: restore the backup made before")
