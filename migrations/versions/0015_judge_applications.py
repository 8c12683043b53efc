"""Judge applications, consult about them, and make them public"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.create_table(
        "amendments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("due_at", sa.String(length=27), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("answered_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_amendments_by_id_users")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_amendments_document_id_documents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendments")),
        sa.UniqueConstraint("document_id", "seq", name=op.f("uq_amendments_document_id_seq")),
    )
    op.create_table(
        "recusals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_recusals_by_id_users")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_recusals_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_recusals_unit_id_units")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_recusals_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusals")),
        sa.UniqueConstraint(
            "campaign_id", "user_id", "unit_id", name=op.f("uq_recusals_campaign_id_user_id_unit_id")
        ),
    )
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("handed_in_at", sa.String(length=27), nullable=True),
        sa.Column("remark", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("veto", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("returned", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint("method IN ('material', 'site', 'survey')", name=op.f("ck_assignments_method")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_assignments_by_id_users")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_assignments_document_id_documents")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_assignments_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
        sa.UniqueConstraint(
            "document_id", "user_id", "method", name=op.f("uq_assignments_document_id_user_id_method")
        ),
    )
    with op.batch_alter_table("assignments") as assignments:
        assignments.create_index("ix_assignments_user", ["user_id"], unique=False)

    op.create_table(
        "scores",
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("indicator_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.CheckConstraint("points >= 0", name=op.f("ck_scores_points_positive")),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name=op.f("fk_scores_assignment_id_assignments")
        ),
        sa.ForeignKeyConstraint(
            ["indicator_id"], ["indicators.id"], name=op.f("fk_scores_indicator_id_indicators")
        ),
        sa.PrimaryKeyConstraint("assignment_id", "indicator_id", name=op.f("pk_scores")),
    )
    op.create_table(
        "deliberations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("meeting", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_deliberations_by_id_users")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_deliberations_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliberations")),
    )
    with op.batch_alter_table("deliberations") as deliberations:
        deliberations.create_index(
            deliberations.f("ix_deliberations_campaign_id"), ["campaign_id"], unique=False
        )

    op.create_table(
        "consultations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reply", sa.String(length=64), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=True),
        sa.Column("given_up", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("reply IN ('none', 'objection')", name=op.f("ck_consultations_reply")),
        sa.CheckConstraint(
            "(reply IS NULL) = (replied_on IS NULL)", name=op.f("ck_consultations_reply_has_date")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_consultations_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_consultations_entered_by_users")),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["files.sha256"], name=op.f("fk_consultations_file_sha256_files")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["documents.id"], name=op.f("fk_consultations_letter_id_documents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultations")),
        sa.UniqueConstraint("campaign_id", "body", name=op.f("uq_consultations_campaign_id_body")),
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultations.id"], name=op.f("fk_findings_consultation_id_consultations")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_findings_document_id_documents")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint(
            "consultation_id", "document_id", name=op.f("uq_findings_consultation_id_document_id")
        ),
    )
    with op.batch_alter_table("findings") as findings:
        findings.create_index(findings.f("ix_findings_document_id"), ["document_id"], unique=False)

    op.create_table(
        "public_notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("listed", sa.JSON(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.CheckConstraint("unit IN ('working', 'calendar')", name=op.f("ck_public_notices_unit")),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_public_notices_by_id_users")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_public_notices_campaign_id_campaigns")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_notices")),
        sa.UniqueConstraint("public_id", name=op.f("uq_public_notices_public_id")),
    )
    with op.batch_alter_table("public_notices") as public_notices:
        public_notices.create_index(
            public_notices.f("ix_public_notices_campaign_id"), ["campaign_id"], unique=False
        )

    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(length=64), nullable=False),
        sa.Column("public_notice_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("finding", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("answer", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("outcome", sa.String(length=64), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.String(length=27), nullable=True),
        sa.CheckConstraint(
            "channel IN ('page', 'phone', 'letter', 'visit')", name=op.f("ck_objections_channel")
        ),
        sa.CheckConstraint("outcome IN ('unfounded', 'upheld')", name=op.f("ck_objections_outcome")),
        sa.CheckConstraint(
            "outcome IS NULL OR (finding <> '' AND answer <> '')",
            name=op.f("ck_objections_outcome_is_explained"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (answered_at IS NULL)", name=op.f("ck_objections_outcome_has_time")
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["users.id"], name=op.f("fk_objections_answered_by_users")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_objections_document_id_documents")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_objections_entered_by_users")),
        sa.ForeignKeyConstraint(
            ["public_notice_id"],
            ["public_notices.id"],
            name=op.f("fk_objections_public_notice_id_public_notices"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("receipt", name=op.f("uq_objections_receipt")),
    )
    with op.batch_alter_table("objections") as objections:
        objections.create_index(objections.f("ix_objections_document_id"), ["document_id"], unique=False)
        objections.create_index(
            objections.f("ix_objections_public_notice_id"), ["public_notice_id"], unique=False
        )

    op.create_table(
        "conferrals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=64), nullable=False),
        sa.Column("listed", sa.JSON(), nullable=False),
        sa.Column("annex_sha256", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("in_force_at", sa.String(length=27), nullable=True),
        sa.Column("in_force_by", sa.Integer(), nullable=True),
        sa.Column("superior_number", sa.String(length=200), nullable=True),
        sa.Column("superior_title", sa.String(length=200), nullable=True),
        sa.Column("superior_dated", sa.Date(), nullable=True),
        sa.Column("superior_sha256", sa.String(length=64), nullable=True),
        sa.Column("dropped", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("act IN ('confer', 'recommend', 'change')", name=op.f("ck_conferrals_act")),
        sa.CheckConstraint(
            "(superior_number IS NULL) = (superior_dated IS NULL)",
            name=op.f("ck_conferrals_superior_number_has_date"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_conferrals_by_id_users")),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_conferrals_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_conferrals_document_id_documents")
        ),
        sa.ForeignKeyConstraint(["in_force_by"], ["users.id"], name=op.f("fk_conferrals_in_force_by_users")),
        sa.ForeignKeyConstraint(
            ["superior_sha256"], ["files.sha256"], name=op.f("fk_conferrals_superior_sha256_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conferrals")),
        sa.UniqueConstraint("document_id", name=op.f("uq_conferrals_document_id")),
    )
    with op.batch_alter_table("conferrals") as conferrals:
        conferrals.create_index(conferrals.f("ix_conferrals_campaign_id"), ["campaign_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("a released schema is not taken back: restore the backup made before")
