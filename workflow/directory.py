"""Look people up: who is in which post, who heads and who leads which unit."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from .models import Appointment, LeaderInCharge, Post, Unit, User, table

_appointments = table(Appointment)
_leaders = table(LeaderInCharge)
_posts = table(Post)
_units = table(Unit)
_users = table(User)

UNIT_HEAD = "unit_head"
LEADER_IN_CHARGE = "leader_in_charge"


@dataclass(frozen=True)
class HeldPost:
    """A post as somebody holds it."""

    code: str
    title: str
    unit_id: int | None
    unit: str | None
    internal: bool
    agency_id: int | None


@dataclass(frozen=True)
class Person:
    """Somebody with an account, and the posts they hold."""

    id: int
    username: str
    name: str
    active: bool
    posts: tuple[HeldPost, ...]

    @property
    def in_office(self) -> bool:
        """Say whether the person belongs to the office, and not to a body outside or the machine room."""
        return any(post.internal for post in self.posts)

    @property
    def home(self) -> HeldPost | None:
        """Return the post in whose unit the person drafts: the first one inside the office."""
        return next((post for post in self.posts if post.internal), None)

    def holds(self, *codes: str) -> bool:
        return any(post.code in codes for post in self.posts)

    def title(self, code: str | None = None) -> str:
        """Return the title of the post of that code, or of the first one."""
        chosen = next((post for post in self.posts if post.code == code), None) or next(
            iter(self.posts), None
        )
        return chosen.title if chosen else ""


def find_person(session: Session, user_id: int) -> Person | None:
    return _person(session, _users.c.id == user_id)


def find_by_username(session: Session, username: str) -> Person | None:
    return _person(session, _users.c.username == username)


def _person(session: Session, condition: ColumnElement[bool]) -> Person | None:
    rows = (
        session.connection()
        .execute(
            select(
                _users.c.id,
                _users.c.username,
                _users.c.name,
                _users.c.active,
                _posts.c.code,
                _posts.c.title,
                _posts.c.unit_id,
                _units.c.name.label("unit"),
                _units.c.internal,
                _units.c.agency_id,
            )
            .select_from(
                _users.outerjoin(_appointments, _appointments.c.user_id == _users.c.id)
                .outerjoin(_posts, _posts.c.id == _appointments.c.post_id)
                .outerjoin(_units, _units.c.id == _posts.c.unit_id)
            )
            .where(condition)
            .order_by(_appointments.c.id)
        )
        .all()
    )
    if not rows:
        return None
    first = rows[0]
    posts = tuple(_held(row) for row in rows if row.code is not None)
    return Person(first.id, first.username, first.name, first.active, posts)


def _held(row: Row) -> HeldPost:
    return HeldPost(row.code, row.title, row.unit_id, row.unit, bool(row.internal), row.agency_id)


class OfficeDirectory:
    """The office as the procedures' rules ask for it, within one transaction.

    Looked-up answers are kept for as long as the transaction lives.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[tuple[str, object], tuple[int, ...]] = {}
        self.stood_in: set[str] = set()  # posts for which the stand-in was named

    def holders(self, post: str) -> tuple[int, ...]:
        return self._keep(("post", post), _in_posts().where(_posts.c.code == post)) or self._stand_in(post)

    def heads(self, unit: int) -> tuple[int, ...]:
        return self._keep(
            ("head", unit), _in_posts().where(_posts.c.code == UNIT_HEAD, _posts.c.unit_id == unit)
        )

    def leaders(self, unit: int) -> tuple[int, ...]:
        statement = (
            select(_leaders.c.user_id)
            .join(_users, _users.c.id == _leaders.c.user_id)
            .where(_leaders.c.unit_id == unit, _users.c.active)
            .order_by(_leaders.c.id)
        )
        return self._keep(("leader", unit), statement)

    def active(self, people: tuple[int, ...]) -> tuple[int, ...]:
        if not people:
            return ()
        statement = select(_users.c.id).where(_users.c.id.in_(people), _users.c.active)
        kept = set(self._keep(("active", people), statement))
        return tuple(person for person in people if person in kept)

    @cached_property
    def names(self) -> dict[int, str]:
        """Return every person's name by id."""
        rows = self._session.connection().execute(select(_users.c.id, _users.c.name))
        return {row.id: row.name for row in rows}

    def _stand_in(self, post: str) -> tuple[int, ...]:
        found = self._keep(
            ("stand-in", post),
            select(_posts.c.stand_in_id)
            .join(_users, _users.c.id == _posts.c.stand_in_id)
            .where(_posts.c.code == post, _users.c.active),
        )
        if found:
            self.stood_in.add(post)
        return found

    def _keep(self, key: tuple[str, object], statement: Select[int]) -> tuple[int, ...]:
        if key not in self._known:
            found = self._session.connection().execute(statement).scalars()
            self._known[key] = tuple(dict.fromkeys(found))
        return self._known[key]


def _in_posts() -> Select[int]:
    return (
        select(_appointments.c.user_id)
        .join(_posts, _posts.c.id == _appointments.c.post_id)
        .join(_users, _users.c.id == _appointments.c.user_id)
        .where(_users.c.active)
        .order_by(_appointments.c.id)
    )
