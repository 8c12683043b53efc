"""Delegate somebody's acts to a colleague for a period (委托)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from states.errors import NotAllowed
from states.reasons import Reason

from ..clock import stamp, today
from ..directory import OFFICE_CLERK, Person, find_by_usernames
from ..errors import ContentError
from ..installation import here, write_tx
from ..models import Delegation, User
from ..office.administrator import may_administer
from ..office.fields import Fields
from ..office.log import note
from ..work import load_person
from .settle import settle

LONGEST = 2000  # characters of a reason
URGENCIES = ("all", "urgent")
DAYS = 366  # the most that a delegation lasts

_ALREADY = Reason("From %(since)s to %(until)s it is delegated to %(name)s already.")
_NOT_ON = Reason(
    "From %(since)s to %(until)s the acts of %(name)s are delegated here, and may not be delegated on."
)
_AWAY = Reason("From %(since)s to %(until)s they have delegated their own acts to %(name)s.")


@dataclass(frozen=True)
class Wanted:
    """What somebody asks to delegate, read and not yet judged."""

    since: date
    until: date
    kinds: frozenset[str]
    urgencies: str
    signing: bool
    reason: str


def grant(actor_id: int, given: Mapping[str, Any]) -> int:
    """Delegate the acts of `principal` (else one's own) to `delegate`, from `since` to `until`.

    Both days count. `kinds` are those of procedures, `urgencies` is all or urgent, `signing` says that
    signing off is among it. Raises ContentError with every problem, NotAllowed.
    """
    with write_tx() as session:
        actor = load_person(session, actor_id)
        fields, names = Fields(given), (given.get("principal") or actor.username, given.get("delegate") or "")
        _lock(session, names)
        principal, delegate = (
            _colleague(session, fields, where, name)
            for where, name in zip(("principal", "delegate"), names, strict=True)
        )
        if principal is not None and principal.id != actor.id and not may_for_others(actor):
            raise NotAllowed([Reason("Only administrators and office clerks delegate the acts of others")])
        wanted = _read(fields)
        if principal is not None and delegate is not None and wanted is not None:
            for where, why in _faults(session, actor, principal, delegate, wanted):
                fields.refuse(where, why.message, **{name: str(value) for name, value in why.params.items()})
            fields.check()
            return _keep(session, actor, principal, delegate, wanted)
        raise ContentError(fields.problems)


def may_for_others(person: Person) -> bool:
    """Say whether a person delegates the acts of those who are already away."""
    return may_administer(person) or person.holds(OFFICE_CLERK)


def _lock(session: Session, names: Sequence[str]) -> None:
    """Lock the two accounts in one order, so that of two who delegate at once the second sees the first."""
    rows = select(User.id).where(User.username.in_(list(map(str, names)))).order_by(User.id)
    session.execute(rows.with_for_update(key_share=True)).all()


def _colleague(session: Session, fields: Fields, where: str, username: str) -> Person | None:
    """Return somebody of the office; None, and told, where there is nobody called so."""
    person = find_by_usernames(session, [str(username)]).get(str(username))
    if person is None or not (person.active and person.in_office):
        fields.refuse(where, "Choose a colleague.")
        return None
    return person


def _read(fields: Fields) -> Wanted | None:
    since, until = fields.day("since"), fields.day("until")
    kinds = fields.words("kinds", tuple(here().procedures))
    if not kinds:
        fields.refuse("kinds", "Choose at least one kind of document.")
    urgencies = fields.given.get("urgencies") or "all"
    if urgencies not in URGENCIES:
        fields.refuse("urgencies", "%(value)s is not one of the choices.", value=str(urgencies)[:40])
    reason = fields.line("reason", LONGEST, required=False)
    if since is None or until is None:
        return None
    return Wanted(since, until, frozenset(kinds), str(urgencies), fields.yes("signing"), reason)


def _faults(
    session: Session, actor: Person, principal: Person, delegate: Person, wanted: Wanted
) -> Iterator[tuple[str, Reason]]:
    """Yield, by field, why this cannot be delegated so."""
    if delegate.id == principal.id:
        yield "delegate", Reason("Acts are delegated to somebody else.")
    if wanted.since > wanted.until:
        yield "until", Reason("The last day lies before the first.")
    elif (wanted.until - wanted.since).days >= DAYS:
        yield "until", Reason("A delegation lasts a year at most.")
    if wanted.until < today():
        yield "until", Reason("The last day is already over.")
    if actor.id != principal.id:
        if not wanted.reason:
            yield "reason", Reason("Say why you delegate the acts of another.")
        if delegate.id == actor.id:
            yield "delegate", Reason("Nobody takes another's acts upon themselves.")
        if wanted.signing:
            yield "signing", Reason("Only %(name)s can extend it to signing off.", {"name": principal.name})
    yield from _meeting(session, principal, delegate, wanted)


def _meeting(
    session: Session, principal: Person, delegate: Person, wanted: Wanted
) -> Iterator[tuple[str, Reason]]:
    """Yield where it would meet another delegation: twice the same, or one delegated on."""
    both = (principal.id, delegate.id)
    rows = session.scalars(
        select(Delegation)
        .where(
            Delegation.ended_at.is_(None),
            Delegation.since <= wanted.until,
            Delegation.until >= wanted.since,
            or_(Delegation.principal_id.in_(both), Delegation.delegate_id == principal.id),
        )
        .order_by(Delegation.id)
    ).all()
    for one in rows:
        if not wanted.kinds.intersection(one.kinds):
            continue
        if one.principal_id == principal.id:
            where, message, other = "since", _ALREADY, one.delegate_id
        elif one.delegate_id == principal.id:
            where, message, other = "since", _NOT_ON, one.principal_id
        else:
            where, message, other = "delegate", _AWAY, one.delegate_id
        name = session.get_one(User, other).name
        known = {"name": name, "since": str(one.since), "until": str(one.until)}
        yield where, replace(message, params=known)


def _keep(session: Session, actor: Person, principal: Person, delegate: Person, wanted: Wanted) -> int:
    delegation = Delegation(
        principal_id=principal.id,
        delegate_id=delegate.id,
        since=wanted.since,
        until=wanted.until,
        kinds=sorted(wanted.kinds),
        urgencies=wanted.urgencies,
        signing=wanted.signing,
        reason=wanted.reason,
        made_by_id=actor.id,
        made_at=stamp(),
    )
    session.add(delegation)
    session.flush()
    days = {"since": str(wanted.since), "until": str(wanted.until)}
    note(session, actor.id, "acts_delegated", principal.name, {"to": delegate.name, **days})
    settle(session)
    return delegation.id
