"""Describe what people hand to a colleague while they are away."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Code, Id, Stamp, Words


class Delegation(Base):
    """A person's acts in the hands of a colleague for a time (委托), both days included.

    Whether it is in force follows from its days and its end alone; `begun_at` and `over_at` say when the
    documents under way followed it, `read_at` when the principal saw what was done meanwhile.
    """

    __tablename__ = "delegations"
    __table_args__ = (
        CheckConstraint("since <= until", name="since_until"),
        CheckConstraint("principal_id <> delegate_id", name="not_to_oneself"),
        CheckConstraint("urgencies IN ('all', 'urgent')", name="urgencies"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
        CheckConstraint("made_by_id = principal_id OR reason <> ''", name="reason_for_another"),
        Index("ix_delegations_until", "until"),
        Index("ix_delegations_principal", "principal_id"),
        Index("ix_delegations_delegate", "delegate_id"),
    )

    id: Mapped[Id]
    principal_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    delegate_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)
    kinds: Mapped[list[str]] = mapped_column(JSON)
    urgencies: Mapped[Code]
    signing: Mapped[bool]
    reason: Mapped[Words]
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[Stamp]
    ended_at: Mapped[Stamp | None]  # before its last day was over
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    begun_at: Mapped[Stamp | None]
    over_at: Mapped[Stamp | None]
    read_at: Mapped[Stamp | None]
