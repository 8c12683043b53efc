"""Describe what comes in from outside and what changes in the office itself."""

from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Code, Id, Line, Sha256, Stamp, Words


class Import(Base):
    """A workbook, with or without a folder of files, on its way into the office.

    checking: being read; refused: has errors, nothing was changed; ready: would go through; running; done.
    """

    __tablename__ = "imports"
    __table_args__ = (
        CheckConstraint("kind IN ('office', 'past')", name="kind"),
        CheckConstraint(
            "state IN ('collecting', 'checking', 'refused', 'ready', 'running', 'done', 'failed')",
            name="state",
        ),
    )

    id: Mapped[Id]
    public_id: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[Code]
    state: Mapped[Code]
    name: Mapped[Line]  # of the workbook, as it was sent
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # none: by a command
    at: Mapped[Stamp]
    done: Mapped[int]
    total: Mapped[int]
    report: Mapped[dict[str, Any]] = mapped_column(JSON)


class PastRecord(Base):
    """What the register of former years says of a document that was issued before this system (历史导入)."""

    __tablename__ = "past_records"
    __table_args__ = (Index("ix_past_records_year_serial", "year", "serial"),)

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"))
    row: Mapped[int]  # in the workbook
    written_number: Mapped[Line]  # as it was written, old brackets too
    agency_code: Mapped[Line]
    year: Mapped[int]
    serial: Mapped[int]
    duplicate: Mapped[bool]  # another document has the number: the register's row is that one's
    signatory: Mapped[Line]
    addressees: Mapped[Words]
    source: Mapped[Line]  # the file's name in the folder, '' when none was found


class AttachedText(Base):
    """What stands in the files attached to an issued document, so that it is found by that."""

    __tablename__ = "attached_texts"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    text: Mapped[Words]


class Upload(Base):
    """A file that somebody sent to go with a document; the bytes lie in the archive under their hash."""

    __tablename__ = "uploads"

    sha256: Mapped[Sha256] = mapped_column(ForeignKey("files.sha256"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    name: Mapped[Line] = mapped_column(primary_key=True)
    kind: Mapped[Code]  # pdf, docx, xlsx, png, jpeg
    at: Mapped[Stamp]


class Handover(Base):
    """Work that went from one person to another (工作交接), line by line, with the reason."""

    __tablename__ = "handovers"

    id: Mapped[Id]
    from_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]
    reason: Mapped[Words]
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)


class OfficeChange(Base):
    """A change of the office's own data: who, what, when; `by_id` is none where a command made it."""

    __tablename__ = "office_changes"

    id: Mapped[Id]
    at: Mapped[Stamp]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    action: Mapped[Code]
    subject: Mapped[Line]
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
