"""Describe campaigns (批次): what may be applied for, by whom, until when, and how it is judged."""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from .base import EMPTY, Base, Code, Id, Line, Stamp, Words


class Category(Base):
    """What units may be named (文明单位, 文明校园, …); the office edits the list."""

    __tablename__ = "categories"

    code: Mapped[Code] = mapped_column(primary_key=True)
    name: Mapped[Line] = mapped_column(unique=True)
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(server_default=true())


class IndicatorSet(Base):
    """A version of a tree of indicators (测评体系); it is fixed once a campaign that uses it opens."""

    __tablename__ = "indicator_sets"
    __table_args__ = (UniqueConstraint("code", "version"),)

    id: Mapped[Id]
    code: Mapped[Code]
    version: Mapped[int]
    name: Mapped[Line]
    based_on_id: Mapped[int | None] = mapped_column(ForeignKey("indicator_sets.id"))
    fixed_at: Mapped[Stamp | None]


class Indicator(Base):
    """A node of the tree: 测评项目, 测评指标 or 测评内容; those without children are scored.

    points: in hundredths, of those that are scored; their parents have the sum. methods: of material,
    site, survey. words: the most characters a unit may write about it.
    """

    __tablename__ = "indicators"
    __table_args__ = (
        UniqueConstraint("set_id", "code"),
        CheckConstraint("points >= 0", name="points_positive"),
    )

    id: Mapped[Id]
    set_id: Mapped[int] = mapped_column(ForeignKey("indicator_sets.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("indicators.id"))
    code: Mapped[Code]
    text: Mapped[Words]
    points: Mapped[int]
    methods: Mapped[list[str]] = mapped_column(JSON)
    material: Mapped[Words] = mapped_column(server_default=EMPTY)  # what is asked to be handed in
    words: Mapped[int]
    evidence: Mapped[bool]  # at least one file must be handed in
    position: Mapped[int]


class Campaign(Base):
    """One round of judging (批次); what it says holds for every application to it.

    level: own (the office's agency confers), provincial or national (a higher body does, when recommended).
    kind: creation (申报), recheck (复查): of the titles of its level, term and categories, and `unfiled` is
    what becomes of those whose holders hand nothing in (null is terminate). late_rule: what becomes of an
    application begun before the hour: refuse, or finish (those begun may be submitted within
    `grace_minutes` after it).
    methods, aggregation and eligibility are data: see assessment and eligibility.
    """

    __tablename__ = "campaigns"
    __table_args__ = (
        CheckConstraint("kind IN ('creation', 'recheck')", name="kind"),
        CheckConstraint("level IN ('own', 'provincial', 'national')", name="level"),
        CheckConstraint("late_rule IN ('refuse', 'finish')", name="late_rule"),
        CheckConstraint("notice_unit IN ('working', 'calendar')", name="notice_unit"),
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        CheckConstraint("term_from <= term_until", name="term_in_order"),
        CheckConstraint("unfiled IN ('remind', 'warn', 'suspend', 'revoke', 'terminate')", name="unfiled"),
    )

    id: Mapped[Id]
    public_id: Mapped[Code] = mapped_column(unique=True)
    kind: Mapped[Code]
    level: Mapped[Code]
    title: Mapped[Line]
    year: Mapped[int]
    term: Mapped[Line]  # 届期, as people say it
    term_from: Mapped[date] = mapped_column(Date)
    term_until: Mapped[date] = mapped_column(Date)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agencies.id"))
    conferral_type: Mapped[Code]  # 文种 of the document that confers or recommends
    opens_at: Mapped[Stamp]
    closes_at: Mapped[Stamp]
    late_rule: Mapped[Code]
    grace_minutes: Mapped[int]
    correction_days: Mapped[int]  # working days for 补正
    notice_days: Mapped[int]
    notice_unit: Mapped[Code]
    methods: Mapped[list[str]] = mapped_column(JSON)
    assessors_each: Mapped[int]  # how many judge one application by one method
    aggregation: Mapped[dict[str, Any]] = mapped_column(JSON)
    gap: Mapped[int]  # between assessors, in hundredths, from which it is flagged
    after_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"))  # copied from, or rechecks
    unfiled: Mapped[Code | None]
    created_by: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[Stamp]
    announced_at: Mapped[Stamp | None]  # from then on units see it, and its rules stand
    frozen_at: Mapped[Stamp | None]  # the scores: at deliberation
    concluded_at: Mapped[Stamp | None]


class CampaignCategory(Base):
    """A category that a campaign offers, its indicators, its number of places, and who is eligible."""

    __tablename__ = "campaign_categories"
    __table_args__ = (UniqueConstraint("campaign_id", "category"),)

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    category: Mapped[Code] = mapped_column(ForeignKey("categories.code"))
    set_id: Mapped[int] = mapped_column(ForeignKey("indicator_sets.id"))
    places: Mapped[int | None]
    eligibility: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    position: Mapped[int]


class Quota(Base):
    """How many applications a recommending body may recommend ('' stands for all categories together)."""

    __tablename__ = "quotas"
    __table_args__ = (
        UniqueConstraint("campaign_id", "recommender_id", "category"),
        CheckConstraint("number >= 0", name="number_positive"),
    )

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    recommender_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    category: Mapped[Code] = mapped_column(server_default=EMPTY)
    number: Mapped[int]


class ConsultedBody(Base):
    """A body that is asked in writing (征求意见), and what about.

    Without a campaign it stands on the office's own list.
    """

    __tablename__ = "consulted_bodies"

    id: Mapped[Id]
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    name: Mapped[Line]
    about: Mapped[Words]
    position: Mapped[int]


class NegativeItem(Base):
    """A ground on which an application fails (负面清单); without a campaign the office's own list.

    months: how far back it counts from the closing of the campaign, the whole term where there is none.
    barred: for how many years nobody may apply after it.
    """

    __tablename__ = "negative_items"
    __table_args__ = (UniqueConstraint("campaign_id", "code"),)

    id: Mapped[Id]
    campaign_id: Mapped[int | None] = mapped_column(ForeignKey("campaigns.id"), index=True)
    code: Mapped[Code]
    text: Mapped[Words]
    months: Mapped[int | None]
    source: Mapped[Line]  # who can tell
    evidence: Mapped[Words]  # what proves it
    barred: Mapped[int | None]
    position: Mapped[int]


class Applicant(Base):
    """What the office knows of a unit that may apply: one row a unit outside the office."""

    __tablename__ = "applicants"
    __table_args__ = (
        CheckConstraint("recommender_id <> unit_id", name="recommended_by_another"),
        Index("ix_applicants_recommender", "recommender_id"),
    )

    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), primary_key=True)
    credit_code: Mapped[Code | None] = mapped_column(unique=True)  # 统一社会信用代码
    nature: Mapped[Code]  # 机关, 事业单位, 国有企业, …
    recommender_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))  # 主管部门
    barred_until: Mapped[date | None] = mapped_column(Date)
    ended_on: Mapped[date | None] = mapped_column(Date)  # merged, split or dissolved


class UnitName(Base):
    """A name that a unit had, until it was changed (更名备案)."""

    __tablename__ = "unit_names"

    id: Mapped[Id]
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[Line]
    until: Mapped[date] = mapped_column(Date)
    reason: Mapped[Words]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[Stamp]
