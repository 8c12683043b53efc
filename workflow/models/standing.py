"""Describe what became of issued documents, and what drafters asked to have corrected."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import EMPTY, Base, Code, Id, Line, Stamp, Words


class Ended(Base):
    """An issued document that a later one ended (条例 art. 33): 撤销 rescind, 废止 repeal, 更正重发 replace.

    It counts unless the later one was rescinded itself: then `undone_by_id` is the one that did that.
    """

    __tablename__ = "ended"
    __table_args__ = (
        UniqueConstraint("later_id", "earlier_id"),
        CheckConstraint("act IN ('rescind', 'repeal', 'replace')", name="act"),
        CheckConstraint("(act = 'repeal') = (from_date IS NOT NULL)", name="repeal_has_date"),
        CheckConstraint("later_id <> earlier_id", name="later_is_another"),
        CheckConstraint("undone_by_id <> later_id", name="undone_by_another"),
        Index("ix_ended_earlier_act", "earlier_id", "act"),
    )

    id: Mapped[Id]
    later_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    earlier_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    act: Mapped[Code]
    from_date: Mapped[date | None] = mapped_column(Date)
    reason: Mapped[Words] = mapped_column(server_default=EMPTY)
    seq: Mapped[int]  # of the later one's movement that issued it
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))


class Correction(Base):
    """A slip that the drafter found after sign-off and asks the holder to mend (申请更正)."""

    __tablename__ = "corrections"
    __table_args__ = (
        UniqueConstraint("document_id", "seq"),
        CheckConstraint("outcome IN ('accepted', 'declined')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="outcome_has_time"),
        CheckConstraint("(outcome IS NULL) = (answered_by IS NULL)", name="outcome_has_person"),
        CheckConstraint("outcome <> 'declined' OR answer <> ''", name="declined_has_reason"),
    )

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    seq: Mapped[int]  # of the movement that asked for it
    place: Mapped[Line]
    words: Mapped[Words]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]
    outcome: Mapped[Code | None]
    answer: Mapped[Words] = mapped_column(server_default=EMPTY)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[Stamp | None]
