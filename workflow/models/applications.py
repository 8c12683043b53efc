"""Describe applications (申报), how they are judged, consulted about, decided on and made public."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import EMPTY, Base, Code, Id, Line, Sha256, Stamp, Words

_LIVE = text("live")


class Application(Base):
    """An application: its document moves through the procedure, this row says to what it belongs.

    live: under way or successful; a unit has at most one such a campaign and category.
    total and rank are frozen at deliberation, `reckoning` is how they came about. decision: of the
    deliberation, candidate or declined; at a recheck what is to become of the title (`title_id`).
    """

    __tablename__ = "applications"
    __table_args__ = (
        Index(
            "uq_applications_live",
            "campaign_id",
            "category",
            "unit_id",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("ix_applications_unit", "unit_id"),
        CheckConstraint("(total IS NULL) = (reckoning IS NULL)", name="total_is_reckoned"),
        CheckConstraint(
            "decision IN ('candidate', 'declined',"
            " 'keep', 'remind', 'warn', 'suspend', 'revoke', 'terminate')",
            name="decision",
        ),
    )

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    category: Mapped[Code] = mapped_column(ForeignKey("categories.code"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    live: Mapped[bool]
    begun_at: Mapped[Stamp]
    submitted_at: Mapped[Stamp | None]
    title_id: Mapped[int | None] = mapped_column(ForeignKey("titles.id"))  # that is rechecked
    came_from: Mapped[Line] = mapped_column(server_default=EMPTY)  # another system's workbook and row
    negative: Mapped[Code | None]  # the item of the negative list on which it failed
    negative_sha256: Mapped[Sha256 | None] = mapped_column(ForeignKey("files.sha256"))
    total: Mapped[int | None]  # in hundredths
    rank: Mapped[int | None]
    reckoning: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    deliberation_id: Mapped[int | None] = mapped_column(ForeignKey("deliberations.id"))
    decision: Mapped[Code | None]
    decision_reason: Mapped[Words] = mapped_column(server_default=EMPTY)


class Amendment(Base):
    """A request for correction (补正), and when it was answered; `seq` is its movement."""

    __tablename__ = "amendments"
    __table_args__ = (UniqueConstraint("document_id", "seq"),)

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    seq: Mapped[int]
    wanted: Mapped[Words]
    due_at: Mapped[Stamp]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]
    answered_at: Mapped[Stamp | None]


class Recusal(Base):
    """A unit that an assessor must not judge in a campaign, besides the one they belong to (回避)."""

    __tablename__ = "recusals"
    __table_args__ = (UniqueConstraint("campaign_id", "user_id", "unit_id"),)

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    reason: Mapped[Words]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]


class Assignment(Base):
    """An application given to an assessor for one method; blind until all of them have handed theirs in."""

    __tablename__ = "assignments"
    __table_args__ = (
        UniqueConstraint("document_id", "user_id", "method"),
        CheckConstraint("method IN ('material', 'site', 'survey')", name="method"),
        Index("ix_assignments_user", "user_id"),
    )

    id: Mapped[Id]
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    method: Mapped[Code]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]
    handed_in_at: Mapped[Stamp | None]
    remark: Mapped[Words] = mapped_column(server_default=EMPTY)
    veto: Mapped[Words] = mapped_column(server_default=EMPTY)  # 一票否决: why
    returned: Mapped[Words] = mapped_column(server_default=EMPTY)  # why the office sent it back


class Score(Base):
    """What an assessor gave for one indicator, in hundredths, and why it is not all of it.

    Without points it is a reason that somebody began to write.
    """

    __tablename__ = "scores"
    __table_args__ = (CheckConstraint("points >= 0", name="points_positive"),)

    assignment_id: Mapped[int] = mapped_column(ForeignKey("assignments.id"), primary_key=True)
    indicator_id: Mapped[int] = mapped_column(ForeignKey("indicators.id"), primary_key=True)
    points: Mapped[int | None]
    reason: Mapped[Words]
    at: Mapped[Stamp]


class Consultation(Base):
    """A letter to a body that is consulted, and its reply; assessors and units never see it."""

    __tablename__ = "consultations"
    __table_args__ = (
        UniqueConstraint("campaign_id", "body"),
        CheckConstraint("reply IN ('none', 'objection')", name="reply"),
        CheckConstraint("(reply IS NULL) = (replied_on IS NULL)", name="reply_has_date"),
    )

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    body: Mapped[Line]
    letter_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    due_on: Mapped[date] = mapped_column(Date)
    reply: Mapped[Code | None]  # none: no objection
    replied_on: Mapped[date | None] = mapped_column(Date)
    text: Mapped[Words] = mapped_column(server_default=EMPTY)
    file_sha256: Mapped[Sha256 | None] = mapped_column(ForeignKey("files.sha256"))
    given_up: Mapped[Words] = mapped_column(server_default=EMPTY)  # why it is no longer waited for
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class Finding(Base):
    """What a consulted body says about one application."""

    __tablename__ = "findings"
    __table_args__ = (UniqueConstraint("consultation_id", "document_id"),)

    id: Mapped[Id]
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id"))
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    text: Mapped[Words]


class Deliberation(Base):
    """A meeting that decided on applications (审定)."""

    __tablename__ = "deliberations"

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    held_on: Mapped[date] = mapped_column(Date)
    meeting: Mapped[Line]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]


class PublicNotice(Base):
    """A list made public (公示): what it said on the first day stays as it was; changes stand beside it."""

    __tablename__ = "public_notices"
    __table_args__ = (CheckConstraint("unit IN ('working', 'calendar')", name="unit"),)

    id: Mapped[Id]
    public_id: Mapped[Code] = mapped_column(unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    title: Mapped[Line]
    text: Mapped[Words]
    contact: Mapped[Words]  # where objections go besides the page
    listed: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    first_day: Mapped[date] = mapped_column(Date)
    last_day: Mapped[date] = mapped_column(Date)
    days: Mapped[int]
    unit: Mapped[Code]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]


class Objection(Base):
    """An objection (异议) to an application on a public list; the one who made it asks by the receipt."""

    __tablename__ = "objections"
    __table_args__ = (
        CheckConstraint("channel IN ('page', 'phone', 'letter', 'visit')", name="channel"),
        CheckConstraint("outcome IN ('unfounded', 'upheld')", name="outcome"),
        CheckConstraint("(outcome IS NULL) = (answered_at IS NULL)", name="outcome_has_time"),
        CheckConstraint("outcome IS NULL OR (finding <> '' AND answer <> '')", name="outcome_is_explained"),
    )

    id: Mapped[Id]
    receipt: Mapped[Code] = mapped_column(unique=True)
    public_notice_id: Mapped[int] = mapped_column(ForeignKey("public_notices.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    channel: Mapped[Code]
    name: Mapped[Line]
    contact: Mapped[Line]
    text: Mapped[Words]
    at: Mapped[Stamp]
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    finding: Mapped[Words] = mapped_column(server_default=EMPTY)  # what the verification found
    answer: Mapped[Words] = mapped_column(server_default=EMPTY)  # what the one who objected is told
    outcome: Mapped[Code | None]
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[Stamp | None]


class Conferral(Base):
    """A document by which titles are conferred, recommended or changed, with the list that was approved.

    act: confer (命名), recommend (推荐 to a higher body), change (复查结果). The list stands in the annex of
    the document, an entry an application; `granted` is false in one that the higher body did not name, with
    the reason. A recommendation waits for the higher body's document.
    """

    __tablename__ = "conferrals"
    __table_args__ = (
        UniqueConstraint("document_id"),
        CheckConstraint("act IN ('confer', 'recommend', 'change')", name="act"),
        CheckConstraint(
            "(superior_number IS NULL) = (superior_dated IS NULL)", name="superior_number_has_date"
        ),
    )

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    act: Mapped[Code]
    listed: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    annex_sha256: Mapped[Sha256]  # of the annex's text as it was approved
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]
    in_force_at: Mapped[Stamp | None]
    in_force_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # who issued or entered it
    superior_number: Mapped[Line | None]  # 来文字号
    superior_title: Mapped[Line | None]
    superior_dated: Mapped[date | None] = mapped_column(Date)
    superior_sha256: Mapped[Sha256 | None] = mapped_column(ForeignKey("files.sha256"))
    dropped: Mapped[bool] = mapped_column(server_default=false())  # its document was ended before issue
