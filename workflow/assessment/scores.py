"""Give the office the single scores that were handed in, with their reasons."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from ..directory import Person
from ..models import Application, Assignment, Campaign, Document, Indicator, Score, Unit, User
from .blind import refuse_judges
from .finding import Judged


@dataclass(frozen=True)
class Given:
    """One score: who gave it to which application, by which method, for which indicator, and why."""

    document: str
    unit: str
    category: str
    username: str
    name: str
    method: str
    indicator: str
    points: int
    reason: str
    remark: str


def scores_of(session: Session, reader: Person, judged: Judged) -> list[Given]:
    """Return the scores of one application; raises NotAllowed."""
    refuse_judges(session, reader, judged.campaign)
    return _scores(session, Assignment.document_id == judged.id)


def all_scores(session: Session, reader: Person, campaign: Campaign) -> list[Given]:
    """Return the scores of a whole campaign; raises NotAllowed."""
    refuse_judges(session, reader, campaign)
    return _scores(session, Application.campaign_id == campaign.id)


def _scores(session: Session, chosen: ColumnElement[bool]) -> list[Given]:
    """Return what was handed in: sheets that are still written on stay their assessor's."""
    rows = session.execute(
        select(
            Document.public_id.label("document"),
            Unit.name.label("unit"),
            Application.category,
            User.username,
            User.name,
            Assignment.method,
            Indicator.code.label("indicator"),
            Score.points,
            Score.reason,
            Assignment.remark,
        )
        .join(Assignment, Assignment.id == Score.assignment_id)
        .join(Indicator, Indicator.id == Score.indicator_id)
        .join(User, User.id == Assignment.user_id)
        .join(Document, Document.id == Assignment.document_id)
        .join(Application, Application.document_id == Document.id)
        .join(Unit, Unit.id == Application.unit_id)
        .where(chosen, Assignment.handed_in_at.is_not(None), Score.points.is_not(None))
        .order_by(Application.category, Unit.position, Document.id, Assignment.method, User.username)
        .order_by(Indicator.position)
    )
    return [Given(**row._mapping) for row in rows]
