"""List what a drafter chooses from: types, agencies, addressees, people of the office."""

from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from docgen.formats.table import FORMS, MINUTES, ORDER, TABLE, Kind
from docgen.sheet import DISCLOSURES, TYPES, URGENCIES
from states.asking import MODES
from states.procedure import Procedure
from states.reasons import Label

from .clock import today
from .directory import UNIT_HEAD, Person
from .installation import here
from .models import Agency, AgencyName, Appointment, Correspondent, Post, Series, Unit, User


@dataclass(frozen=True)
class Choices:
    types: tuple[str, ...]
    urgencies: tuple[str, ...]
    disclosures: tuple[str, ...]
    forms: tuple[str, ...]
    agencies: list[str]  # 规范化简称, the person's own first
    correspondents: list[str]
    copy_to: dict[str, str]  # 抄送 that a new document starts with, by agency
    forms_of: dict[str, tuple[str, ...]]  # by 文种, the usual one first
    fields_of: dict[str, tuple[str, ...]]  # of those that only some 文种 have or want, by 文种


@dataclass(frozen=True)
class Colleague:
    username: str
    name: str
    title: str


def choices(session: Session, person: Person) -> Choices:
    """Return what the editor offers a person."""
    own = person.home.agency_id if person.home else None
    rows = session.execute(
        select(AgencyName.short, Agency.copy_to)
        .join(Agency, Agency.id == AgencyName.agency_id)
        .where(AgencyName.since <= today(), or_(AgencyName.until.is_(None), AgencyName.until >= today()))
        .where(exists().where(Series.agency_id == Agency.id, ~Series.retired))
        .order_by(Agency.id != own, Agency.position)
    ).all()
    names = session.scalars(select(Correspondent.name).order_by(Correspondent.position))
    return Choices(
        TYPES,
        URGENCIES,
        DISCLOSURES,
        FORMS,
        [row.short for row in rows],
        list(names),
        {row.short: row.copy_to for row in rows},
        {type_: kind.forms for type_, kind in TABLE.items()},
        {type_: _fields(kind) for type_, kind in TABLE.items()},
    )


def _fields(kind: Kind) -> tuple[str, ...]:
    """Return which of the fields that only some 文种 have or want one of them has."""
    has = {
        "attendance": MINUTES in kind.forms,
        "stamp": kind.forms[0] not in (MINUTES, ORDER),  # an order always bears one, minutes never
        "addressees": kind.addressees,
        "seal": kind.seal is not False,
        "contact": kind.contact,
    }
    return tuple(name for name, wanted in has.items() if wanted)


def units_to_ask(session: Session, *, but: int) -> list[tuple[str, str]]:
    """Return the units of the office that one of them does not head alone: the name, and with its head's."""
    rows = session.execute(
        select(Unit.name, User.name.label("head"))
        .join(Post, (Post.unit_id == Unit.id) & (Post.code == UNIT_HEAD))
        .join(Appointment, Appointment.post_id == Post.id)
        .join(User, User.id == Appointment.user_id)
        .where(User.active, Unit.internal, User.id != but)
        .order_by(Unit.position, Appointment.id)
    )
    heads: dict[str, list[str]] = {}
    for row in rows:
        heads.setdefault(row.name, []).append(row.head)
    return [(name, f"{name} · {'、'.join(names)}") for name, names in heads.items()]


def ways_to_countersign(procedure: Procedure | None) -> dict[str, Label]:
    """Return how a drafter may have countersigners asked: by a document's procedure or, None, a new one's."""
    known = procedure or here().procedures["notice"]
    return {mode: MODES[mode] for stage in known.line for mode in stage.modes}


def colleagues(session: Session, *, but: int) -> list[Colleague]:
    """Return the people of the office without one of them, each with a post's title."""
    rows = session.execute(
        select(User.username, User.name, Post.title)
        .join(Appointment, Appointment.user_id == User.id)
        .join(Post, Post.id == Appointment.post_id)
        .join(Unit, Unit.id == Post.unit_id)
        .where(User.active, Unit.internal, User.id != but)
        .order_by(Unit.position, Post.id, Appointment.id)
    )
    found = {row.username: Colleague(row.username, row.name, row.title) for row in reversed(rows.all())}
    return list(reversed(found.values()))
