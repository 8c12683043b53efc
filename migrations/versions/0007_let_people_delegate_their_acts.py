"""Let people delegate their acts for a time, and keep for whom a task is held"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "delegations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("principal_id", sa.Integer(), nullable=False),
        sa.Column("delegate_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("urgencies", sa.String(length=64), nullable=False),
        sa.Column("signing", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.String(length=27), nullable=False),
        sa.Column("ended_at", sa.String(length=27), nullable=True),
        sa.Column("ended_by_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", sa.String(length=27), nullable=True),
        sa.Column("over_at", sa.String(length=27), nullable=True),
        sa.Column("read_at", sa.String(length=27), nullable=True),
        sa.CheckConstraint("since <= until", name=op.f("ck_delegations_since_until")),
        sa.CheckConstraint("principal_id <> delegate_id", name=op.f("ck_delegations_not_to_oneself")),
        sa.CheckConstraint("urgencies IN ('all', 'urgent')", name=op.f("ck_delegations_urgencies")),
        sa.CheckConstraint(
            "(ended_at IS NULL) = (ended_by_id IS NULL)", name=op.f("ck_delegations_ended_by_somebody")
        ),
        sa.CheckConstraint(
            "made_by_id = principal_id OR reason <> ''", name=op.f("ck_delegations_reason_for_another")
        ),
        *(
            sa.ForeignKeyConstraint([name], ["users.id"], name=op.f(f"fk_delegations_{name}_users"))
            for name in ("principal_id", "delegate_id", "made_by_id", "ended_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegations")),
    )
    with op.batch_alter_table("delegations") as delegations:
        delegations.create_index("ix_delegations_until", ["until"])
        delegations.create_index("ix_delegations_principal", ["principal_id"])
        delegations.create_index("ix_delegations_delegate", ["delegate_id"])
    with op.batch_alter_table("tasks") as tasks:
        tasks.add_column(sa.Column("for_id", sa.Integer(), nullable=True))
        tasks.create_foreign_key("fk_tasks_for_id_users", "users", ["for_id"], ["id"])


def downgrade() -> None:
    raise NotImplementedError("a released schema is not taken back: restore the backup made before")
