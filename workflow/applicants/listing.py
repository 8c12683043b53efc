"""List the units that apply, narrowed as somebody wants, on pages and as a workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from ..campaigns.clerk import refuse_strangers
from ..clock import today
from ..directory import Person
from ..errors import NotFound
from ..models import Applicant, Appointment, Post, Unit, UnitName, User
from ..spreadsheets import Cell, Table, write_workbook
from .accounts import ROLES

STATES = ("active", "barred", "no_account", "ended")
PAGE = 50
WIDTHS = (32, 22, 12, 24, 14, 22, 14, 14, 14, 32)
HEADINGS = (
    *("单位名称", "统一社会信用代码", "单位性质", "主管部门", "联络员", "用户名", "账号用途"),
    *("不得申报至", "终止日期", "曾用名"),
)
PURPOSES = {"applicant": "申报", "recommender": "推荐"}

_recommender = aliased(Unit)


@dataclass(frozen=True)
class Account:
    """Somebody who acts for a unit, and as what."""

    username: str
    name: str
    roles: tuple[str, ...]
    to_change: bool
    signed_in_at: str | None


@dataclass(frozen=True)
class Line:
    """A unit as the list shows it."""

    unit_id: int
    name: str
    credit_code: str | None
    nature: str
    recommender: str | None
    barred_until: date | None
    ended_on: date | None
    accounts: Sequence[Account]
    former: Sequence[UnitName]

    @property
    def state(self) -> str:
        """Return the one of STATES that matters most."""
        if self.ended_on:
            return "ended"
        if self.barred_until and self.barred_until >= today():
            return "barred"
        return "active" if self.accounts else "no_account"


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to see of the list; '' is all."""

    words: str = ""
    nature: str = ""
    recommender: str = ""
    state: str = ""

    def narrowed(self) -> dict[str, str]:
        """Return what is narrowed, as an address carries it."""
        given = {"q": self.words, "nature": self.nature, "recommender": self.recommender, "state": self.state}
        return {name: value for name, value in given.items() if value}


def listed(session: Session, person: Person, wanted: Wanted, page: int | None = 1) -> tuple[list[Line], int]:
    """Return a page of the units in the office's order, or all (None), and how many there are.

    Raises NotAllowed.
    """
    refuse_strangers(person)
    conditions = _conditions(wanted)
    total = session.scalar(_from(select(func.count())).where(*conditions)) or 0
    statement = _from(select(Applicant, Unit.name, _recommender.name.label("recommender")))
    statement = statement.where(*conditions).order_by(Unit.position, Unit.id)
    if page is not None:
        statement = statement.limit(PAGE).offset((max(page, 1) - 1) * PAGE)
    return _lines(session, session.execute(statement).all()), total


def one(session: Session, person: Person, unit_id: int) -> Line:
    """Return one unit; raises NotAllowed, NotFound."""
    refuse_strangers(person)
    statement = _from(select(Applicant, Unit.name, _recommender.name.label("recommender")))
    found = _lines(session, session.execute(statement.where(Applicant.unit_id == unit_id)).all())
    if not found:
        raise NotFound
    return found[0]


def counts(session: Session, wanted: Wanted) -> dict[str, int]:
    """Return how many units are in each state, narrowed by the rest; '' is all."""
    rest = Wanted(wanted.words, wanted.nature, wanted.recommender)
    found = {}
    for state in ("", *STATES):
        of_state = Wanted(rest.words, rest.nature, rest.recommender, state)
        found[state] = session.scalar(_from(select(func.count())).where(*_conditions(of_state))) or 0
    return found


def recommenders(session: Session) -> list[str]:
    """Return the names of the bodies that recommend some unit."""
    named = select(Applicant.recommender_id)
    return list(session.scalars(select(Unit.name).where(Unit.id.in_(named)).order_by(Unit.position, Unit.id)))


