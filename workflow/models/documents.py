"""Describe documents under way: their text in all its revisions, who has them, who saw them."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Code, Id, Line, Sha256, Stamp, Words


class ProcedureText(Base):
    """A procedure's file as it was when documents started on it."""

    __tablename__ = "procedures"

    hash: Mapped[Sha256] = mapped_column(primary_key=True)
    kind: Mapped[Code]
    text: Mapped[Words]
    stored_at: Mapped[Stamp]


class Document(Base):
    __tablename__ = "documents"
    __table_args__ = (
        CheckConstraint(
            "origin = 'imported' OR state NOT IN ('issued', 'archived')"
            " OR (number IS NOT NULL AND frozen_sha256 IS NOT NULL)",
            name="issued_has_number_and_file",
        ),
        CheckConstraint(
            "origin = 'imported' OR frozen_sha256 IS NULL OR printed_on IS NOT NULL",
            name="frozen_has_print_date",
        ),
        CheckConstraint("origin IN ('here', 'imported')", name="origin"),
        CheckConstraint(
            "(print_copy_sha256 IS NULL) = (print_copy_of IS NULL)", name="print_copy_is_of_a_text"
        ),
        CheckConstraint(
            "signed_sha256 IS NULL OR (dated IS NOT NULL AND signatory_id IS NOT NULL)",
            name="signed_has_date_and_signatory",
        ),
        Index("ix_documents_state_drafter", "state", "drafter_id"),
        Index("ix_documents_issued_at", "issued_at"),
        Index(
            "ix_documents_unscanned",
            "issued_at",
            sqlite_where=text("issued_at IS NOT NULL AND seal = 1 AND scanned_of IS NOT frozen_sha256"),
            postgresql_where=text(
                "issued_at IS NOT NULL AND seal AND scanned_of IS DISTINCT FROM frozen_sha256"
            ),
        ),
    )

    id: Mapped[Id]
    public_id: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[Code]
    procedure_hash: Mapped[Sha256] = mapped_column(ForeignKey("procedures.hash"))
    state: Mapped[Code]
    version: Mapped[int]
    drafter_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    created_at: Mapped[Stamp]
    updated_at: Mapped[Stamp]
    submitted_at: Mapped[Stamp | None]
    issued_at: Mapped[Stamp | None]

    # taken from the content, for lists
    type: Mapped[Code]
    title: Mapped[Line]
    urgency: Mapped[Code | None]
    seal: Mapped[bool]
    content_sha256: Mapped[Sha256]
    revision: Mapped[int]
    co_agencies: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))  # 联署机关

    # the procedure's memory of this round
    round: Mapped[int]
    passed: Mapped[list[str]] = mapped_column(JSON)
    resume_at: Mapped[Code | None]
    resume_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    countersigners: Mapped[list[int]] = mapped_column(JSON)
    asked_signers: Mapped[list[int]] = mapped_column(JSON)
    countersigning: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # not all at once
    turns: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))  # 加签, 减签, 转办
    co_signed: Mapped[dict[str, list[str]] | None] = mapped_column(JSON(none_as_null=True))  # name, day
    deferred_until: Mapped[date | None] = mapped_column(Date)  # 缓发: put off until that day
    question_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who asked the drafter
    last_action: Mapped[Code | None]
    last_actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    open_points: Mapped[int | None]  # of returns, how many nobody has answered; none were ever given: null
    confers: Mapped[bool | None]  # its annex is an approved list, see Conferral; of others null
    last_step: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # see undoing.remember

    # what sign-off, registration and printing add
    signatory_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    signed_sha256: Mapped[Sha256 | None]
    vouched_sha256: Mapped[Sha256 | None]  # the signed text with the changes declared since
    correction: Mapped[Words] = mapped_column(default="")
    dated: Mapped[date | None] = mapped_column(Date)
    number: Mapped[Line | None] = mapped_column(unique=True)
    distribution: Mapped[Words] = mapped_column(default="")
    copies: Mapped[int | None]
    restricted: Mapped[bool] = mapped_column(default=False)
    printed_on: Mapped[date | None] = mapped_column(Date)
    frozen_sha256: Mapped[Sha256 | None] = mapped_column(ForeignKey("files.sha256"))
    scanned_of: Mapped[Sha256 | None]  # of which frozen file a sealed one came back last
    archival_code: Mapped[Line | None] = mapped_column(unique=True)
    retention: Mapped[Code | None]

    origin: Mapped[Code] = mapped_column(server_default="here")  # imported: 历史导入, see PastRecord
    layout: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # apart from the text
    print_copy_sha256: Mapped[Sha256 | None] = mapped_column(ForeignKey("files.sha256"))  # from Word or WPS
    print_copy_of: Mapped[Sha256 | None]  # the words that it prints, number and dates too

    # chain of this document's movements
    movements: Mapped[int] = mapped_column(default=0)
    last_hash: Mapped[Sha256 | None]


