"""List a campaign's applications as they stand on paper: by category, units in the office's order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from states.errors import Refused
from states.reasons import Label, Reason

from .. import engine
from ..errors import NotFound, Stale
from ..installation import here
from ..models import Applicant, Application, Campaign, CampaignCategory, Category, Document, Unit

_MOVED = Reason("It has changed meanwhile")


@dataclass(frozen=True)
class Candidate:
    """A submitted application with its unit; totals are hundredths, None before scores are frozen."""

    id: int
    public_id: str
    version: int
    state: str
    procedure_hash: str
    category: str
    category_name: str
    places: int | None
    unit: str
    credit_code: str
    body: str  # that recommends the unit
    total: int | None
    rank: int | None
    reckoning: Any
    decision: str | None
    reason: str
    deliberation: int | None

    @property
    def stage(self) -> Label:
        return here().versions[self.procedure_hash].stages[self.state].label


@dataclass(frozen=True)
class Outcome:
    """What became of a step taken for many: how many it was taken for, and why not for the others."""

    done: int
    failed: tuple[tuple[str, tuple[Reason, ...]], ...] = ()


def candidates(session: Session, campaign: Campaign, *states: str) -> list[Candidate]:
    """Return a campaign's submitted applications at some stages, or all."""
    body = aliased(Unit)
    statement = (
        select(
            Document.id,
            Document.public_id,
            Document.version,
            Document.state,
            Document.procedure_hash,
            Application.category,
            Category.name.label("category_name"),
            CampaignCategory.places,
            Unit.name.label("unit"),
            Applicant.credit_code,
            body.name.label("body"),
            Application.total,
            Application.rank,
            Application.reckoning,
            Application.decision,
            Application.decision_reason.label("reason"),
            Application.deliberation_id.label("deliberation"),
        )
        .join(Application, Application.document_id == Document.id)
        .join(Category, Category.code == Application.category)
        .join(
            CampaignCategory,
            (CampaignCategory.campaign_id == Application.campaign_id)
            & (CampaignCategory.category == Application.category),
        )
        .join(Unit, Unit.id == Application.unit_id)
        .outerjoin(Applicant, Applicant.unit_id == Unit.id)
        .outerjoin(body, body.id == Applicant.recommender_id)
        .where(Application.campaign_id == campaign.id, Document.submitted_at.is_not(None))
        .order_by(CampaignCategory.position, Category.position, Unit.position, Unit.id, Document.id)
    )
    if states:
        statement = statement.where(Document.state.in_(states))
    return [
        Candidate(**{**row._asdict(), "credit_code": row.credit_code or "", "body": row.body or ""})
        for row in session.execute(statement)
    ]


def by_category(found: Iterable[Candidate]) -> list[tuple[str, list[Candidate]]]:
    """Return them grouped by the names of their categories, in the order in which they came."""
    return [(name, list(group)) for name, group in groupby(found, key=lambda one: one.category_name)]


def take_each(actor_id: int, found: Sequence[Candidate], action: str) -> Outcome:
    """Take a step for each, a transaction each: what is refused keeps none of the others."""
    failed = []
    for one in found:
        try:
            engine.advance(actor_id, one.public_id, action, one.version)
        except Refused as refusal:
            failed.append((one.unit, refusal.reasons))
        except (Stale, NotFound):
            failed.append((one.unit, (_MOVED,)))
    return Outcome(len(found) - len(failed), tuple(failed))
