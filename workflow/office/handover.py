"""Hand a person's work over to another (工作交接), by line or whole; close an account."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ..clock import stamp
from ..directory import Person, find_by_usernames, find_person
from ..entered import clean_entry
from ..errors import NotFound
from ..installation import write_tx
from ..models import Handover, Post, Unit, User
from ..work import take_up
from . import accounts, appointments, following, places
from .accounts import called, find_user
from .administrator import administrator, refuse_others
from .log import note
from .unfinished import Line, open_work

__all__ = ["close_account", "hand_over", "open_work", "work_of"]


def hand_over(
    actor_id: int,
    leaver: str,
    successor: str,
    keys: Collection[str] | None,
    reason: str,
    *,
    close: bool = False,
) -> int:
    """Hand over the lines of these keys, or all of them (None), in one transaction; return its record's id.

    close: end the account as well. Raises NotReady with every reason, NotFound for unknown people.
    """
    with write_tx() as session:
        admin = administrator(session, actor_id)
        from_, to = _both(session, leaver, successor)
        lines, reason = _chosen(session, admin, from_, keys), clean_entry(reason)
        _refuse(session, from_, to, lines, reason)
        by_kind: dict[str, list[str]] = {"document": [], "post": [], "charge": [], "stand_in": []}
        for line in lines:
            by_kind[line.kind].append(line.key.partition(":")[2])
        _hand_documents(session, admin, from_, to, by_kind["document"], reason)
        _hand_duties(session, admin.id, from_, to, by_kind)
        record = Handover(
            from_id=from_.id,
            to_id=to.id,
            by_id=admin.id,
            at=stamp(),
            reason=reason,
            lines=[{"key": line.key, "what": line.what, "places": list(line.places)} for line in lines],
        )
        session.add(record)
        session.flush()
        note(session, admin.id, "work_handed_over", from_.name, {"to": to.name, "lines": str(len(lines))})
        if close:
            _close(session, admin, from_)
        return record.id


def work_of(session: Session, username: str, reader: Person) -> list[Line]:
    """Return what a person would leave behind, for the administrator; raises NotAllowed, NotFound."""
    refuse_others(reader)
    found = find_by_usernames(session, [username]).get(username)
    if found is None:
        raise NotFound
    return open_work(session, found, reader)


def close_account(actor_id: int, username: str) -> None:
    """End an account at once, with its sessions, posts and duties; name and posts stay in the history.

    Raises NotReady with the list of documents that have to be handed over first.
    """
    with write_tx() as session:
        admin = administrator(session, actor_id)
        _close(session, admin, _person(session, username))


def _close(session: Session, admin: Person, leaver: Person) -> None:
    left = [line for line in open_work(session, leaver, admin) if line.must_go]
    if left:
        reasons = [Reason("%(name)s still has work; hand it over first", {"name": leaver.name})]
        reasons += [Reason("%(document)s at the stage %(stage)s", _named(line)) for line in left]
        raise NotReady(reasons)
    accounts.end(session, admin.id, find_user(session, leaver.username))


def _named(line: Line) -> Mapping[str, Any]:
    return {"document": line.title or line.what, "stage": line.stage or ""}


def _both(session: Session, leaver: str, successor: str) -> tuple[Person, Person]:
    """Return the two people, their accounts locked in one order."""
    for username in sorted({leaver, successor}):
        find_user(session, username)
    return _person(session, leaver), _person(session, successor)


def _person(session: Session, username: str) -> Person:
    person = find_person(session, find_user(session, username).id)
    if person is None:
        raise NotFound
    return person


def _chosen(session: Session, admin: Person, leaver: Person, keys: Collection[str] | None) -> Sequence[Line]:
    lines = open_work(session, leaver, admin)
    if keys is None:
        return lines
    if gone := set(keys) - {line.key for line in lines}:
        raise NotReady([Reason("%(count)s of these lines have changed meanwhile", {"count": str(len(gone))})])
    return [line for line in lines if line.key in keys]


def _refuse(session: Session, leaver: Person, to: Person, lines: Sequence[Line], reason: str) -> None:
    wrong = []
    if not reason:
        wrong.append(Reason("A reason is required"))
    if to.id == leaver.id:
        wrong.append(Reason("Work is handed over to somebody else"))
    elif not (to.active and to.in_office):
        wrong.append(Reason("There is nobody called %(name)s in the office", {"name": to.name}))
    if not lines:
        wrong.append(Reason("Nothing was chosen to be handed over"))
    if wrong:
        raise NotReady(wrong)


def _hand_documents(
    session: Session, admin: Person, leaver: Person, to: Person, documents: Sequence[str], reason: str
) -> None:
    """Hand over every document, all locked before the first is touched; raises NotReady for all at once."""
    at = stamp()
    works = [take_up(session, admin, public_id, at) for public_id in documents]
    wrong = [why for work in works for why in places.replace(work, leaver, to, reason)]
    if wrong:
        raise NotReady(wrong)


def _hand_duties(
    session: Session, by_id: int, leaver: Person, to: Person, by_kind: Mapping[str, Sequence[str]]
) -> None:
    """Hand over posts, charges and standing in; documents under way follow."""
    giver, taker = session.get_one(User, leaver.id), session.get_one(User, to.id)
    for id_ in by_kind["post"]:
        post = session.get_one(Post, int(id_))
        appointments.enter(session, by_id, post, taker)
        appointments.leave(session, by_id, post, giver)
    for id_ in by_kind["charge"]:
        unit = session.get_one(Unit, int(id_))
        appointments.take_charge(session, by_id, unit, taker)
        appointments.give_up_charge(session, by_id, unit, giver)
    for id_ in by_kind["stand_in"]:
        post = session.get_one(Post, int(id_))
        post.stand_in_id = taker.id
        session.flush()
        note(session, by_id, "post_changed", post.title, {"stand_in": called(taker)})
        following.follow(session, taker.id, post.code)
