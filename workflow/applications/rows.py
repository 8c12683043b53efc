"""Keep an application's own row beside its document."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from docgen.application import ApplicationContent
from states.applying_rules import outside_hours
from states.errors import NotReady
from states.reasons import Reason

from ..models import Application, Campaign, Document, table
from ..rechecking.expected import RECHECK, title_of
from ..work import Work
from .facts import facts_of

_applications = table(Application)


def begin(work: Work, content: ApplicationContent) -> None:
    """Write the row of an application that is being begun.

    Raises NotReady outside the campaign's hours, and where the unit has one for the category already.
    """
    campaign = work.session.scalars(select(Campaign).where(Campaign.public_id == content.campaign)).one()
    row = {
        "document_id": work.id,
        "campaign_id": campaign.id,
        "category": content.category,
        "unit_id": work.document["unit_id"],
        "live": True,
        "begun_at": work.at,
        "title_id": _rechecked(work.session, campaign, work.document["unit_id"], content.category),
        "came_from": work.details.get("brought_in", {}).get("from", ""),
    }
    _refuse_a_second(work, row)
    try:
        work.session.connection().execute(_applications.insert().values(row))
    except IntegrityError:  # two of the unit's accounts began one at the same moment
        raise NotReady([Reason("Your unit has begun an application for this category already")]) from None
    if refusal := outside_hours(facts_of(work.session, work.document)):
        raise NotReady(refusal)


def _rechecked(session: Session, campaign: Campaign, unit_id: int, category: str) -> int | None:
    """Return the title on which a unit reports at a recheck; raises NotReady where it holds none."""
    if campaign.kind != RECHECK:
        return None
    title = title_of(session, campaign, unit_id, category)
    if title is None:
        raise NotReady([Reason("Your unit holds no title that is rechecked here")])
    return title


def _refuse_a_second(work: Work, row: dict[str, object]) -> None:
    same = (Application.campaign_id, Application.category, Application.unit_id)
    known = [row["campaign_id"], row["category"], row["unit_id"]]
    found = work.session.scalars(
        select(Document.title)
        .join(Application, Application.document_id == Document.id)
        .where(Application.live, *(column == value for column, value in zip(same, known, strict=True)))
    ).first()
    if found is not None:
        raise NotReady(
            [Reason("Your unit has an application for this category already: %(title)s", {"title": found})]
        )
