"""Add and mend units: those of the office, and those outside that have dealings with it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ..errors import NotFound
from ..installation import write_tx
from ..models import Agency, Post, Unit
from .administrator import administrator
from .log import note
from .written import read_name


def add_unit(actor_id: int, name: str, *, internal: bool, agency: str = "") -> int:
    """Add a unit at the list's end; one of the office drafts in the name of an agency (its code)."""
    with write_tx() as session:
        administrator(session, actor_id)
        name, agency_id = _read(session, None, name, internal, agency)
        last = session.scalars(select(Unit.position).order_by(Unit.position.desc())).first()
        unit = Unit(
            name=name, internal=internal, agency_id=agency_id, position=0 if last is None else last + 1
        )
        session.add(unit)
        session.flush()
        note(session, actor_id, "unit_added", name, {"internal": internal, "agency": agency})
        return unit.id


def change_unit(actor_id: int, unit_id: int, name: str, *, internal: bool, agency: str = "") -> None:
    """Change a unit's name, agency, and while it has no posts also whether it belongs to the office."""
    with write_tx() as session:
        administrator(session, actor_id)
        unit = _find(session, unit_id)
        name, agency_id = _read(session, unit, name, internal, agency)
        details = {"name": name, "internal": internal, "agency": agency}
        note(session, actor_id, "unit_changed", unit.name, details)
        unit.name, unit.internal, unit.agency_id = name, internal, agency_id


def _read(
    session: Session, unit: Unit | None, name: str, internal: bool, agency: str
) -> tuple[str, int | None]:
    wrong: list[Reason] = []
    name = read_name(name, wrong)
    same = session.scalars(select(Unit).where(Unit.name == name)).first()
    if name and same is not None and same is not unit:
        wrong.append(Reason("There is a unit %(name)s already", {"name": name}))
    agency_id = session.scalars(select(Agency.id).where(Agency.code == agency)).first() if agency else None
    if internal and agency_id is None:
        wrong.append(Reason("A unit of the office needs the agency in whose name it drafts"))
    if unit is not None and unit.internal != internal and _has_posts(session, unit.id):
        wrong.append(Reason("A unit that has posts stays inside or outside the office, as it is"))
    if wrong:
        raise NotReady(wrong)
    return name, agency_id


def _has_posts(session: Session, unit_id: int) -> bool:
    return session.scalars(select(Post.id).where(Post.unit_id == unit_id)).first() is not None


def move_unit(actor_id: int, unit_id: int, places: int) -> None:
    """Move a unit so many places down the list, or up where the number is negative."""
    with write_tx() as session:
        administrator(session, actor_id)
        unit = _find(session, unit_id)
        order = list(session.scalars(select(Unit).order_by(Unit.position, Unit.id)))
        place = order.index(unit)
        order.remove(unit)
        order.insert(max(0, place + places), unit)
        for position, each in enumerate(order):
            each.position = position
        note(session, actor_id, "unit_moved", unit.name, {"place": str(order.index(unit) + 1)})


def _find(session: Session, unit_id: int) -> Unit:
    unit = session.get(Unit, unit_id)
    if unit is None:
        raise NotFound
    return unit
