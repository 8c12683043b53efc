"""Let titles follow what becomes of their holder: another name, its end, the end taken back.

A title says by which name it was conferred; the name of today stands with the unit.
"""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..clock import today
from ..directory import Person
from ..models import Title, UnitName
from . import events
from .events import LIVING, Happening


def rename(session: Session, former: UnitName, name: str, by: Person) -> None:
    """Note on a unit's titles that are in force that it has another name since the former one ended."""
    said = f"{former.name} → {name}；{former.reason}"
    what = Happening("rename", former.until + timedelta(days=1), said)
    events.append(session, _of(session, former.unit_id, LIVING), what, by)


def end(session: Session, unit_id: int, on: date, reason: str, by: Person) -> None:
    """Terminate the titles of a unit that was merged, split or dissolved."""
    events.append(session, _of(session, unit_id, LIVING), Happening("terminate", on, reason), by)


def go_on(session: Session, unit_id: int, ended_on: date, by: Person) -> None:
    """Revive the titles that ended with their holder on a day, because that was a mistake."""
    ended = _of(session, unit_id, ("terminated",))
    by_end = [
        event
        for one in events.of_titles(session, ended).values()
        for event in events.effective(one)
        if event.kind == "terminate" and event.on == ended_on and event.document_id is None
    ]
    events.undo(session, by_end, Happening("revive", today()), by)


def _of(session: Session, unit_id: int, states: Collection[str]) -> list[int]:
    found = select(Title.id).where(Title.unit_id == unit_id, Title.state.in_(states))
    return list(session.scalars(found.order_by(Title.id)))
