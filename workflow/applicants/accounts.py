"""Open and mend the accounts of a unit outside: those who apply for it, those who recommend in its name."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from .. import logins, passwords
from ..campaigns.clerk import clerk
from ..errors import NotFound
from ..installation import read_tx, write_tx
from ..models import Appointment, Post, Unit, User
from ..office import accounts, appointments, following
from ..office.log import note
from .keeping import find

ROLES = {"applicant": "申报单位联络员", "recommender": "主管部门经办人"}  # the title that a post begins with


def open_account(actor_id: int, unit_id: int, username: str, name: str, roles: Collection[str]) -> str:
    """Open an account for a unit with the posts of these roles; return its one-time password.

    Raises NotAllowed, NotFound, NotReady with every reason.
    """
    password, password_hash = _one_time(actor_id)
    with write_tx() as session:
        clerk(session, actor_id)
        unit, _ = find(session, unit_id)
        wrong = [] if roles and set(roles) <= ROLES.keys() else [Reason("Say what the account is for")]
        try:
            user = accounts.enter(session, actor_id, username, name, password_hash)
        except NotReady as refusal:
            raise NotReady([*refusal.reasons, *wrong]) from refusal
        if wrong:
            raise NotReady(wrong)
        appoint(session, actor_id, unit, user, roles)
    return password


def appoint(session: Session, by_id: int, unit: Unit, user: User, roles: Collection[str]) -> None:
    """Give somebody the posts of these roles in a unit, in the caller's transaction."""
    for code in ROLES:
        if code in roles:
            appointments.enter(session, by_id, _post_of(session, by_id, unit, code), user)


def appoint_newcomers(
    session: Session, given: Sequence[tuple[Unit, User, Collection[str]]], known: Collection[int]
) -> None:
    """Give people who have just been entered their posts, with few statements, in the caller's transaction.

    known: the units that were there before; what is under way there comes to the newcomers as well.
    """
    ids = [unit.id for unit, _, _ in given]
    there = select(Post).where(Post.unit_id.in_(ids), Post.code.in_(ROLES)).order_by(Post.id.desc())
    posts = {(post.unit_id, post.code): post for post in session.scalars(there)}
    wanted = [(unit, user, code) for unit, user, roles in given for code in ROLES if code in roles]
    for unit, _, code in wanted:
        if (unit.id, code) not in posts:
            posts[unit.id, code] = Post(code=code, unit_id=unit.id, title=ROLES[code])
            session.add(posts[unit.id, code])
    session.flush()
    session.add_all(
        Appointment(post_id=posts[unit.id, code].id, user_id=user.id) for unit, user, code in wanted
    )
    session.flush()
    for unit, user, code in wanted:
        if unit.id in known:
            following.follow(session, user.id, code)


def _post_of(session: Session, by_id: int, unit: Unit, code: str) -> Post:
    """Return a unit's post for a role, a new one if there is none."""
    post = session.scalars(select(Post).filter_by(unit_id=unit.id, code=code).order_by(Post.id)).first()
    if post is None:
        post = Post(code=code, unit_id=unit.id, title=ROLES[code])
        session.add(post)
        session.flush()
        note(session, by_id, "post_added", post.title, {"code": code, "unit": unit.name})
    return post


def new_password(actor_id: int, unit_id: int, username: str) -> str:
    """Give one of a unit's people a new one-time password; all their sessions end.

    Raises NotAllowed, NotFound, NotReady when the account is closed.
    """
    password, password_hash = _one_time(actor_id)
    with write_tx() as session:
        clerk(session, actor_id)
        unit, _ = find(session, unit_id)
        user = _theirs(session, unit, username)
        user.password_hash, user.must_change = password_hash, True
        user.failures, user.locked_until = 0, None
        logins.end_all(session, user.id)
        note(session, actor_id, "password_reset", accounts.called(user))
    return password


def close_account(actor_id: int, unit_id: int, username: str) -> None:
    """Close the account of one of a unit's people who no longer acts for it.

    Raises NotAllowed, NotFound, NotReady when it is closed already.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        unit, _ = find(session, unit_id)
        accounts.end(session, actor_id, _theirs(session, unit, username))


def _theirs(session: Session, unit: Unit, username: str) -> User:
    """Return an account that is this unit's and nobody else's, locked; raises NotFound."""
    user = accounts.find_user(session, username)
    held = list(
        session.scalars(
            select(Post)
            .join(Appointment, Appointment.post_id == Post.id)
            .where(Appointment.user_id == user.id)
        )
    )
    if not held or any(post.unit_id != unit.id or post.code not in ROLES for post in held):
        raise NotFound
    return user


def _one_time(actor_id: int) -> tuple[str, str]:
    """Return a one-time password and its hash, made ahead of the transaction and for the clerk only."""
    with read_tx() as session:
        clerk(session, actor_id)
    password = passwords.one_time()
    return password, logins.hash_made(password)
