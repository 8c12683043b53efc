"""Say who sees what consulted bodies replied: never units, never those who judge in the campaign."""

from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, select, true
from sqlalchemy.orm import Session

from ..campaigns.clerk import may_look, may_run
from ..directory import Person
from ..models import Application, Assignment, Campaign, Consultation, User
from ..models import Finding as FindingRow


def replies_seen_by(person: Person) -> ColumnElement[bool]:
    """Return the condition under which a reply is to be seen: it stands in every query that finds one.

    The clerk who enters them sees them all; who only looks on sees none of a campaign in which they judge.
    """
    if may_run(person):
        return true()
    if not may_look(person):
        return false()
    return ~exists(_judging(person).where(Application.campaign_id == Consultation.campaign_id))


def is_hidden(session: Session, person: Person, campaign: Campaign) -> bool:
    """Tell whether somebody who looks on sees no replies since they judge in the campaign."""
    judging = _judging(person).where(Application.campaign_id == campaign.id)
    return not may_run(person) and session.scalars(judging).first() is not None


def _judging(person: Person) -> Select[Any]:
    return (
        select(Assignment.id)
        .join(Application, Application.document_id == Assignment.document_id)
        .where(Assignment.user_id == person.id)
    )


def replies(session: Session, person: Person, campaign: Campaign) -> list[tuple[Consultation, str | None]]:
    """Return the campaign's consultations that a person sees, each with who entered its reply."""
    rows = session.execute(
        select(Consultation, User.name)
        .outerjoin(User, User.id == Consultation.entered_by)
        .where(Consultation.campaign_id == campaign.id, replies_seen_by(person))
        .order_by(Consultation.id)
    )
    return [(row[0], row[1]) for row in rows]


def findings(session: Session, person: Person, campaign: Campaign) -> dict[int, list[tuple[str, str]]]:
    """Return by application what bodies found about it, as far as a person sees: (body, text)."""
    rows = session.execute(
        select(FindingRow.document_id, Consultation.body, FindingRow.text)
        .join(Consultation, Consultation.id == FindingRow.consultation_id)
        .where(Consultation.campaign_id == campaign.id, replies_seen_by(person))
        .order_by(Consultation.id, FindingRow.id)
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for document_id, body, text in rows:
        found.setdefault(document_id, []).append((body, text))
    return found
