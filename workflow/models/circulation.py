"""Describe what is passed round for reading (传阅, 抄送), and the phrases that people keep."""

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Code, Id, Line, Stamp, Words

_OPEN = text("withdrawn_at IS NULL AND answered_at IS NULL AND (read_at IS NULL OR wants_answer)")


class Circulation(Base):
    """A document that was passed to somebody for reading, why, and what they said; open until that is done.

    kind: circulate (传阅, before it is issued), copy_to (抄送, of what is issued). `answer_seq` is the
    movement that keeps the answer.
    """

    __tablename__ = "circulations"
    __table_args__ = (
        CheckConstraint("kind IN ('circulate', 'copy_to')", name="kind"),
        CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answer_seq IS NULL)",
            name="answer_has_its_time",
        ),
        CheckConstraint("answered_at IS NULL OR read_at IS NOT NULL", name="answered_was_read"),
        Index("ix_circulations_reader", "reader_id", "document_id"),
        Index("ix_circulations_document", "document_id"),
        Index(
            "uq_circulations_open",
            "document_id",
            "reader_id",
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    kind: Mapped[Code]
    reader_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]
    note: Mapped[Words]
    wants_answer: Mapped[bool]
    read_at: Mapped[Stamp | None]
    answer: Mapped[Words | None]
    answered_at: Mapped[Stamp | None]
    answer_seq: Mapped[int | None]
    withdrawn_at: Mapped[Stamp | None]


class OpinionPhrase(Base):
    """A phrase that somebody often writes as an opinion (常用语), in the order that they chose."""

    __tablename__ = "opinion_phrases"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[Line]
