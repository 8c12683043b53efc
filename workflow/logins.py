"""Let people in: check passwords, keep sessions and tokens on the server, end them at once."""

import hashlib
import secrets
from contextlib import suppress
from datetime import timedelta
from functools import cache
from typing import Literal

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import delete, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from states.reasons import Reason

from .clock import now, read, stamp
from .directory import Person, find_person
from .errors import Busy, WrongLogin
from .installation import read_tx, write_tx
from .models import Login, User, table

Kind = Literal["browser", "token"]

IDLE = {"browser": timedelta(minutes=30), "token": timedelta(days=1)}
LONGEST = {"browser": timedelta(hours=8), "token": timedelta(days=1)}
TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=1)  # how often a request's time is written down

_logins = table(Login)
_hasher = PasswordHasher()
_quick = PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
_QUICK = "$m=1024,t=1,p=1$"

# One answer to all: any other would tell which names exist, or a locked account's right password.
WRONG = Reason(
    "User name and password do not belong together; five wrong passwords lock an account for 15 minutes"
)


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_hex(16))


def hash_password(password: str) -> str:
    return _hasher.hash(password)


def hash_made(password: str) -> str:
    """Hash a password that this system made: 79 bits are not guessed, however quickly each try goes."""
    return _quick.hash(password)


def log_in(username: str, password: str, kind: Kind) -> tuple[str, str]:
    """Check name and password and open a session; return its secret and when it ends.

    Raises WrongLogin. Five wrong passwords lock the account for a while, on every worker alike.
    """
    with read_tx() as session:
        user = session.scalars(select(User).where(User.username == username.replace("\0", " "))).first()
    nobodys = _nobodys_hash()  # so that an unknown name takes as long as a known one
    hashed = user.password_hash if user else nobodys
    right = matches(hashed, password)
    if _QUICK in hashed:
        matches(nobodys, password)  # as long as all others, again
    if user is None or not user.active:
        raise WrongLogin([WRONG])
    if user.locked_until is not None and user.locked_until > stamp():
        raise WrongLogin([WRONG])
    if not right:
        count_failure(user.id)
        raise WrongLogin([WRONG])
    secret = secrets.token_urlsafe(32)
    expires_at = stamp(now() + LONGEST[kind])
    with write_tx() as session:
        if not _is_as_seen(session, user):
            raise WrongLogin([WRONG])
        in_again = {"failures": 0, "locked_until": None, "signed_in_at": stamp()}
        session.execute(update(User).where(User.id == user.id).values(in_again))
        session.execute(delete(Login).where(Login.user_id == user.id, Login.expires_at < stamp()))
        session.add(
            Login(
                token_sha256=_digest(secret),
                user_id=user.id,
                kind=kind,
                since=stamp(),
                seen_at=stamp(),
                expires_at=expires_at,
            )
        )
    return secret, expires_at


def _is_as_seen(session: Session, seen: User) -> bool:
    """Say whether an account is open under the password that was checked: both may end meanwhile."""
    same = select(User.id).where(User.id == seen.id, User.active, User.password_hash == seen.password_hash)
    return session.execute(same.with_for_update(key_share=True)).first() is not None


def who_is(secret: str, kind: Kind) -> Person | None:
    """Return the person to whom a session or token belongs, or None when it has ended."""
    with read_tx() as session:
        row = session.execute(
            select(_logins).where(_logins.c.token_sha256 == _digest(secret), _logins.c.kind == kind)
        ).first()
        if row is None or row.expires_at <= stamp() or row.seen_at <= stamp(now() - IDLE[kind]):
            return None
        person = find_person(session, row.user_id)
    if person is None or not person.active:
        return None
    if now() - read(row.seen_at) > SEEN_EVERY:
        # A person is let in while the database is busy or full; only their last-seen time is older then.
        with suppress(Busy, OperationalError), write_tx() as session:
            session.execute(
                update(Login).where(Login.token_sha256 == row.token_sha256).values(seen_at=stamp())
            )
    return person


def log_out(secret: str) -> None:
    """End a session or token."""
    with write_tx() as session:
        session.execute(delete(Login).where(Login.token_sha256 == _digest(secret)))


def end_all(session: Session, user_id: int, but: str = "") -> None:
    """End every session and token of a person at once, but the one of a secret."""
    session.execute(delete(Login).where(Login.user_id == user_id, Login.token_sha256 != _digest(but)))


def matches(password_hash: str, password: str) -> bool:
    """Say whether a password is the one that was hashed."""
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def count_failure(user_id: int) -> None:
    """Count one more wrong password; with the fifth the account is locked for a while."""
    with write_tx() as session:
        failures = session.execute(
            update(User).where(User.id == user_id).values(failures=User.failures + 1).returning(User.failures)
        ).scalar_one()
        if failures >= TRIES:
            locked_until = stamp(now() + LOCKED_FOR)
            session.execute(
                update(User).where(User.id == user_id).values(failures=0, locked_until=locked_until)
            )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()
