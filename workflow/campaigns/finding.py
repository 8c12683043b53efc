"""Find a campaign, and say why it may no longer be changed."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ..clock import read
from ..errors import NotFound
from ..models import Campaign

MADE, ANNOUNCED, OPEN, CLOSED, FROZEN, CONCLUDED = (
    "made", "announced", "open", "closed", "frozen", "concluded",
)  # fmt: skip
FROZEN_ALREADY = Reason("Its scores are frozen: it takes no applications any more")
STANDINGS = (MADE, ANNOUNCED, OPEN, CLOSED, FROZEN, CONCLUDED)


def find(session: Session, public_id: str, *, lock: bool = False) -> Campaign:
    """Return a campaign, locked where it is to be changed; raises NotFound."""
    statement = select(Campaign).where(Campaign.public_id == public_id)
    found = session.scalars(statement.with_for_update() if lock else statement).first()
    if found is None:
        raise NotFound
    return found


def standing(campaign: Campaign, now: str) -> str:
    """Return how a campaign stands at an instant: one of STANDINGS."""
    if campaign.concluded_at:
        return CONCLUDED
    if campaign.announced_at is None:
        return MADE
    if campaign.frozen_at:
        return FROZEN
    if now < campaign.opens_at:
        return ANNOUNCED
    return OPEN if now < campaign.closes_at else CLOSED


def to_change(session: Session, public_id: str) -> Campaign:
    """Return a campaign whose rules may still change, locked; raises NotReady once it is announced."""
    campaign = find(session, public_id, lock=True)
    if campaign.announced_at is not None:
        raise NotReady([_stands(campaign.announced_at)])
    return campaign


def _stands(announced_at: str) -> Reason:
    return Reason(
        "The campaign was announced on %(day)s: its rules stand since then; only its closing can be put off",
        {"day": read(announced_at).date().isoformat()},
    )


def tell(*reasons: Reason) -> None:
    """Raise NotReady when there are reasons."""
    if reasons:
        raise NotReady(reasons)
