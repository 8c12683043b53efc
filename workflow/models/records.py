"""Describe what is kept for good: movements and their chain, the register, files; and what runs beside."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import EMPTY, Base, Code, Id, Line, Sha256, Stamp, Words


class Movement(Base):
    """A step taken (流转记录). `canonical` is the record; the columns repeat what lists need of it.

    `hash` is over `canonical`, which holds the document's previous hash; `chain_hash` is over the
    chain's previous hash and this one; `position` is the order of commits.
    """

    __tablename__ = "movements"
    __table_args__ = (UniqueConstraint("document_id", "seq"),)

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    seq: Mapped[int]
    at: Mapped[Stamp]
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    action: Mapped[Code]
    source: Mapped[Code]
    dest: Mapped[Code]
    canonical: Mapped[Words]
    format: Mapped[int]
    hash: Mapped[Sha256]
    chain_hash: Mapped[Sha256]


class ChainHead(Base):
    """The last link of the chain of all movements: one row."""

    __tablename__ = "chain_head"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[Id]
    position: Mapped[int]
    chain_hash: Mapped[Sha256]


class Counter(Base):
    """The last serial given in a run that must have no gaps."""

    __tablename__ = "counters"

    run: Mapped[Line] = mapped_column(primary_key=True)
    last: Mapped[int]


_RESERVED = text("state = 'reserved'")


class RegisterEntry(Base):
    """A number of the register (发文登记簿), whatever became of it.

    outside: used without this system (系统外用号); missing: no paper accounts for it (缺号), its reason
    is 待查 until one is found.
    """

    __tablename__ = "register"
    __table_args__ = (
        UniqueConstraint("series_id", "year", "serial"),
        CheckConstraint("state IN ('reserved', 'used', 'void', 'outside', 'missing')", name="state"),
        CheckConstraint("state = 'used' OR reason <> ''", name="reason_unless_used"),
        CheckConstraint("state <> 'used' OR document_id IS NOT NULL", name="used_has_document"),
        CheckConstraint("serial > 0", name="serial_positive"),
        CheckConstraint("state <> 'reserved' OR reserved_for <> ''", name="reserved_for_somebody"),
        CheckConstraint("NOT classified OR title = ''", name="classified_has_no_title"),
        Index("ix_register_latest", "series_id", "registered_on"),
        Index(
            "ix_register_reserved",
            "series_id",
            "year",
            "serial",
            sqlite_where=_RESERVED,
            postgresql_where=_RESERVED,
        ),
    )

    id: Mapped[Id]
    series_id: Mapped[int] = mapped_column(ForeignKey("series.id"))
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[Line] = mapped_column(unique=True)
    state: Mapped[Code]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), unique=True)
    reason: Mapped[Words]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    registered_on: Mapped[date] = mapped_column(Date)
    title: Mapped[Line] = mapped_column(server_default=EMPTY)  # of what was numbered outside
    classified: Mapped[bool] = mapped_column(server_default=false())
    reserved_for: Mapped[Line] = mapped_column(server_default=EMPTY)
    reserved_until: Mapped[date | None] = mapped_column(Date)
    dated: Mapped[date | None] = mapped_column(Date)  # 成文日期 of what was numbered outside


class StoredFile(Base):
    """Bytes in the archive, known by their hash."""

    __tablename__ = "files"

    sha256: Mapped[Sha256] = mapped_column(primary_key=True)
    size: Mapped[int]
    at: Mapped[Stamp]


class Answer(Base):
    """The first answer to a request that carried an idempotency key."""

    __tablename__ = "answers"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    key: Mapped[Line] = mapped_column(primary_key=True)
    request_hash: Mapped[Sha256]
    answer: Mapped[dict[str, object]] = mapped_column(JSON)
    at: Mapped[Stamp]


class Login(Base):
    """A browser's session or an API token: only its hash is kept."""

    __tablename__ = "logins"
    __table_args__ = (CheckConstraint("kind IN ('browser', 'token')", name="kind"),)

    token_sha256: Mapped[Sha256] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    kind: Mapped[Code]
    since: Mapped[Stamp]
    seen_at: Mapped[Stamp]
    expires_at: Mapped[Stamp]


class Job(Base):
    """Work to be done after a commit; `key` makes asking twice the same as asking once."""

    __tablename__ = "jobs"
    __table_args__ = (
        UniqueConstraint("kind", "key"),
        CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name="state"),
        Index("ix_jobs_state_due", "state", "due_at"),
    )

    id: Mapped[Id]
    kind: Mapped[Code]
    key: Mapped[Line]
    payload: Mapped[dict[str, str]] = mapped_column(JSON)
    state: Mapped[Code]
    attempts: Mapped[int]
    due_at: Mapped[Stamp]
    error: Mapped[Words]


class Mark(Base):
    """A fact about the installation: the demonstration office's progress, the worker's last sign of life."""

    __tablename__ = "marks"

    name: Mapped[Code] = mapped_column(primary_key=True)
    value: Mapped[Words]
