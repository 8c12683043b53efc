"""Show who is in the office: units with their posts and people, accounts with what they may do."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Label

from ..clock import stamp
from ..errors import NotFound
from ..models import Agency, Appointment, LeaderInCharge, Post, Unit, User
from .post_codes import known

STATES = ("open", "locked", "to_change", "without_post", "closed")


@dataclass(frozen=True)
class PostSheet:
    """A post with those who hold it and the one who stands in when nobody does."""

    id: int
    code: str
    kind: Label
    title: str
    unit_id: int | None
    unit: str | None
    internal: bool  # in a unit of the office
    holders: tuple[User, ...]
    stand_in: User | None


@dataclass(frozen=True)
class UnitSheet:
    """A unit with its posts, and the leaders in charge of it."""

    id: int
    name: str
    internal: bool
    agency: str | None  # its code
    posts: tuple[PostSheet, ...]
    leaders: tuple[User, ...]


@dataclass(frozen=True)
class Account:
    """A person's account, what they hold, and how it stands."""

    user: User
    locked: bool
    posts: tuple[PostSheet, ...]
    leads: tuple[Unit, ...] = ()
    stands_in: tuple[PostSheet, ...] = field(default=())

    @property
    def in_office(self) -> bool:
        """Say whether the person belongs to the office."""
        return any(post.internal for post in self.posts)

    @property
    def states(self) -> tuple[str, ...]:
        """Return which of STATES apply."""
        if not self.user.active:
            return ("closed",)
        found = {"locked": self.locked, "to_change": self.user.must_change, "without_post": not self.posts}
        return ("open", *(name for name, applies in found.items() if applies))


def units(session: Session) -> list[UnitSheet]:
    """Return all units in their order."""
    posts, leaders = _posts(session), _leaders(session)
    codes = {agency.id: agency.code for agency in session.scalars(select(Agency))}
    return [
        UnitSheet(
            id=unit.id,
            name=unit.name,
            internal=unit.internal,
            agency=codes.get(unit.agency_id) if unit.agency_id else None,
            posts=tuple(post for post in posts if post.unit_id == unit.id),
            leaders=tuple(user for led, user in leaders if led.id == unit.id),
        )
        for unit in session.scalars(select(Unit).order_by(Unit.position, Unit.id))
    ]


def unit(session: Session, unit_id: int) -> UnitSheet:
    """Return one unit; raises NotFound."""
    found = next((sheet for sheet in units(session) if sheet.id == unit_id), None)
    if found is None:
        raise NotFound
    return found


def system_posts(session: Session) -> list[PostSheet]:
    """Return the posts that stand in no unit: administrator, auditor."""
    return [post for post in _posts(session) if post.unit_id is None]


def accounts(session: Session) -> list[Account]:
    """Return all accounts: those in use by unit and name, then the closed ones."""
    posts, leaders = _posts(session), _leaders(session)
    now = stamp()
    found = [
        Account(
            user=user,
            locked=user.locked_until is not None and user.locked_until > now,
            posts=tuple(post for post in posts if user in post.holders),
            leads=tuple(led for led, leader in leaders if leader is user),
            stands_in=tuple(post for post in posts if post.stand_in is user),
        )
        for user in session.scalars(select(User).order_by(User.id))
    ]
    order = {
        row.id: n for n, row in enumerate(session.scalars(select(Unit).order_by(Unit.position, Unit.id)))
    }
    last = len(order)
    return sorted(
        found,
        key=lambda one: (
            not one.user.active,
            order.get(one.posts[0].unit_id or 0, last) if one.posts else last,
        ),
    )


def account(session: Session, username: str) -> Account:
    """Return one account; raises NotFound."""
    found = next((one for one in accounts(session) if one.user.username == username), None)
    if found is None:
        raise NotFound
    return found


def counts(found: Iterable[Account]) -> Mapping[str, int]:
    """Return how many accounts are in each of STATES."""
    return Counter(name for one in found for name in one.states)


def _posts(session: Session) -> list[PostSheet]:
    holders: dict[int, list[User]] = {}
    held = select(Appointment.post_id, User).join(User).order_by(Appointment.id)
    for post_id, user in session.execute(held):
        holders.setdefault(post_id, []).append(user)
    codes = known()
    rows = session.execute(
        select(Post, Unit, User)
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .outerjoin(User, User.id == Post.stand_in_id)
        .order_by(Unit.position, Post.id)
    )
    return [
        PostSheet(
            id=post.id,
            code=post.code,
            kind=codes[post.code].label if post.code in codes else Label(zh=post.code, en=post.code),
            title=post.title,
            unit_id=post.unit_id,
            unit=where.name if where else None,
            internal=where is not None and where.internal,
            holders=tuple(holders.get(post.id, ())),
            stand_in=stand_in,
        )
        for post, where, stand_in in rows
    ]


def _leaders(session: Session) -> list[tuple[Unit, User]]:
    rows = select(Unit, User).join(LeaderInCharge, LeaderInCharge.unit_id == Unit.id).join(User)
    return [(led, user) for led, user in session.execute(rows.order_by(LeaderInCharge.id))]
