"""Describe what deadlines go by: the working calendar, and who was urged when."""

from datetime import date

from sqlalchemy import Date, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Id, Line, Stamp, Words


class CalendarYear(Base):
    """A year whose list of holidays was loaded; `by_id` is none where the program brought it along."""

    __tablename__ = "calendar_years"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[Line]
    at: Mapped[Stamp]
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class CalendarDay(Base):
    """A day that its year's list names: a holiday, or a Saturday or Sunday that is worked (调休)."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    worked: Mapped[bool]
    name: Mapped[Line]


class Urging(Base):
    """A reminder of a task (催办): by hand where `rung` is none, else a rung of the ladder.

    `to_id` is who was told: the task's holder, or for a leader's the office clerk, who decides.
    """

    __tablename__ = "urgings"
    __table_args__ = (
        UniqueConstraint("task_id", "rung", "to_id"),
        Index("ix_urgings_document", "document_id"),
    )

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    task_id: Mapped[int] = mapped_column(ForeignKey("tasks.id"))
    to_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    rung: Mapped[int | None]
    at: Mapped[Stamp]
    note: Mapped[Words]
