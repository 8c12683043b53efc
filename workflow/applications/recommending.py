"""List what waits for a recommending body (主管部门), and the places that it has."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Label

from ..directory import Person
from ..errors import NotAllowed, Reason
from ..installation import here
from ..models import Applicant, Application, Campaign, Category, Document, Task, Unit, table
from .facts import RECOMMENDER
from .places import shares

STAGE = "recommendation"
MOST = 500

_documents = table(Document)


@dataclass(frozen=True)
class Line:
    """An application of one of the body's units."""

    id: str
    title: str
    unit: str
    category: str
    campaign: str
    submitted_at: str
    label: Label
    final: bool
    waits: bool  # for the one who asks


@dataclass(frozen=True)
class Share:
    """The places of a body in one campaign: taken of all, by category ('' is all together)."""

    campaign: Campaign
    category: str
    name: str
    taken: int
    number: int

    @property
    def left(self) -> int:
        return max(self.number - self.taken, 0)


@dataclass(frozen=True)
class Recommendations:
    """What a recommending body finds when it comes in."""

    waiting: Sequence[Line]
    others: Sequence[Line]
    shares: Sequence[Share]


def recommendations(session: Session, person: Person) -> Recommendations:
    """Return what waits for a person's recommendation, and what became of the rest. Raises NotAllowed."""
    bodies = bodies_of(person)
    if not bodies:
        raise NotAllowed([Reason("This page is for those who recommend units")])
    found = _lines(session, person, bodies)
    waiting = [line for line in found if line.waits]
    return Recommendations(
        waiting, [line for line in reversed(found) if not line.waits], _shares(session, bodies)
    )


def next_waiting(session: Session, person: Person, but: str = "") -> str | None:
    """Return the public id of what waits longest for a person's recommendation, None when nothing does."""
    lines = _lines(session, person, bodies_of(person))
    return next((line.id for line in lines if line.waits and line.id != but), None)


def bodies_of(person: Person) -> list[int]:
    """Return the units for which somebody recommends."""
    return [post.unit_id for post in person.posts if post.code == RECOMMENDER and post.unit_id is not None]


def _lines(session: Session, person: Person, bodies: Sequence[int]) -> list[Line]:
    open_task = (Task.user_id == person.id, Task.closed_at.is_(None), Task.stage == STAGE)
    waits = select(Task.document_id).where(*open_task)
    rows = session.execute(
        select(
            *(_documents.c[name] for name in ("id", "public_id", "title", "state", "procedure_hash")),
            _documents.c.submitted_at,
            _documents.c.id.in_(waits).label("waits"),
            Unit.name.label("unit"),
            Category.name.label("category"),
            Campaign.title.label("campaign"),
        )
        .join(Application, Application.document_id == _documents.c.id)
        .join(Applicant, Applicant.unit_id == Application.unit_id)
        .join(Unit, Unit.id == Application.unit_id)
        .join(Category, Category.code == Application.category)
        .join(Campaign, Campaign.id == Application.campaign_id)
        .where(Applicant.recommender_id.in_(bodies), _documents.c.submitted_at.is_not(None))
        .order_by(_documents.c.submitted_at, _documents.c.id)
        .limit(MOST)
    )
    return [_line(row) for row in rows]


def _line(row: Any) -> Line:
    stage = here().versions[row.procedure_hash].stages[row.state]
    return Line(
        row.public_id,
        row.title,
        row.unit,
        row.category,
        row.campaign,
        row.submitted_at,
        stage.label,
        bool(stage.final),
        bool(row.waits),
    )


def _shares(session: Session, bodies: Sequence[int]) -> list[Share]:
    names = {row.code: row.name for row in session.execute(select(Category.code, Category.name))}
    under_way = select(Campaign).where(
        Campaign.announced_at.is_not(None), Campaign.concluded_at.is_(None), Campaign.frozen_at.is_(None)
    )
    return [
        Share(campaign, category, names.get(category, ""), taken, number)
        for campaign in session.scalars(under_way.order_by(Campaign.closes_at, Campaign.id))
        for body in bodies
        for category, (taken, number) in shares(session, campaign.id, body).items()
    ]
