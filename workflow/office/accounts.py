"""Open, close and mend accounts: who may come in, and by what name."""

import re

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from .. import logins, passwords
from ..clock import stamp
from ..delegation.end import end_all
from ..errors import NotFound
from ..installation import read_tx, write_tx
from ..models import Appointment, LeaderInCharge, Post, User
from ..opening import DEMONSTRATION_ACCOUNTS
from .administrator import ADMINISTRATOR, administrator
from .log import note
from .written import read_name

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")


def first_administrator(username: str, name: str, *, another: bool = False) -> str:
    """Open an administrator's account by command; return its one-time password.

    Raises NotReady when there is an active administrator and `another` does not say that it is wanted.
    """
    password = passwords.one_time()
    password_hash = logins.hash_password(password)
    with write_tx() as session:
        if not another and administrators(session):
            raise NotReady([Reason("There is an administrator already; --another opens one more")])
        user = enter(session, None, username, name, password_hash)
        post = session.scalars(select(Post).where(Post.code == ADMINISTRATOR).order_by(Post.id)).first()
        if post is None:
            post = Post(code=ADMINISTRATOR, unit_id=None, title="系统管理员")
            session.add(post)
            session.flush()
        session.add(Appointment(post_id=post.id, user_id=user.id))
        note(session, None, "appointed", called(user), {"post": post.title})
    return password


def open_account(actor_id: int, username: str, name: str) -> str:
    """Open an account; return its one-time password, which is not kept. Raises NotReady."""
    password, password_hash = _one_time(actor_id)
    with write_tx() as session:
        administrator(session, actor_id)
        enter(session, actor_id, username, name, password_hash)
    return password


def _one_time(actor_id: int) -> tuple[str, str]:
    """Return a one-time password and its hash, made ahead of the transaction and for administrators only."""
    with read_tx() as session:
        administrator(session, actor_id)
    password = passwords.one_time()
    return password, logins.hash_password(password)


def enter(session: Session, by_id: int | None, username: str, name: str, password_hash: str) -> User:
    """Open an account in the caller's transaction, the password to be changed at once. Raises NotReady."""
    wrong: list[Reason] = []
    username, name = username.strip(), read_name(name, wrong)
    wrong[:0] = username_faults(username)
    if session.scalars(select(User.id).where(User.username == username)).first() is not None:
        wrong.append(Reason("There is an account %(username)s already", {"username": username}))
    if wrong:
        raise NotReady(wrong)
    user = User(username=username, name=name, password_hash=password_hash, active=True, must_change=True)
    session.add(user)
    session.flush()
    note(session, by_id, "account_opened", called(user))
    return user


def username_faults(username: str) -> list[Reason]:
    """Return why a new account may not be called so, or nothing."""
    if not _USERNAME.fullmatch(username):
        return [Reason("A user name has 2 to 32 small letters, figures and . _ - and begins with no sign")]
    if username in DEMONSTRATION_ACCOUNTS:
        return [Reason("The user name %(username)s is the demonstration office's", {"username": username})]
    return []


def rename(actor_id: int, username: str, name: str) -> None:
    """Change a person's name; what they did keeps the name that they had. Raises NotReady."""
    with write_tx() as session:
        administrator(session, actor_id)
        call(session, actor_id, find_user(session, username), name)


def call(session: Session, by_id: int | None, user: User, name: str) -> None:
    """Change a person's name in the caller's transaction; raises NotReady."""
    wrong: list[Reason] = []
    name = read_name(name, wrong)
    if wrong:
        raise NotReady(wrong)
    if name != user.name:
        note(session, by_id, "person_renamed", called(user), {"to": name})
        user.name = name


def reset_password(actor_id: int, username: str) -> str:
    """Give a person a new one-time password and end all their sessions; return it. Raises NotReady."""
    password, password_hash = _one_time(actor_id)
    with write_tx() as session:
        administrator(session, actor_id)
        user = find_user(session, username)
        if user.id == actor_id:
            raise NotReady([Reason("Your own password is changed on its own page")])
        if not user.active:
            raise NotReady([Reason("The account of %(name)s is closed", {"name": user.name})])
        _let_in_anew(session, user, password_hash)
        note(session, actor_id, "password_reset", called(user))
    return password


def unlock(actor_id: int, username: str) -> None:
    """Let a person try again whom wrong passwords have locked out."""
    with write_tx() as session:
        administrator(session, actor_id)
        user = find_user(session, username)
        user.failures, user.locked_until = 0, None
        note(session, actor_id, "account_unlocked", called(user))


def reopen(actor_id: int, username: str) -> str:
    """Open a closed account again, without its former posts; return its one-time password."""
    password, password_hash = _one_time(actor_id)
    with write_tx() as session:
        administrator(session, actor_id)
        user = find_user(session, username)
        if user.active:
            raise NotReady([Reason("The account of %(name)s is open", {"name": user.name})])
        user.active, user.closed_at = True, None
        _let_in_anew(session, user, password_hash)
        note(session, actor_id, "account_reopened", called(user))
    return password


def _let_in_anew(session: Session, user: User, password_hash: str) -> None:
    user.password_hash, user.must_change = password_hash, True
    user.failures, user.locked_until = 0, None
    logins.end_all(session, user.id)


def end(session: Session, by_id: int, user: User) -> None:
    """Close an account with all its sessions, posts and duties, in the caller's transaction.

    Name and posts stay in the history. Raises NotReady for the last active administrator.
    """
    if not user.active:
        raise NotReady([Reason("The account of %(name)s is closed", {"name": user.name})])
    keep_an_administrator(session, user)
    user.active, user.closed_at = False, stamp()
    logins.end_all(session, user.id)
    end_all(session, by_id, user.id)
    held = session.scalars(
        select(Post.title).join(Appointment).where(Appointment.user_id == user.id).order_by(Appointment.id)
    )
    note(session, by_id, "account_closed", called(user), {"posts": list(held)})
    session.execute(delete(Appointment).where(Appointment.user_id == user.id))
    session.execute(delete(LeaderInCharge).where(LeaderInCharge.user_id == user.id))
    session.execute(update(Post).where(Post.stand_in_id == user.id).values(stand_in_id=None))


def keep_an_administrator(session: Session, user: User) -> None:
    """Raise NotReady when nobody but this person administers the office."""
    if administrators(session) == [user.id]:
        raise NotReady(
            [Reason("%(name)s is the last administrator; appoint another first", {"name": user.name})]
        )


def administrators(session: Session) -> list[int]:
    """Return the active administrators, locked: of two who would close each other, one waits."""
    found = (
        select(User.id)
        .where(
            User.active,
            User.id.in_(
                select(Appointment.user_id)
                .join(Post, Post.id == Appointment.post_id)
                .where(Post.code == ADMINISTRATOR)
            ),
        )
        .order_by(User.id)
    )
    return list(session.scalars(found.with_for_update(key_share=True)))


def find_user(session: Session, username: str) -> User:
    """Return the account of a user name, locked; raises NotFound, and NotReady when nobody was named."""
    if not username:
        raise NotReady([Reason("Choose a person")])
    user = session.scalars(
        select(User).where(User.username == username).with_for_update(key_share=True)
    ).first()
    if user is None:
        raise NotFound
    return user


def called(user: User) -> str:
    """Return what the office's log calls a person."""
    return f"{user.name} ({user.username})"
