"""List delegations: given, received, of the whole office; and what a desk says of them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, aliased

from .. import notices
from ..clock import stamp, today
from ..directory import Person
from ..errors import NotFound
from ..installation import write_tx
from ..models import Delegation, User
from . import done
from .end import may_end
from .grant import may_for_others
from .settle import OVER, in_force

MOST = 200


@dataclass(frozen=True)
class Given:
    """A delegation as pages show it; state is coming, now or over."""

    id: int
    principal_id: int
    principal: str
    delegate_id: int
    delegate: str
    since: date
    until: date
    kinds: tuple[str, ...]
    urgencies: str
    signing: bool
    reason: str
    made_by: str
    ended_at: str | None
    state: str
    may_end: bool


@dataclass(frozen=True)
class OnDesk:
    """What a person's desk says: for whom they act, who acts for them, what was done while they were away."""

    acting: list[Given]
    away: list[Given]
    to_read: list[Given]


@dataclass(frozen=True)
class Summary:
    """What was done for somebody by a delegation."""

    of: Given
    acts: list[done.Act]


def given(session: Session, person: Person) -> list[Given]:
    """Return what a person delegated, the latest first."""
    return _found(session, person, Delegation.principal_id == person.id)


def received(session: Session, person: Person) -> list[Given]:
    """Return what was delegated to a person, the latest first."""
    return _found(session, person, Delegation.delegate_id == person.id)


def of_others(session: Session, person: Person) -> list[Given]:
    """Return the delegations of the office that do not concern a person, for those who see to them."""
    if not may_for_others(person):
        return []
    return _found(session, person, Delegation.principal_id != person.id, Delegation.delegate_id != person.id)


def on_desk(session: Session, person: Person) -> OnDesk:
    """Return what a person's desk says of delegations."""
    waits = (Delegation.over_at.is_not(None), Delegation.read_at.is_(None))
    return OnDesk(
        _found(session, person, Delegation.delegate_id == person.id, in_force()),
        _found(session, person, Delegation.principal_id == person.id, in_force()),
        _found(session, person, Delegation.principal_id == person.id, *waits),
    )


def summary(session: Session, person: Person, delegation_id: int) -> Summary:
    """Return what was done by a delegation, for its principal and its delegate.

    Raises NotFound.
    """
    found = _found(session, person, Delegation.id == delegation_id)
    if not found or person.id not in (found[0].principal_id, found[0].delegate_id):
        raise NotFound
    return Summary(found[0], done.acts(session, session.get_one(Delegation, delegation_id)))


def mark_read(person: Person, read: Summary) -> None:
    """Take a summary that is complete off its principal's desk, once they have seen it."""
    if read.of.principal_id != person.id or read.of.state != "over":
        return
    with write_tx() as session:
        one = session.get_one(Delegation, read.of.id)
        if one.read_at is None and one.over_at is not None:
            one.read_at = stamp()
            if read.acts:
                notices.withdraw(session, read.acts[-1].document_id, OVER.message, person.id)


def _found(session: Session, person: Person, *which: ColumnElement[bool]) -> list[Given]:
    principal, delegate, maker = aliased(User), aliased(User), aliased(User)
    rows = session.execute(
        select(Delegation, principal.name, delegate.name, maker.name)
        .join(principal, principal.id == Delegation.principal_id)
        .join(delegate, delegate.id == Delegation.delegate_id)
        .join(maker, maker.id == Delegation.made_by_id)
        .where(*which)
        .order_by(Delegation.id.desc())
        .limit(MOST)
    )
    return [_given(person, *row) for row in rows]


def _given(person: Person, one: Delegation, principal: str, delegate: str, maker: str) -> Given:
    over = one.ended_at is not None or one.until < today()
    state = "over" if over else "now" if one.since <= today() else "coming"
    return Given(
        one.id,
        one.principal_id,
        principal,
        one.delegate_id,
        delegate,
        one.since,
        one.until,
        tuple(one.kinds),
        one.urgencies,
        one.signing,
        one.reason,
        maker,
        one.ended_at,
        state,
        not over and may_end(person, one),
    )
