"""Say whose report a recheck expects: those who hold a title of its level, term and categories."""

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from ..models import Campaign, CampaignCategory, Title
from ..titles.events import LIVING

RECHECK = "recheck"  # the kind of campaign


def of_campaign(campaign: Campaign) -> ColumnElement[bool]:
    """Return the condition under which a title that is in force is rechecked by a campaign."""
    offered = select(CampaignCategory.category).where(CampaignCategory.campaign_id == campaign.id)
    return and_(
        Title.state.in_(LIVING),
        Title.level == campaign.level,
        Title.term == campaign.term,
        Title.category.in_(offered),
    )


def title_of(session: Session, campaign: Campaign, unit_id: int, category: str) -> int | None:
    """Return the title of a unit that a campaign rechecks, the latest where there are several."""
    theirs = (Title.unit_id == unit_id, Title.category == category)
    found = select(Title.id).where(of_campaign(campaign), *theirs)
    return session.scalars(found.order_by(Title.since.desc(), Title.id.desc())).first()


def any_in_force(session: Session, level: str, term: str) -> bool:
    """Say whether a title of a level and term is in force."""
    found = select(Title.id).where(Title.state.in_(LIVING), Title.level == level, Title.term == term)
    return session.scalars(found.limit(1)).first() is not None
