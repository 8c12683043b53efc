"""Show campaigns: the list with counts a stage, one campaign with all that belongs to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from states.reasons import Label, Reason

from .. import clock
from ..agencies import name_of
from ..errors import NotFound
from ..installation import here
from ..models import (
    Application,
    Campaign,
    CampaignCategory,
    Category,
    ConsultedBody,
    Document,
    IndicatorSet,
    NegativeItem,
    OfficeChange,
    Quota,
    Unit,
    User,
)
from . import finding, lists
from .announcing import DRAFTS, EXTENDED, missing


@dataclass(frozen=True)
class Count:
    """How many applications are at a stage; drafts are counted and never named."""

    stage: str
    label: Label
    number: int
    final: bool


@dataclass(frozen=True)
class Line:
    """A campaign as the list shows it."""

    campaign: Campaign
    standing: str
    counts: Sequence[Count]
    total: int  # submitted


@dataclass(frozen=True)
class Offer:
    """A category as a campaign offers it."""

    row: CampaignCategory
    name: str
    set: IndicatorSet


@dataclass(frozen=True)
class Extension:
    """A closing that was put off."""

    at: str
    by: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class Sheet:
    """A campaign with all that belongs to it; missing: why it cannot be announced yet."""

    campaign: Campaign
    standing: str
    agency: str
    counts: Sequence[Count]
    offers: Sequence[Offer]
    quotas: Sequence[tuple[Quota, str]]  # with the recommending body's name
    bodies: Sequence[ConsultedBody]
    negative: Sequence[NegativeItem]
    extensions: Sequence[Extension]
    missing: Sequence[Reason]
    after: Campaign | None


def campaigns(session: Session) -> list[Line]:
    """Return every campaign, the latest year first."""
    found = list(session.scalars(select(Campaign).order_by(Campaign.year.desc(), Campaign.id.desc())))
    counted, now = counts(session), clock.stamp()
    return [
        Line(one, finding.standing(one, now), of_one, sum(c.number for c in of_one if c.stage != DRAFTS))
        for one in found
        for of_one in [counted.get(one.id, [])]
    ]


def sheet(session: Session, public_id: str) -> Sheet:
    """Return one campaign; raises NotFound."""
    one = finding.find(session, public_id)
    return Sheet(
        campaign=one,
        standing=finding.standing(one, clock.stamp()),
        agency=name_of(session, one.agency_id, clock.today()).short,
        counts=counts(session, one.id).get(one.id, []),
        offers=offers(session, one.id),
        quotas=_quotas(session, one.id),
        bodies=lists.bodies(session, one.id),
        negative=lists.negative_items(session, one.id),
        extensions=_extensions(session, one),
        missing=missing(session, one) if one.announced_at is None else (),
        after=session.get(Campaign, one.after_id) if one.after_id else None,
    )


def counts(session: Session, campaign_id: int | None = None) -> dict[int, list[Count]]:
    """Return by campaign how many applications are at each stage, in the procedure's order."""
    statement = (
        select(Application.campaign_id, Document.procedure_hash, Document.state, func.count())
        .join(Document, Document.id == Application.document_id)
        .group_by(Application.campaign_id, Document.procedure_hash, Document.state)
    )
    if campaign_id is not None:
        statement = statement.where(Application.campaign_id == campaign_id)
    found: dict[int, dict[str, tuple[int, Count]]] = {}
    for campaign, version, state, number in session.execute(statement):
        stages = here().versions[version].stages
        before = found.setdefault(campaign, {}).get(state)
        total = number + (before[1].number if before else 0)
        one = Count(state, stages[state].label, total, stages[state].final)
        found[campaign][state] = (list(stages).index(state), one)
    return {
        campaign: [one for _, one in sorted(by_stage.values(), key=lambda pair: (pair[0], pair[1].stage))]
        for campaign, by_stage in found.items()
    }


def offers(session: Session, campaign_id: int) -> list[Offer]:
    """Return what a campaign offers, in its order."""
    rows = session.execute(
        select(CampaignCategory, Category.name, IndicatorSet)
        .join(Category, Category.code == CampaignCategory.category)
        .join(IndicatorSet, IndicatorSet.id == CampaignCategory.set_id)
        .where(CampaignCategory.campaign_id == campaign_id)
        .order_by(CampaignCategory.position, CampaignCategory.id)
    )
    return [Offer(row, name, set_) for row, name, set_ in rows]


def offer(session: Session, campaign_id: int, category: str) -> Offer:
    """Return one category as a campaign offers it; raises NotFound."""
    found = next((one for one in offers(session, campaign_id) if one.row.category == category), None)
    if found is None:
        raise NotFound
    return found


def _quotas(session: Session, campaign_id: int) -> list[tuple[Quota, str]]:
    rows = session.execute(
        select(Quota, Unit.name)
        .join(Unit, Unit.id == Quota.recommender_id)
        .where(Quota.campaign_id == campaign_id)
        .order_by(Unit.position, Unit.id, Quota.category)
    )
    return [(quota, name) for quota, name in rows]


def _extensions(session: Session, one: Campaign) -> list[Extension]:
    """Return how the closing was put off, as the office's log keeps it."""
    rows = session.execute(
        select(OfficeChange, User.name)
        .outerjoin(User, User.id == OfficeChange.by_id)
        .where(OfficeChange.action == EXTENDED, OfficeChange.subject == one.title[:200])
        .order_by(OfficeChange.id)
    )
    found: list[tuple[Mapping[str, Any], str, str]] = [
        (row.details, row.at, name or "") for row, name in rows if row.details["campaign"] == one.public_id
    ]
    return [Extension(at, name, one["from"], one["to"], one["reason"]) for one, at, name in found]
