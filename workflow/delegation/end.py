"""End a delegation before its last day is over."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from states.errors import NotAllowed, NotReady
from states.reasons import Reason

from ..clock import stamp, today
from ..directory import Person
from ..errors import NotFound
from ..installation import write_tx
from ..models import Delegation, User
from ..office.log import note
from ..work import load_person
from .grant import may_for_others
from .settle import settle


def end(actor_id: int, delegation_id: int) -> None:
    """End a delegation now: the principal, the delegate, administrators and office clerks may.

    Raises NotFound, NotAllowed, and NotReady when it is over already.
    """
    with write_tx() as session:
        actor = load_person(session, actor_id)
        one = session.scalars(
            select(Delegation).where(Delegation.id == delegation_id).with_for_update()
        ).first()
        if one is None or not (may_end(actor, one) or actor.in_office):
            raise NotFound
        if not may_end(actor, one):
            raise NotAllowed(
                [Reason("Only those concerned, administrators and office clerks end a delegation")]
            )
        if one.ended_at is not None or one.until < today():
            raise NotReady([Reason("This delegation is over already")])
        _end(session, actor.id, one)
        settle(session)


def may_end(person: Person, one: Delegation) -> bool:
    return person.id in (one.principal_id, one.delegate_id) or may_for_others(person)


def end_all(session: Session, by_id: int, user_id: int) -> None:
    """End what somebody delegated and what was delegated to them, in the caller's transaction."""
    open_ = (Delegation.ended_at.is_(None), Delegation.until >= today())
    concerned = or_(Delegation.principal_id == user_id, Delegation.delegate_id == user_id)
    rows = session.scalars(
        select(Delegation).where(*open_, concerned).order_by(Delegation.id).with_for_update()
    )
    for one in rows.all():
        _end(session, by_id, one)
    settle(session)


def _end(session: Session, by_id: int, one: Delegation) -> None:
    one.ended_at, one.ended_by_id = stamp(), by_id
    session.flush()
    principal, delegate = session.get_one(User, one.principal_id), session.get_one(User, one.delegate_id)
    note(session, by_id, "delegation_ended", principal.name, {"to": delegate.name})
