"""Set passwords: what one must be like, one to begin with, changing one's own."""

import secrets
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from . import logins
from .clock import stamp
from .directory import Person
from .installation import read_tx, write_tx
from .models import AgencyName, User
from .office.log import note

SHORTEST, LONGEST = 10, 128
FEWEST_OF_ITS_OWN = 6  # characters that are left when a word that anybody would guess is taken out
FEWEST_DIFFERENT = 5

MUST_CHANGE = Reason("Change your password first: the one that you have was given to you to begin with")

_UNMISTAKABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no 0 and o, 1, i and l: it is read off paper
_COMMON = Path(__file__).with_name("common_passwords.txt")


def one_time() -> str:
    """Return a password to begin with, 79 bits in groups of four; it is to be changed at once."""
    return "-".join("".join(secrets.choice(_UNMISTAKABLE) for _ in range(4)) for _ in range(4))


def change(person: Person, secret: str, old: str, new: str) -> None:
    """Change one's own password; every session of theirs but the one of `secret` ends (ASVS 7.4.3).

    Raises NotReady with every reason; a wrong old password counts as a wrong sign-in.
    """
    with read_tx() as session:
        user = session.get_one(User, person.id)
        names = [user.username, user.name, *(post.unit for post in person.posts if post.unit)]
        names += [name for row in session.execute(select(AgencyName.full, AgencyName.short)) for name in row]
    if user.locked_until is not None and user.locked_until > stamp():
        raise NotReady([Reason("This account is locked for a while after too many wrong passwords")])
    wrong = list(weaknesses(new, names))
    if not logins.matches(user.password_hash, old):
        logins.count_failure(user.id)
        wrong.insert(0, Reason("The present password is not right"))
    elif new == old:
        wrong.append(Reason("The new password is the present one"))
    if wrong:
        raise NotReady(wrong)
    new_hash = logins.hash_password(new)
    with write_tx() as session:
        if not _replace(session, person.id, user.password_hash, new_hash):
            raise NotReady([Reason("The present password is not right")])
        logins.end_all(session, person.id, but=secret)
        note(session, person.id, "password_changed", person.username)


def _replace(session: Session, user_id: int, seen_hash: str, new_hash: str) -> bool:
    """Set a password unless another took its place meanwhile."""
    changed = session.execute(
        update(User)
        .where(User.id == user_id, User.password_hash == seen_hash)
        .values(password_hash=new_hash, must_change=False, failures=0)
        .returning(User.id)
    )
    return changed.first() is not None


def weaknesses(password: str, names: Iterable[str]) -> Iterator[Reason]:
    """Yield why a password will not do; `names` are what anybody would try for this person."""
    if not SHORTEST <= len(password) <= LONGEST:
        lengths = {"least": str(SHORTEST), "most": str(LONGEST)}
        yield Reason("A password has %(least)s to %(most)s characters", lengths)
    if len(set(password)) < FEWEST_DIFFERENT:
        yield Reason("The password repeats too few characters")
    if _is_mostly(password, names):
        yield Reason("The password is little more than names and words that are tried first")


def _is_mostly(password: str, names: Iterable[str]) -> bool:
    """Say whether little is left of a password when names and common words are taken out, longest first."""
    known = common().union(name.casefold() for name in names if len(name) > 1)
    left = password.casefold()
    for word in sorted(known, key=len, reverse=True):
        left = left.replace(word, "")
    return len(left) < min(FEWEST_OF_ITS_OWN, len(password))


@cache
def common() -> frozenset[str]:
    """Return the passwords and parts of passwords that are tried first."""
    return frozenset(_COMMON.read_text(encoding="utf-8").split())
