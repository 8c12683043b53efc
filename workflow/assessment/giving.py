"""Give applications to assessors: the one door through which an assignment comes into being."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ..models import Application, Assignment, Campaign, Unit, User, table
from ..office.following import follow_rule
from .recusing import Recusals
from .spreading import Given

_assignments = table(Assignment)


def give(session: Session, recusals: Recusals, given: Sequence[Given], by_id: int, at: str) -> None:
    """Write assignments; raises NotReady, and writes none, when anybody must not judge a unit (回避)."""
    if barred := [one for one in given if recusals.why(one.person, one.unit) is not None]:
        raise NotReady([_told(session, recusals, one) for one in barred])
    rows = [
        {"document_id": one.document, "user_id": one.person, "method": one.method, "by_id": by_id, "at": at}
        for one in given
    ]
    if rows:
        session.connection().execute(_assignments.insert(), rows)


def follow_stage(session: Session, documents: Collection[int]) -> None:
    """Let those applications that stand at a stage of judging wait for just those who have them now."""
    session.flush()
    follow_rule(session, documents)


def assignments(session: Session, campaign: Campaign) -> list[Assignment]:
    """Return every assignment of a campaign's applications."""
    statement = (
        select(Assignment)
        .join(Application, Application.document_id == Assignment.document_id)
        .where(Application.campaign_id == campaign.id)
        .order_by(Assignment.document_id, Assignment.method, Assignment.user_id)
    )
    return list(session.scalars(statement))


def _told(session: Session, recusals: Recusals, one: Given) -> Reason:
    known = {
        "name": session.get_one(User, one.person).name,
        "unit": session.get_one(Unit, one.unit).name,
    }
    why = recusals.why(one.person, one.unit)
    if why == "own":
        return Reason("%(name)s must not judge %(unit)s: it is their own unit", known)
    if why == "recommended":
        return Reason("%(name)s must not judge %(unit)s: their own unit recommends it", known)
    return Reason("%(name)s must not judge %(unit)s: they are recused from it", known)
