"""Keep applications with their results, and the titles that come of them"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "titles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("level", sa.String(length=64), nullable=False),
        sa.Column("term", sa.String(length=200), nullable=False),
        sa.Column("conferral_id", sa.Integer(), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("certificate", sa.String(length=200), nullable=True),
        sa.Column("docx_sha256", sa.String(length=64), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.CheckConstraint("level IN ('own', 'provincial', 'national')", name=op.f("ck_titles_level")),
        sa.CheckConstraint(
            "state IN ('valid', 'suspended', 'revoked', 'expired', 'terminated')",
            name=op.f("ck_titles_state"),
        ),
        sa.ForeignKeyConstraint(
            ["application_id"], ["documents.id"], name=op.f("fk_titles_application_id_documents")
        ),
        sa.ForeignKeyConstraint(
            ["category"], ["categories.code"], name=op.f("fk_titles_category_categories")
        ),
        sa.ForeignKeyConstraint(
            ["conferral_id"], ["conferrals.id"], name=op.f("fk_titles_conferral_id_conferrals")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_titles_document_id_documents")
        ),
        sa.ForeignKeyConstraint(["docx_sha256"], ["files.sha256"], name=op.f("fk_titles_docx_sha256_files")),
        sa.ForeignKeyConstraint(["pdf_sha256"], ["files.sha256"], name=op.f("fk_titles_pdf_sha256_files")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_titles_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_titles")),
        sa.UniqueConstraint("certificate", name=op.f("uq_titles_certificate")),
        sa.UniqueConstraint(
            "conferral_id", "unit_id", "category", name=op.f("uq_titles_conferral_id_unit_id_category")
        ),
    )
    with op.batch_alter_table("titles") as titles:
        titles.create_index(titles.f("ix_titles_document_id"), ["document_id"], unique=False)
        titles.create_index("ix_titles_unit", ["unit_id"], unique=False)
        titles.create_index("ix_titles_until", ["state", "until"], unique=False)

    op.create_table(
        "title_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("righted", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("righted_sha256", sa.String(length=64), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("evidence_sha256", sa.String(length=64), nullable=True),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("undoes_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.CheckConstraint(
            "kind IN ('confer', 'remind', 'warn', 'suspend', 'restore', 'keep', 'revoke', 'expire', 'terminate', 'rename', 'replace', 'void', 'revive')",
            name=op.f("ck_title_events_kind"),
        ),
        sa.CheckConstraint(
            "kind = 'void' OR (kind = 'revive') = (undoes_id IS NOT NULL)",
            name=op.f("ck_title_events_revived_is_undone"),
        ),
        sa.CheckConstraint(
            "done_on IS NOT NULL OR (righted = '' AND righted_sha256 IS NULL)",
            name=op.f("ck_title_events_righted_is_done"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_title_events_by_id_users")),
        sa.ForeignKeyConstraint(
            ["righted_sha256"], ["files.sha256"], name=op.f("fk_title_events_righted_sha256_files")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_sha256"], ["files.sha256"], name=op.f("fk_title_events_evidence_sha256_files")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_title_events_document_id_documents")
        ),
        sa.ForeignKeyConstraint(["title_id"], ["titles.id"], name=op.f("fk_title_events_title_id_titles")),
        sa.ForeignKeyConstraint(
            ["undoes_id"], ["title_events.id"], name=op.f("fk_title_events_undoes_id_title_events")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_title_events")),
    )
    with op.batch_alter_table("title_events") as title_events:
        title_events.create_index("ix_title_events_document", ["document_id"], unique=False)
        title_events.create_index("ix_title_events_title", ["title_id"], unique=False)
        title_events.create_index(
            "ix_title_events_to_put_right",
            ["title_id"],
            unique=False,
            sqlite_where=sa.text("done_on IS NULL AND kind IN ('remind', 'warn', 'suspend')"),
            postgresql_where=sa.text("done_on IS NULL AND kind IN ('remind', 'warn', 'suspend')"),
        )

    op.create_table(
        "applications",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
        sa.Column("begun_at", sa.String(length=27), nullable=False),
        sa.Column("submitted_at", sa.String(length=27), nullable=True),
        sa.Column("title_id", sa.Integer(), nullable=True),
        sa.Column("came_from", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.Column("negative", sa.String(length=64), nullable=True),
        sa.Column("negative_sha256", sa.String(length=64), nullable=True),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("reckoning", sa.JSON(), nullable=True),
        sa.Column("deliberation_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(length=64), nullable=True),
        sa.Column("decision_reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint(
            "decision IN ('candidate', 'declined', 'keep', 'remind', 'warn', 'suspend', 'revoke', 'terminate')",
            name=op.f("ck_applications_decision"),
        ),
        sa.CheckConstraint(
            "(total IS NULL) = (reckoning IS NULL)", name=op.f("ck_applications_total_is_reckoned")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"], ["campaigns.id"], name=op.f("fk_applications_campaign_id_campaigns")
        ),
        sa.ForeignKeyConstraint(
            ["category"], ["categories.code"], name=op.f("fk_applications_category_categories")
        ),
        sa.ForeignKeyConstraint(
            ["deliberation_id"],
            ["deliberations.id"],
            name=op.f("fk_applications_deliberation_id_deliberations"),
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_applications_document_id_documents")
        ),
        sa.ForeignKeyConstraint(
            ["negative_sha256"], ["files.sha256"], name=op.f("fk_applications_negative_sha256_files")
        ),
        sa.ForeignKeyConstraint(["title_id"], ["titles.id"], name=op.f("fk_applications_title_id_titles")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_applications_unit_id_units")),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_applications")),
    )
    with op.batch_alter_table("applications") as applications:
        applications.create_index("ix_applications_unit", ["unit_id"], unique=False)
        applications.create_index(
            "uq_applications_live",
            ["campaign_id", "category", "unit_id"],
            unique=True,
            sqlite_where=sa.text("live"),
            postgresql_where=sa.text("live"),
        )

    with op.batch_alter_table("documents") as documents:
        documents.add_column(sa.Column("confers", sa.Boolean(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("a released schema is not taken back: restore the backup made before")
