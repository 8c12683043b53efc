"""Show the office who judges in a campaign, how much each has, and who is recused from what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from ..campaigns.clerk import refuse_strangers
from ..directory import Person
from ..models import Application, Campaign, Document, Recusal, Unit, User
from .experts import experts
from .giving import assignments


@dataclass(frozen=True)
class Load:
    """An expert with how many applications they have, and how many of these they have handed in."""

    person: Person
    assigned: int
    handed_in: int

    @property
    def units(self) -> str:
        return "、".join(dict.fromkeys(post.unit for post in self.person.posts if post.unit))


def expert_loads(session: Session, reader: Person, campaign: Campaign) -> list[Load]:
    """Return every expert with their part in a campaign; raises NotAllowed."""
    refuse_strangers(reader)
    known = assignments(session, campaign)
    return [
        Load(
            person,
            sum(one.user_id == person.id for one in known),
            sum(one.user_id == person.id and one.handed_in_at is not None for one in known),
        )
        for person in experts(session)
    ]


def declared(session: Session, reader: Person, campaign: Campaign) -> Sequence[Any]:
    """Return the recusals that were declared in a campaign: who, from which unit, why, by whom."""
    refuse_strangers(reader)
    by = aliased(User)
    statement = (
        select(User.name, Unit.name.label("unit"), Recusal.reason, Recusal.at, by.name.label("by"))
        .join(User, User.id == Recusal.user_id)
        .join(Unit, Unit.id == Recusal.unit_id)
        .join(by, by.id == Recusal.by_id)
        .where(Recusal.campaign_id == campaign.id)
        .order_by(User.username, Unit.position)
    )
    return session.execute(statement).all()


def applying_units(session: Session, campaign: Campaign) -> Sequence[Any]:
    """Return the units with a submitted application in a campaign, in the office's order."""
    statement = (
        select(Unit.id, Unit.name)
        .join(Application, Application.unit_id == Unit.id)
        .join(Document, Document.id == Application.document_id)
        .where(Application.campaign_id == campaign.id, Document.submitted_at.is_not(None))
        .distinct()
        .order_by(Unit.position, Unit.id)
    )
    return session.execute(statement.add_columns(Unit.position)).all()
