"""Describe what was said at single places when a document was sent back (退回)."""

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import EMPTY, Base, Code, Id, Line, Stamp, Words


class ReturnPoint(Base):
    """One point of a return, and what became of it."""

    __tablename__ = "return_points"
    __table_args__ = (
        UniqueConstraint("document_id", "n"),
        CheckConstraint("answer IN ('changed', 'explained', 'let_be')", name="answer"),
        CheckConstraint(
            "(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL)"
            " AND (answer IS NULL) = (answer_seq IS NULL)",
            name="answer_has_person_and_time",
        ),
        CheckConstraint("answer <> 'explained' OR note <> ''", name="explained_in_words"),
    )

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    n: Mapped[int]  # counted through the document
    seq: Mapped[int]  # of the movement that sent it back
    round: Mapped[int]
    revision: Mapped[int]  # the text on which it was given
    place: Mapped[Line]  # such as body[2]; '' is the whole document
    kind: Mapped[Code]
    text: Mapped[Words]
    quoted: Mapped[Words]  # the words that stood there, their beginning where they are many
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]
    answer: Mapped[Code | None]  # let_be: it was sent on without a word to this point
    note: Mapped[Words] = mapped_column(server_default=EMPTY)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[Stamp | None]
    answer_seq: Mapped[int | None]  # of the movement by which it was answered last
