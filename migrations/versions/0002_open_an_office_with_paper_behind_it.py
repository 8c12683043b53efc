"""Open an office with paper behind it"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


DOCUMENT_CHECKS = {
    "issued_has_number_and_file": "origin = 'imported' OR state NOT IN ('issued', 'archived') OR (number IS NOT NULL AND frozen_sha256 IS NOT NULL)",
    "frozen_has_print_date": "origin = 'imported' OR frozen_sha256 IS NULL OR printed_on IS NOT NULL",
    "origin": "origin IN ('here', 'imported')",
    "print_copy_is_of_a_text": "(print_copy_sha256 IS NULL) = (print_copy_of IS NULL)",
}
REGISTER_CHECKS = {
    "state": "state IN ('reserved', 'used', 'void', 'outside', 'missing')",
    "reserved_for_somebody": "state <> 'reserved' OR reserved_for <> ''",
    "classified_has_no_title": "NOT classified OR title = ''",
}
SERIES_CHECKS = {
    "start_is_whole": "(start_at IS NULL) = (start_year IS NULL) AND (start_at IS NULL) = (start_serial IS NULL)",
    "start_positive": "start_serial > 0",
    "proposal_is_whole": "(proposed_year IS NULL) = (proposed_serial IS NULL) AND proposed_serial > 0",
}


def upgrade() -> None:
    _new_tables()
    with op.batch_alter_table("agencies") as agencies:
        agencies.add_column(sa.Column("masthead_size_pt", sa.Integer(), nullable=True))
        agencies.add_column(sa.Column("masthead_percent", sa.Integer(), nullable=True))
        agencies.add_column(sa.Column("copy_to", sa.Text(), server_default=sa.text("''"), nullable=False))
    with op.batch_alter_table("agency_names") as names:
        names.add_column(sa.Column("masthead", sa.String(length=200), nullable=True))
        names.add_column(sa.Column("printed_by", sa.String(length=200), nullable=True))
    with op.batch_alter_table("documents") as documents:
        documents.add_column(sa.Column("origin", sa.String(length=64), server_default="here", nullable=False))
        documents.add_column(sa.Column("layout", sa.JSON(), nullable=True))
        documents.add_column(sa.Column("print_copy_sha256", sa.String(length=64), nullable=True))
        documents.add_column(sa.Column("print_copy_of", sa.String(length=64), nullable=True))
        documents.create_foreign_key(
            "fk_documents_print_copy_sha256_files", "files", ["print_copy_sha256"], ["sha256"]
        )
        for name in ("issued_has_number_and_file", "frozen_has_print_date"):
            documents.drop_constraint(op.f(f"ck_documents_{name}"), type_="check")
        for name, rule in DOCUMENT_CHECKS.items():
            documents.create_check_constraint(op.f(f"ck_documents_{name}"), sa.text(rule))
    with op.batch_alter_table("document_files") as files:
        one_of_a_kind = "uq_document_files_document_id_format_made_from"
        files.drop_constraint(op.f(one_of_a_kind), type_="unique")
        files.create_unique_constraint(
            op.f(f"{one_of_a_kind}_sha256"), ["document_id", "format", "made_from", "sha256"]
        )
    with op.batch_alter_table("register") as register:
        register.add_column(
            sa.Column("title", sa.String(length=200), server_default=sa.text("''"), nullable=False)
        )
        register.add_column(sa.Column("classified", sa.Boolean(), server_default=sa.false(), nullable=False))
        register.add_column(
            sa.Column("reserved_for", sa.String(length=200), server_default=sa.text("''"), nullable=False)
        )
        register.add_column(sa.Column("reserved_until", sa.Date(), nullable=True))
        register.add_column(sa.Column("dated", sa.Date(), nullable=True))
        register.drop_constraint(op.f("ck_register_state"), type_="check")
        for name, rule in REGISTER_CHECKS.items():
            register.create_check_constraint(op.f(f"ck_register_{name}"), sa.text(rule))
    op.create_index("ix_register_latest", "register", ["series_id", "registered_on"])
    reserved = sa.text("state = 'reserved'")
    op.create_index(
        "ix_register_reserved",
        "register",
        ["series_id", "year", "serial"],
        sqlite_where=reserved,
        postgresql_where=reserved,
    )
    with op.batch_alter_table("series") as series:
        series.add_column(sa.Column("retired", sa.Boolean(), server_default=sa.false(), nullable=False))
        series.add_column(sa.Column("start_year", sa.Integer(), nullable=True))
        series.add_column(sa.Column("start_serial", sa.Integer(), nullable=True))
        series.add_column(sa.Column("start_at", sa.String(length=27), nullable=True))
        series.add_column(sa.Column("start_by", sa.Integer(), nullable=True))
        series.add_column(sa.Column("proposed_year", sa.Integer(), nullable=True))
        series.add_column(sa.Column("proposed_serial", sa.Integer(), nullable=True))
        series.create_foreign_key("fk_series_start_by_users", "users", ["start_by"], ["id"])
        for name, rule in SERIES_CHECKS.items():
            series.create_check_constraint(op.f(f"ck_series_{name}"), sa.text(rule))
    with op.batch_alter_table("tasks") as tasks:
        tasks.add_column(sa.Column("handed_from_id", sa.Integer(), nullable=True))
        tasks.create_foreign_key("fk_tasks_handed_from_id_users", "users", ["handed_from_id"], ["id"])
    with op.batch_alter_table("users") as users:
        users.add_column(sa.Column("must_change", sa.Boolean(), server_default=sa.false(), nullable=False))
        users.add_column(sa.Column("closed_at", sa.String(length=27), nullable=True))
        users.add_column(sa.Column("signed_in_at", sa.String(length=27), nullable=True))
        users.add_column(sa.Column("signature_sha256", sa.String(length=64), nullable=True))
        users.create_foreign_key("fk_users_signature_sha256_files", "files", ["signature_sha256"], ["sha256"])
    _confirm_starts()


def downgrade() -> None:
    raise NotImplementedError("an office that has begun does not go back")


def _confirm_starts() -> None:
    """Series that were there before gave their numbers from 1 on, and nobody was asked."""
    now = datetime.now()
    op.execute(
        sa.text(
            "UPDATE series SET start_serial = 1, start_at = :at, start_year = "
            "COALESCE((SELECT MIN(year) FROM register WHERE register.series_id = series.id), :year)"
        ).bindparams(at=f"{now:%Y-%m-%dT00:00:00.000000Z}", year=now.year)
    )


def _new_tables() -> None:
    op.create_table(
        "signing_rights",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("post", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agencies.id"], name=op.f("fk_signing_rights_agency_id_agencies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signing_rights")),
        sa.UniqueConstraint("agency_id", "type", "post", name=op.f("uq_signing_rights_agency_id_type_post")),
    )
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_id", sa.Integer(), nullable=False),
        sa.Column("to_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_handovers_by_id_users")),
        sa.ForeignKeyConstraint(["from_id"], ["users.id"], name=op.f("fk_handovers_from_id_users")),
        sa.ForeignKeyConstraint(["to_id"], ["users.id"], name=op.f("fk_handovers_to_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
    )
    with op.batch_alter_table("handovers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handovers_from_id"), ["from_id"], unique=False)

    op.create_table(
        "imports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.CheckConstraint("kind IN ('office', 'past')", name=op.f("ck_imports_kind")),
        sa.CheckConstraint(
            "state IN ('collecting', 'checking', 'refused', 'ready', 'running', 'done', 'failed')",
            name=op.f("ck_imports_state"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_imports_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_imports")),
        sa.UniqueConstraint("public_id", name=op.f("uq_imports_public_id")),
    )
    op.create_table(
        "office_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_office_changes_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_changes")),
    )
    op.create_table(
        "uploads",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["sha256"], ["files.sha256"], name=op.f("fk_uploads_sha256_files")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_uploads_user_id_users")),
        sa.PrimaryKeyConstraint("sha256", "user_id", "name", name=op.f("pk_uploads")),
    )
    op.create_table(
        "entered_opinions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("for_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("medium", sa.String(length=64), nullable=False),
        sa.Column("scan_sha256", sa.String(length=64), nullable=True),
        sa.Column("said_at", sa.String(length=27), nullable=True),
        sa.Column("heard_by", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("made_good_at", sa.String(length=27), nullable=True),
        sa.Column("made_good_how", sa.String(length=64), nullable=True),
        sa.Column("made_good_by", sa.Integer(), nullable=True),
        sa.Column("handed_to_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("made_good_how IN ('confirmed', 'paper')", name=op.f("ck_entered_opinions_how")),
        sa.CheckConstraint(
            "medium <> 'oral' OR (said_at IS NOT NULL AND heard_by <> '')",
            name=op.f("ck_entered_opinions_oral_is_witnessed"),
        ),
        sa.CheckConstraint(
            "medium <> 'paper' OR scan_sha256 IS NOT NULL", name=op.f("ck_entered_opinions_paper_has_scan")
        ),
        sa.CheckConstraint("medium IN ('paper', 'oral')", name=op.f("ck_entered_opinions_medium")),
        sa.CheckConstraint(
            "(made_good_at IS NULL) = (made_good_how IS NULL)", name=op.f("ck_entered_opinions_made_good_how")
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name=op.f("fk_entered_opinions_by_id_users")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_entered_opinions_document_id_documents")
        ),
        sa.ForeignKeyConstraint(["for_id"], ["users.id"], name=op.f("fk_entered_opinions_for_id_users")),
        sa.ForeignKeyConstraint(
            ["handed_to_id"], ["users.id"], name=op.f("fk_entered_opinions_handed_to_id_users")
        ),
        sa.ForeignKeyConstraint(
            ["made_good_by"], ["users.id"], name=op.f("fk_entered_opinions_made_good_by_users")
        ),
        sa.ForeignKeyConstraint(
            ["scan_sha256"], ["files.sha256"], name=op.f("fk_entered_opinions_scan_sha256_files")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entered_opinions")),
        sa.UniqueConstraint("document_id", "seq", name=op.f("uq_entered_opinions_document_id_seq")),
    )
    with op.batch_alter_table("entered_opinions", schema=None) as batch_op:
        batch_op.create_index("ix_entered_opinions_for_open", ["for_id", "made_good_at"], unique=False)

    op.create_table(
        "past_records",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("written_number", sa.String(length=200), nullable=False),
        sa.Column("agency_code", sa.String(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("duplicate", sa.Boolean(), nullable=False),
        sa.Column("signatory", sa.String(length=200), nullable=False),
        sa.Column("addressees", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_past_records_document_id_documents")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["imports.id"], name=op.f("fk_past_records_import_id_imports")
        ),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_past_records")),
    )
    with op.batch_alter_table("past_records", schema=None) as batch_op:
        batch_op.create_index("ix_past_records_year_serial", ["year", "serial"], unique=False)

    op.create_table(
        "proof_ticks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("part", sa.String(length=64), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.CheckConstraint("part IN ('drafter', 'clerk')", name=op.f("ck_proof_ticks_part")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_proof_ticks_document_id_documents")
        ),
        sa.ForeignKeyConstraint(
            ["file_sha256"], ["files.sha256"], name=op.f("fk_proof_ticks_file_sha256_files")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_proof_ticks_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proof_ticks")),
        sa.UniqueConstraint(
            "document_id", "file_sha256", "part", name=op.f("uq_proof_ticks_document_id_file_sha256_part")
        ),
    )
    op.create_table(
        "recipients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("copies", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.Column("remark", sa.String(length=200), server_default=sa.text("''"), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("entered_at", sa.String(length=27), nullable=True),
        sa.CheckConstraint("copies > 0", name=op.f("ck_recipients_copies_positive")),
        sa.CheckConstraint(
            "received_on IS NULL OR entered_by IS NOT NULL", name=op.f("ck_recipients_received_was_entered")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_recipients_document_id_documents")
        ),
        sa.ForeignKeyConstraint(["entered_by"], ["users.id"], name=op.f("fk_recipients_entered_by_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipients")),
        sa.UniqueConstraint("document_id", "name", name=op.f("uq_recipients_document_id_name")),
    )
