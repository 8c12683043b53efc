"""Appoint people to posts, dismiss them, put leaders in charge of units; documents under way follow."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from .. import logins
from ..directory import LEADER_IN_CHARGE
from ..errors import NotFound
from ..installation import write_tx
from ..models import Appointment, LeaderInCharge, Post, Unit, User
from . import following
from .accounts import called, find_user, keep_an_administrator
from .administrator import ADMINISTRATOR, administrator
from .log import note
from .posts import find_post, not_of_the_office


def appoint(actor_id: int, post_id: int, username: str) -> None:
    """Give a person a post, on top of those that they hold."""
    with write_tx() as session:
        administrator(session, actor_id)
        post, user = find_post(session, post_id), find_user(session, username)
        if not user.active:
            raise NotReady([Reason("The account of %(name)s is closed", {"name": user.name})])
        enter(session, actor_id, post, user)


def enter(session: Session, by_id: int | None, post: Post, user: User) -> None:
    """Appoint in the caller's transaction; nothing happens where somebody holds the post already."""
    if _appointment(session, post, user) is not None:
        return
    session.add(Appointment(post_id=post.id, user_id=user.id))
    session.flush()
    note(session, by_id, "appointed", called(user), {"post": post.title})
    following.follow(session, user.id, post.code)


def dismiss(actor_id: int, post_id: int, username: str) -> None:
    """Take a post from a person; all their sessions end, since they may do less from now on."""
    with write_tx() as session:
        administrator(session, actor_id)
        leave(session, actor_id, find_post(session, post_id), find_user(session, username))


def leave(session: Session, by_id: int | None, post: Post, user: User) -> None:
    """Dismiss in the caller's transaction; raises NotFound, or NotReady for the last administrator."""
    appointment = _appointment(session, post, user)
    if appointment is None:
        raise NotFound
    if post.code == ADMINISTRATOR:
        keep_an_administrator(session, user)
    session.delete(appointment)
    session.flush()
    logins.end_all(session, user.id)
    note(session, by_id, "dismissed", called(user), {"post": post.title})
    following.follow(session, user.id, post.code)


def _appointment(session: Session, post: Post, user: User) -> Appointment | None:
    return session.scalars(select(Appointment).filter_by(post_id=post.id, user_id=user.id)).first()


def put_in_charge(actor_id: int, unit_id: int, username: str) -> None:
    """Put a leader in charge of a unit (分管); there may be several."""
    with write_tx() as session:
        administrator(session, actor_id)
        unit, user = _unit(session, unit_id), find_user(session, username)
        if wrong := not_of_the_office(session, user):
            raise NotReady(wrong)
        take_charge(session, actor_id, unit, user)


def take_charge(session: Session, by_id: int | None, unit: Unit, user: User) -> None:
    """Put in charge in the caller's transaction; nothing happens where somebody is already."""
    if _charge(session, unit, user) is not None:
        return
    session.add(LeaderInCharge(unit_id=unit.id, user_id=user.id))
    session.flush()
    note(session, by_id, "leader_put_in_charge", unit.name, {"leader": called(user)})
    following.follow(session, user.id, LEADER_IN_CHARGE)


def relieve(actor_id: int, unit_id: int, username: str) -> None:
    """Take a unit out of a leader's charge."""
    with write_tx() as session:
        administrator(session, actor_id)
        give_up_charge(session, actor_id, _unit(session, unit_id), find_user(session, username))


def give_up_charge(session: Session, by_id: int | None, unit: Unit, user: User) -> None:
    """Relieve in the caller's transaction; raises NotFound."""
    charge = _charge(session, unit, user)
    if charge is None:
        raise NotFound
    session.delete(charge)
    session.flush()
    note(session, by_id, "leader_relieved", unit.name, {"leader": called(user)})
    following.follow(session, user.id, LEADER_IN_CHARGE)


def _charge(session: Session, unit: Unit, user: User) -> LeaderInCharge | None:
    return session.scalars(select(LeaderInCharge).filter_by(unit_id=unit.id, user_id=user.id)).first()


def _unit(session: Session, unit_id: int) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound
    return unit
