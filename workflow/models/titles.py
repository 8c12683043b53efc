"""Describe titles (称号): who was named what, by which number, until when, and what became of it."""

from datetime import date

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import EMPTY, Base, Code, Id, Line, Sha256, Stamp, Words


class Title(Base):
    """A title that a unit holds or held.

    number: of the document that conferred it, ours (`document_id`) or another's. application: the one that
    led to it; those from before the system have none. state follows the events.
    """

    __tablename__ = "titles"
    __table_args__ = (
        CheckConstraint("state IN ('valid', 'suspended', 'revoked', 'expired', 'terminated')", name="state"),
        CheckConstraint("level IN ('own', 'provincial', 'national')", name="level"),
        UniqueConstraint("conferral_id", "unit_id", "category"),
        Index("ix_titles_unit", "unit_id"),
        Index("ix_titles_until", "state", "until"),
    )

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    holder: Mapped[Line]  # the unit's name on the day
    category: Mapped[Code] = mapped_column(ForeignKey("categories.code"))
    level: Mapped[Code]
    term: Mapped[Line]
    conferral_id: Mapped[int | None] = mapped_column(ForeignKey("conferrals.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    number: Mapped[Line]
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    state: Mapped[Code]
    note: Mapped[Words] = mapped_column(server_default=EMPTY)
    certificate: Mapped[Line | None] = mapped_column(unique=True)  # its number
    docx_sha256: Mapped[Sha256 | None] = mapped_column(ForeignKey("files.sha256"))
    pdf_sha256: Mapped[Sha256 | None] = mapped_column(ForeignKey("files.sha256"))


_TO_PUT_RIGHT = "done_on IS NULL AND kind IN ('remind', 'warn', 'suspend')"


class TitleEvent(Base):
    """What befell a title; `document_id` is the document that it rests on.

    The ladder is remind (提醒), warn (警告), suspend (停牌整改), revoke (撤销). void: void from the start.
    replace: conferred anew by another document (更正重发). One that undoes another event (`undoes_id`) is a
    revive, or a void where what it undoes had undone something itself.
    """

    __tablename__ = "title_events"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('confer', 'remind', 'warn', 'suspend', 'restore', 'keep', 'revoke', 'expire',"
            " 'terminate', 'rename', 'replace', 'void', 'revive')",
            name="kind",
        ),
        CheckConstraint(
            "kind = 'void' OR (kind = 'revive') = (undoes_id IS NOT NULL)", name="revived_is_undone"
        ),
        CheckConstraint(
            "done_on IS NOT NULL OR (righted = '' AND righted_sha256 IS NULL)", name="righted_is_done"
        ),
        Index("ix_title_events_title", "title_id"),
        Index(
            "ix_title_events_to_put_right",
            "title_id",
            sqlite_where=text(_TO_PUT_RIGHT),
            postgresql_where=text(_TO_PUT_RIGHT),
        ),
        Index("ix_title_events_document", "document_id"),
    )

    id: Mapped[Id]
    title_id: Mapped[int] = mapped_column(ForeignKey("titles.id"))
    kind: Mapped[Code]
    on: Mapped[date] = mapped_column("on_day", Date)
    due_on: Mapped[date | None] = mapped_column(Date)  # for putting right
    done_on: Mapped[date | None] = mapped_column(Date)
    righted: Mapped[Words] = mapped_column(server_default=EMPTY)  # how it was put right
    righted_sha256: Mapped[Sha256 | None] = mapped_column(ForeignKey("files.sha256"))
    reason: Mapped[Words] = mapped_column(server_default=EMPTY)
    evidence_sha256: Mapped[Sha256 | None] = mapped_column(ForeignKey("files.sha256"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("title_events.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]