def _from(statement: Any) -> Any:
    return (
        statement.select_from(Applicant)
        .join(Unit, Unit.id == Applicant.unit_id)
        .outerjoin(_recommender, _recommender.id == Applicant.recommender_id)
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.words:
        former = select(UnitName.unit_id).where(UnitName.name.contains(wanted.words, autoescape=True))
        named = Unit.name.contains(wanted.words, autoescape=True)
        code = Applicant.credit_code.contains(wanted.words.upper(), autoescape=True)
        found.append(or_(named, code, Unit.id.in_(former)))
    if wanted.nature:
        found.append(Applicant.nature == wanted.nature)
    if wanted.recommender:
        found.append(_recommender.name == wanted.recommender)
    if wanted.state:
        found += _of_state(wanted.state)
    return found


def _of_state(state: str) -> list[ColumnElement[bool]]:
    """Return the conditions that `Line.state` puts in words."""
    lives, barred = Applicant.ended_on.is_(None), Applicant.barred_until >= today()
    free = or_(Applicant.barred_until.is_(None), ~barred)
    with_account = Unit.id.in_(
        select(Post.unit_id).join(Appointment).where(Post.code.in_(ROLES), Post.unit_id.is_not(None))
    )
    known: dict[str, list[ColumnElement[bool]]] = {
        "ended": [~lives],
        "barred": [lives, barred],
        "active": [lives, free, with_account],
        "no_account": [lives, free, ~with_account],
    }
    return known.get(state, [])


def _lines(session: Session, rows: Sequence[Any]) -> list[Line]:
    ids = [row.Applicant.unit_id for row in rows]
    people, names = _accounts(session, ids), _former(session, ids)
    return [
        Line(
            unit_id=row.Applicant.unit_id,
            name=row.name,
            credit_code=row.Applicant.credit_code,
            nature=row.Applicant.nature,
            recommender=row.recommender,
            barred_until=row.Applicant.barred_until,
            ended_on=row.Applicant.ended_on,
            accounts=people.get(row.Applicant.unit_id, ()),
            former=names.get(row.Applicant.unit_id, ()),
        )
        for row in rows
    ]


def _accounts(session: Session, ids: Sequence[int]) -> Mapping[int, list[Account]]:
    found: dict[Any, dict[int, tuple[User, list[str]]]] = {}
    rows = session.execute(
        select(Post.unit_id, Post.code, User)
        .join(Appointment, Appointment.post_id == Post.id)
        .join(User, User.id == Appointment.user_id)
        .where(Post.unit_id.in_(ids), Post.code.in_(ROLES))
        .order_by(Appointment.id)
    )
    for unit_id, code, user in rows:
        found.setdefault(unit_id, {}).setdefault(user.id, (user, []))[1].append(code)
    return {
        unit_id: [
            Account(user.username, user.name, tuple(roles), user.must_change, user.signed_in_at)
            for user, roles in people.values()
        ]
        for unit_id, people in found.items()
    }


def _former(session: Session, ids: Sequence[int]) -> Mapping[int, list[UnitName]]:
    found: dict[int, list[UnitName]] = {}
    rows = (
        select(UnitName).where(UnitName.unit_id.in_(ids)).order_by(UnitName.until.desc(), UnitName.id.desc())
    )
    for row in session.scalars(rows):
        found.setdefault(row.unit_id, []).append(row)
    return found


def export(session: Session, person: Person, wanted: Wanted) -> bytes:
    """Return the list, narrowed so, as a workbook. Raises NotAllowed."""
    lines, _ = listed(session, person, wanted, None)
    return write_workbook([Table("单位名录", HEADINGS, map(_row, lines), WIDTHS)], landscape=True)


def _row(line: Line) -> tuple[Cell, ...]:
    first = line.accounts[0] if line.accounts else None
    return (
        *(line.name, line.credit_code, line.nature, line.recommender),
        *((first.name, first.username) if first else (None, None)),
        "、".join(PURPOSES[role] for role in first.roles) if first else None,
        *(line.barred_until, line.ended_on, "、".join(former.name for former in line.former) or None),
    )
