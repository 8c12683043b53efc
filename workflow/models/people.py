"""Describe the office: units, people, the posts they hold, the agencies it issues as."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column

from .base import EMPTY, Base, Code, Id, Line, Sha256, Stamp, Words


class Agency(Base):
    """A name in which the office issues documents (发文机关)."""

    __tablename__ = "agencies"

    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(unique=True)
    masthead: Mapped[Line]
    printed_by: Mapped[Line]
    seal: Mapped[bool]
    fonds: Mapped[Code]  # 全宗号
    section: Mapped[Code]  # 机构(问题)代码 in archival codes
    position: Mapped[int]
    masthead_size_pt: Mapped[int | None]  # both are found by fitting where they are not given
    masthead_percent: Mapped[int | None]
    copy_to: Mapped[Words] = mapped_column(server_default=EMPTY)  # 抄送 that new documents start with


class AgencyName(Base):
    """What an agency is called, in full and as 规范化简称, from one day to another.

    Masthead and 印发机关 are the agency's own where they do not stand here.
    """

    __tablename__ = "agency_names"

    id: Mapped[Id]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    full: Mapped[Line]
    short: Mapped[Line]
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)
    masthead: Mapped[Line | None]
    printed_by: Mapped[Line | None]


class SigningRight(Base):
    """A post that may sign an agency's documents of a 文种 ('' stands for all that are not named)."""

    __tablename__ = "signing_rights"
    __table_args__ = (UniqueConstraint("agency_id", "type", "post"),)

    id: Mapped[Id]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    type: Mapped[Code]
    post: Mapped[Code]
    position: Mapped[int]


class Series(Base):
    """A run of numbers under one 机关代字; the types it serves are 文种, all others when empty.

    No number is given before the registrar has confirmed with which one the series starts.
    """

    __tablename__ = "series"
    __table_args__ = (
        CheckConstraint(
            "(start_at IS NULL) = (start_year IS NULL) AND (start_at IS NULL) = (start_serial IS NULL)",
            name="start_is_whole",
        ),
        CheckConstraint("start_serial > 0", name="start_positive"),
        CheckConstraint(
            "(proposed_year IS NULL) = (proposed_serial IS NULL) AND proposed_serial > 0",
            name="proposal_is_whole",
        ),
    )

    id: Mapped[Id]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"), index=True)
    agency_code: Mapped[Line] = mapped_column(unique=True)
    name: Mapped[Line]
    types: Mapped[list[str]] = mapped_column(JSON)
    closed_year: Mapped[int]  # numbers of this year and before are no longer given
    position: Mapped[int]
    retired: Mapped[bool] = mapped_column(server_default=false())  # a former 代字: numbers nothing new
    start_year: Mapped[int | None]
    start_serial: Mapped[int | None]
    start_at: Mapped[Stamp | None]
    start_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    proposed_year: Mapped[int | None]  # what the office's workbook says; the registrar confirms a start
    proposed_serial: Mapped[int | None]


class Unit(Base):
    """A unit of the office (internal), or one outside that has dealings with it."""

    __tablename__ = "units"

    id: Mapped[Id]
    name: Mapped[Line] = mapped_column(unique=True)
    internal: Mapped[bool]
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agencies.id"))
    position: Mapped[int]


class User(Base):
    __tablename__ = "users"

    id: Mapped[Id]
    username: Mapped[Code] = mapped_column(unique=True)
    name: Mapped[Line]
    password_hash: Mapped[Words]
    active: Mapped[bool]
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[Stamp | None]
    must_change: Mapped[bool] = mapped_column(server_default=false())  # the password, at the next sign-in
    closed_at: Mapped[Stamp | None]
    signed_in_at: Mapped[Stamp | None]  # the last time; sessions that ended leave no other trace
    signature_sha256: Mapped[Sha256 | None] = mapped_column(ForeignKey("files.sha256"))  # a picture
    email: Mapped[Line] = mapped_column(server_default=EMPTY)
    email_on: Mapped[bool] = mapped_column(server_default=true())  # reminders go there, too


class Post(Base):
    """A post of a unit, or of the installation where it has no unit (administrator, auditor)."""

    __tablename__ = "posts"

    id: Mapped[Id]
    code: Mapped[Code] = mapped_column(index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    title: Mapped[Line]
    stand_in_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Appointment(Base):
    """A person in a post; a person may hold several."""

    __tablename__ = "appointments"
    __table_args__ = (UniqueConstraint("post_id", "user_id"),)

    id: Mapped[Id]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)


class LeaderInCharge(Base):
    """Which leader answers for which unit (分管)."""

    __tablename__ = "leaders_in_charge"
    __table_args__ = (UniqueConstraint("unit_id", "user_id"),)

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)


class Correspondent(Base):
    """A body or group of bodies that documents are sent to, with how many copies it takes."""

    __tablename__ = "correspondents"

    id: Mapped[Id]
    name: Mapped[Line] = mapped_column(unique=True)
    copies: Mapped[int]
    position: Mapped[int]