class Revision(Base):
    """One version of a document's content, in its canonical text."""

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("document_id", "n"),
        CheckConstraint("kind IN ('draft', 'in_place', 'layout', 'wording', 'substance')", name="kind"),
    )

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    n: Mapped[int]
    content: Mapped[Words]
    content_sha256: Mapped[Sha256]
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]
    stage: Mapped[Code]
    kind: Mapped[Code]
    reason: Mapped[Words] = mapped_column(default="")


class Task(Base):
    """A document waiting for a person, or what became of the waiting."""

    __tablename__ = "tasks"
    __table_args__ = (
        CheckConstraint("(closed_at IS NULL) = (outcome IS NULL)", name="closed_has_outcome"),
        CheckConstraint("outcome IN ('done', 'sent_back', 'cancelled')", name="outcome"),
        Index("ix_tasks_user_open", "user_id", "closed_at", "stage", "document_id", "due_at"),
        Index("ix_tasks_document_open", "document_id", "closed_at"),
    )

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    stage: Mapped[Code]
    round: Mapped[int]
    since: Mapped[Stamp]
    opened_at: Mapped[Stamp | None]
    closed_at: Mapped[Stamp | None]
    outcome: Mapped[Code | None]
    handed_from_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # by 工作交接
    for_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # for whom, by 委托
    due_at: Mapped[Stamp | None]  # 办理时限: none where the stage has no deadline


class Notice(Base):
    """Something for a person to read (待阅); `message` is a message id, `params` fills it."""

    __tablename__ = "notices"
    __table_args__ = (Index("ix_notices_user_unread", "user_id", "read_at"),)

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    at: Mapped[Stamp]
    message: Mapped[Words]
    params: Mapped[dict[str, Any]] = mapped_column(JSON)
    read_at: Mapped[Stamp | None]


class DraftCopy(Base):
    """What a person is typing and has not saved: one copy a person and document ('' for a new one)."""

    __tablename__ = "draft_copies"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    document: Mapped[Code] = mapped_column(primary_key=True)
    typed: Mapped[Words]
    at: Mapped[Stamp]


class Look(Base):
    """Which text of a document a person saw last, and before the visit that it belongs to."""

    __tablename__ = "looks"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    revision: Mapped[int]
    before: Mapped[int | None]
    at: Mapped[Stamp]


class DocumentFile(Base):
    """A file of a document; the bytes lie in the archive under their hash."""

    __tablename__ = "document_files"
    __table_args__ = (UniqueConstraint("document_id", "format", "made_from", "sha256"),)

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    format: Mapped[Code]  # docx, pdf; sealed: what came back; slip: 发文稿纸
    sha256: Mapped[Sha256] = mapped_column(ForeignKey("files.sha256"))
    made_from: Mapped[Sha256]  # the hash of the DOCX: its own, or the one that it was made from
    at: Mapped[Stamp]
