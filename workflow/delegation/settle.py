"""Let documents follow the delegations whose time has come or is over.

Whether somebody may act follows from the day alone; this brings their desks up to it.
"""

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from states.reasons import Reason

from .. import notices
from ..clock import stamp, today
from ..installation import read_tx, write_tx
from ..models import Delegation, User
from ..office import following
from . import done

OVER = Reason("Your delegation to %(name)s is over: %(count)s acts were taken for you. See the summary")


def settle_due() -> None:
    """Settle what is due, if anything is; for the worker and for whoever opens a desk."""
    with read_tx() as session:
        due = session.execute(select(Delegation.id).where(_due()).limit(1)).first() is not None
    if due:
        with write_tx() as session:
            settle(session)


def follow_again() -> None:
    """Let documents follow every delegation that is in force, also one that came while it was being made."""
    with read_tx() as session:
        people = session.scalars(select(Delegation.principal_id).where(in_force()).distinct()).all()
    for person in sorted(people):
        with write_tx() as session:
            following.follow_delegation(session, person)


def in_force() -> ColumnElement[bool]:
    """Return the condition of delegations that are in force today."""
    day = today()
    return and_(Delegation.since <= day, Delegation.until >= day, Delegation.ended_at.is_(None))


def is_over() -> ColumnElement[bool]:
    """Return the condition of delegations that were ended or whose last day has passed."""
    return or_(Delegation.ended_at.is_not(None), Delegation.until < today())


def _due() -> ColumnElement[bool]:
    begins = and_(Delegation.begun_at.is_(None), in_force())
    return or_(begins, and_(Delegation.over_at.is_(None), is_over()))


def settle(session: Session) -> None:
    """Settle in the caller's transaction what is due; each is settled once, whoever looks."""
    rows = session.scalars(
        select(Delegation).where(_due()).order_by(Delegation.id).with_for_update(skip_locked=True)
    ).all()
    day, at = today(), stamp()
    for one in rows:
        if one.ended_at is None and one.until >= day:
            one.begun_at = at
        else:
            one.over_at = at
            if one.begun_at is None and one.ended_at is not None:
                one.read_at = at  # it never began: there is nothing to tell
            else:
                _tell(session, one, at)
    session.flush()
    for principal in sorted({one.principal_id for one in rows}):
        following.follow_delegation(session, principal)


def _tell(session: Session, one: Delegation, at: str) -> None:
    """Tell the principal on their reading list, by the last document that was acted on for them."""
    last = done.last_document(session, one)
    if last is None:
        return
    name = session.scalars(select(User.name).where(User.id == one.delegate_id)).one()
    count = str(len(done.acts(session, one)))
    notices.tell(session, one.principal_id, last, at, OVER.message, {"name": name, "count": count})
