"""Look people up: who is in which post, who heads and who leads which unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from docgen.formats.table import TABLE
from states.delegated import Delegated

from .clock import today
from .models import Appointment, Delegation, LeaderInCharge, Post, SigningRight, Unit, User, table
from .prepared import Prepared

_appointments = table(Appointment)
_delegations = table(Delegation)
_leaders = table(LeaderInCharge)
_posts = table(Post)
_rights = table(SigningRight)
_units = table(Unit)
_users = table(User)

UNIT_HEAD = "unit_head"
OFFICE_CLERK = "office_clerk"
LEADER_IN_CHARGE = "leader_in_charge"
PRINCIPAL = "principal"


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
    must_change: bool = False  # the password, before anything else

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


_PERSON = (
    select(
        _users.c.id,
        _users.c.username,
        _users.c.name,
        _users.c.active,
        _users.c.must_change,
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
    .order_by(_appointments.c.id)
)
_BY_ID = Prepared(_PERSON.where(_users.c.id == bindparam("person")))
_BY_NAME = Prepared(_PERSON.where(_users.c.username == bindparam("name")))

_IN_POSTS = (
    select(_appointments.c.user_id)
    .join(_posts, _posts.c.id == _appointments.c.post_id)
    .join(_users, _users.c.id == _appointments.c.user_id)
    .where(_users.c.active)
    .order_by(_appointments.c.id)
)
_IN_POST = Prepared(_IN_POSTS.where(_posts.c.code == bindparam("key")))
_HEADS = Prepared(_IN_POSTS.where(_posts.c.code == UNIT_HEAD, _posts.c.unit_id == bindparam("key")))
_LEADERS = Prepared(
    select(_leaders.c.user_id)
    .join(_users, _users.c.id == _leaders.c.user_id)
    .where(_leaders.c.unit_id == bindparam("key"), _users.c.active)
    .order_by(_leaders.c.id)
)
_ACTIVE = Prepared(select(_users.c.id).where(_users.c.id == bindparam("key"), _users.c.active))
_STAND_INS = (
    select(_posts.c.stand_in_id)
    .join(_users, _users.c.id == _posts.c.stand_in_id)
    .where(_users.c.active)
    .order_by(_posts.c.id)
)
_STAND_IN = Prepared(_STAND_INS.where(_posts.c.code == bindparam("key")))
_RIGHTS = Prepared(
    select(_rights.c.type, _rights.c.post, _users.c.id.label("person"))
    .select_from(
        _rights.outerjoin(_posts, _posts.c.code == _rights.c.post)
        .outerjoin(_appointments, _appointments.c.post_id == _posts.c.id)
        .outerjoin(_users, and_(_users.c.id == _appointments.c.user_id, _users.c.active))
    )
    .where(
        _rights.c.agency_id == bindparam("agency"),
        or_(_rights.c.type == bindparam("type"), _rights.c.type == ""),
    )
    .order_by(_rights.c.type.desc(), _rights.c.position, _appointments.c.id)
)
_DELEGATED = Prepared(
    select(
        _delegations.c.id,
        _delegations.c.principal_id,
        _delegations.c.delegate_id,
        _delegations.c.kinds,
        _delegations.c.urgencies,
        _delegations.c.signing,
    )
    .join(_users, _users.c.id == _delegations.c.delegate_id)
    .where(
        _delegations.c.until >= bindparam("day"),
        _delegations.c.since <= bindparam("day"),
        _delegations.c.ended_at.is_(None),
        _users.c.active,
    )
    .order_by(_delegations.c.id)
)
_HEADS_STAND_IN = Prepared(_STAND_INS.where(_posts.c.code == UNIT_HEAD, _posts.c.unit_id == bindparam("key")))


def find_person(session: Session, user_id: int) -> Person | None:
    """Return the person of an id."""
    return _person(_BY_ID.rows(session, {"person": user_id}))


def find_by_usernames(session: Session, names: Iterable[str]) -> dict[str, Person]:
    """Return the people of those user names that there are."""
    found = ((name, _person(_BY_NAME.rows(session, {"name": name}))) for name in dict.fromkeys(names))
    return {name: person for name, person in found if person}


def _person(rows: Sequence[Any]) -> Person | None:
    if not rows:
        return None
    first = rows[0]
    posts = tuple(_held(row) for row in rows if row.code is not None)
    return Person(first.id, first.username, first.name, first.active, posts, first.must_change)


def _held(row: Any) -> HeldPost:
    return HeldPost(row.code, row.title, row.unit_id, row.unit, bool(row.internal), row.agency_id)


class OfficeDirectory:
    """The office as the procedures' rules ask for it, within one transaction.

    Looked-up answers are kept for as long as the transaction lives.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._known: dict[tuple[int, object], tuple[int, ...]] = {}
        self._rights: dict[tuple[int, str], dict[str, tuple[int, ...]]] = {}
        self.stood_in: set[str] = set()  # posts for which the stand-in was named

    def holders(self, post: str) -> tuple[int, ...]:
        return self._ask(_IN_POST, post) or self._stand_in(post, _STAND_IN, post)

    def heads(self, unit: int) -> tuple[int, ...]:
        return self._ask(_HEADS, unit) or self._stand_in(UNIT_HEAD, _HEADS_STAND_IN, unit)

    def leaders(self, unit: int) -> tuple[int, ...]:
        return self._ask(_LEADERS, unit)

    def signers(self, agency: int, type: str, upward: bool = False) -> tuple[int, ...]:
        people = (
            person
            for post, named in self.signing_posts(agency, type, upward).items()
            for person in named or self._stand_in(post, _STAND_IN, post)
        )
        return tuple(dict.fromkeys(people))

    def signing_posts(self, agency: int, type: str, upward: bool) -> dict[str, tuple[int, ...]]:
        """Return the posts that may sign a 文种 of an agency, in their order, with those who hold them.

        What goes upwards and an order the head of the office signs, whoever may sign the rest (条例 art. 22).
        """
        if upward or (type in TABLE and TABLE[type].principal):
            return {PRINCIPAL: self._ask(_IN_POST, PRINCIPAL)}
        known = self._rights.get((agency, type))
        if known is None:
            found = _RIGHTS.rows(self.session, {"agency": agency, "type": type})
            named = [row for row in found if row.type == found[0].type]  # the general rule comes last
            known = self._rights[agency, type] = {
                post: tuple(row.person for row in named if row.post == post and row.person is not None)
                for post in dict.fromkeys(row.post for row in named)
            }
        return known

    def active(self, people: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(person for person in people if self._ask(_ACTIVE, person))

    def delegations(self) -> tuple[Delegated, ...]:
        return self._in_force

    @cached_property
    def _in_force(self) -> tuple[Delegated, ...]:
        rows = _DELEGATED.rows(self.session, {"day": today()})
        return tuple(
            Delegated(
                row.id,
                row.principal_id,
                row.delegate_id,
                frozenset(row.kinds),
                row.urgencies == "urgent",
                row.signing,
            )
            for row in rows
        )

    @cached_property
    def names(self) -> dict[int, str]:
        """Return every person's name by id."""
        rows = self.session.connection().execute(select(_users.c.id, _users.c.name))
        return {row.id: row.name for row in rows}

    def _stand_in(self, post: str, statement: Prepared, key: object) -> tuple[int, ...]:
        if found := self._ask(statement, key):
            self.stood_in.add(post)
        return found

    def _ask(self, statement: Prepared, key: object) -> tuple[int, ...]:
        known = self._known.get((id(statement), key))
        if known is None:
            found = statement.rows(self.session, {"key": key})
            known = self._known[id(statement), key] = tuple(dict.fromkeys(row[0] for row in found))
        return known
