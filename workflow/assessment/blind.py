"""Keep scores from those who look on and judge in the same campaign, until scores are frozen (盲评)."""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from states.errors import NotAllowed
from states.reasons import Reason

from ..campaigns.clerk import may_run, refuse_strangers
from ..directory import Person
from ..models import Application, Assignment, Campaign


def refuse_judges(session: Session, person: Person, campaign: Campaign) -> None:
    """Raise NotAllowed to outsiders, and to whoever judges in the campaign while its scores may change.

    Whoever runs campaigns judges in none (experts.find_expert).
    """
    refuse_strangers(person)
    if may_run(person) or campaign.frozen_at is not None:
        return
    judging = (
        select(Assignment.id)
        .join(Application, Application.document_id == Assignment.document_id)
        .where(Assignment.user_id == person.id, Application.campaign_id == campaign.id)
    )
    if session.scalar(select(exists(judging))):
        raise NotAllowed([Reason("You judge in this campaign: its scores are shown once they are frozen")])
