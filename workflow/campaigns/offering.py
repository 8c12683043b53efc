"""Say what a campaign offers: categories with indicators, places and rules; quotas of recommending bodies."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ..errors import NotFound
from ..installation import write_tx
from ..models import Applicant, Campaign, CampaignCategory, Category, IndicatorSet, Post, Quota, Unit
from ..office.fields import Fields
from ..office.log import note
from . import finding
from .clerk import clerk
from .rules import read_rules

MOST_PLACES = 10_000


def offer(actor_id: int, public_id: str, category: str, given: Mapping[str, Any]) -> None:
    """Offer a category, or change how it is offered: `set` (its id), `places`, `eligibility` (rules).

    Raises NotAllowed, NotFound, NotReady once announced, ContentError.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        campaign = finding.to_change(session, public_id)
        fields = Fields(given)
        name = session.scalar(select(Category.name).where(Category.code == category))
        if name is None:
            fields.refuse("category", "Choose one of those that are offered.")
        set_id = fields.whole("set", 1, 10**9)
        if set_id is not None and session.get(IndicatorSet, set_id) is None:
            fields.refuse("set", "Choose one of those that are offered.")
        places = fields.whole("places", 1, MOST_PLACES, required=False)
        rules = read_rules(session, given.get("eligibility") or (), fields)
        fields.check()
        values = {"set_id": set_id, "places": places, "eligibility": rules}
        row = offered(session, campaign, category)
        if row is None:
            last = select(func.max(CampaignCategory.position)).filter_by(campaign_id=campaign.id)
            key = {"campaign_id": campaign.id, "category": category}
            row = CampaignCategory(**key, **values, position=(session.scalar(last) or 0) + 1)
            session.add(row)
        for name, value in values.items():
            setattr(row, name, value)
        details = {"campaign": public_id, "category": name, "places": places, "rules": rules}
        note(session, actor_id, "campaign_category_set", campaign.title, {**details, "set": set_id})


def withdraw(actor_id: int, public_id: str, category: str) -> None:
    """Offer a category no longer. Raises NotAllowed, NotFound, NotReady once announced."""
    with write_tx() as session:
        clerk(session, actor_id)
        campaign = finding.to_change(session, public_id)
        row = offered(session, campaign, category)
        if row is None:
            raise NotFound
        session.delete(row)
        for quota in session.scalars(select(Quota).filter_by(campaign_id=campaign.id, category=category)):
            session.delete(quota)
        details = {"campaign": public_id, "category": category}
        note(session, actor_id, "campaign_category_removed", campaign.title, details)


def offered(session: Session, campaign: Campaign, category: str) -> CampaignCategory | None:
    """Return how a campaign offers a category, None where it does not."""
    return session.scalars(
        select(CampaignCategory).filter_by(campaign_id=campaign.id, category=category)
    ).first()


def set_quota(actor_id: int, public_id: str, given: Mapping[str, Any]) -> None:
    """Set how many of a `category` ('' all together) a `recommender` (a unit's id) may recommend.

    An empty `number` takes the limit away.
    Raises NotAllowed, NotFound, NotReady once announced, ContentError.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        campaign = finding.to_change(session, public_id)
        fields = Fields(given)
        known = {str(unit.id): unit for unit in recommending_bodies(session)}
        body = known.get(str(given.get("recommender") or ""))
        if body is None:
            fields.refuse("recommender", "Choose one of those that are offered.")
        category = str(given.get("category") or "")
        if category and offered(session, campaign, category) is None:
            fields.refuse("category", "The campaign does not offer this category.")
        number = fields.whole("number", 0, MOST_PLACES, required=False)
        key = {"campaign_id": campaign.id, "recommender_id": body and body.id, "category": category}
        row = session.scalars(select(Quota).filter_by(**key)).first()
        if row is None and number is None and "number" not in {one.where for one in fields.problems}:
            fields.refuse("number", "This must not be empty.")
        fields.check()
        if row is None:
            session.add(Quota(**key, number=number))
        elif number is None:
            session.delete(row)
        else:
            row.number = number
        details = {"campaign": public_id, "recommender": body and body.name, "category": category}
        note(session, actor_id, "campaign_quota_set", campaign.title, {**details, "number": number})


def recommending_bodies(session: Session) -> list[Unit]:
    """Return the units that recommend others: those named as such, and those with the post for it."""
    named = select(Applicant.recommender_id).where(Applicant.recommender_id.is_not(None))
    with_post = select(Post.unit_id).where(Post.code == "recommender")
    return list(
        session.scalars(
            select(Unit)
            .where(~Unit.internal, Unit.id.in_(named) | Unit.id.in_(with_post))
            .order_by(Unit.position, Unit.id)
        )
    )
