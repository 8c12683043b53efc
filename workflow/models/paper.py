"""Describe what a document has on paper: opinions entered for others, proofs, who was sent how many."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import EMPTY, Base, Code, Id, Line, Sha256, Stamp


class EnteredOpinion(Base):
    """A step that somebody entered for another (代录): from paper with its scan, or as it was said."""

    __tablename__ = "entered_opinions"
    __table_args__ = (
        UniqueConstraint("document_id", "seq"),
        CheckConstraint("medium IN ('paper', 'oral')", name="medium"),
        CheckConstraint("medium <> 'paper' OR scan_sha256 IS NOT NULL", name="paper_has_scan"),
        CheckConstraint(
            "medium <> 'oral' OR (said_at IS NOT NULL AND heard_by <> '')", name="oral_is_witnessed"
        ),
        CheckConstraint("(made_good_at IS NULL) = (made_good_how IS NULL)", name="made_good_how"),
        CheckConstraint("made_good_how IN ('confirmed', 'paper')", name="how"),
        Index("ix_entered_opinions_for_open", "for_id", "made_good_at"),
    )

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    seq: Mapped[int]  # of the movement that it is
    for_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    medium: Mapped[Code]
    scan_sha256: Mapped[Sha256 | None] = mapped_column(ForeignKey("files.sha256"))
    said_at: Mapped[Stamp | None]
    heard_by: Mapped[Line] = mapped_column(server_default=EMPTY)
    at: Mapped[Stamp]
    made_good_at: Mapped[Stamp | None]  # 补签; what came on paper needs none and has the time of entry
    made_good_how: Mapped[Code | None]
    made_good_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    handed_to_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who sees to it now (工作交接)


class CoSignature(Base):
    """What another agency of a joint document signed (联署), as the office clerk entered it."""

    __tablename__ = "co_signatures"
    __table_args__ = (UniqueConstraint("document_id", "seq"),)

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    seq: Mapped[int]  # of the movement that it is
    agency: Mapped[Line]
    name: Mapped[Line]
    post: Mapped[Line]
    signed_on: Mapped[date] = mapped_column(Date)
    scan_sha256: Mapped[Sha256 | None] = mapped_column(ForeignKey("files.sha256"))
    content_sha256: Mapped[Sha256]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]


class ProofTick(Base):
    """Somebody has read the clean proof (清样) of a file and found no fault."""

    __tablename__ = "proof_ticks"
    __table_args__ = (
        UniqueConstraint("document_id", "file_sha256", "part"),
        CheckConstraint("part IN ('drafter', 'clerk')", name="part"),
    )

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    file_sha256: Mapped[Sha256] = mapped_column(ForeignKey("files.sha256"))
    part: Mapped[Code]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]


class Recipient(Base):
    """A body that a document is sent to, its copies, and its receipt (签收)."""

    __tablename__ = "recipients"
    __table_args__ = (
        UniqueConstraint("document_id", "name"),
        CheckConstraint("copies > 0", name="copies_positive"),
        CheckConstraint("received_on IS NULL OR entered_by IS NOT NULL", name="received_was_entered"),
    )

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    position: Mapped[int]
    name: Mapped[Line]
    copies: Mapped[int]
    sent_on: Mapped[date | None] = mapped_column(Date)
    received_on: Mapped[date | None] = mapped_column(Date)
    received_by: Mapped[Line] = mapped_column(server_default=EMPTY)
    remark: Mapped[Line] = mapped_column(server_default=EMPTY)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[Stamp | None]
