"""Keep the units that apply: enter one, change it, change its name (更名), note its end."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from states.errors import NotReady
from states.reasons import Reason

from ..campaigns.clerk import clerk
from ..clock import stamp, today
from ..errors import NotFound
from ..installation import write_tx
from ..models import Applicant, Unit, UnitName
from ..office.fields import Fields
from ..office.log import note
from ..titles import holders
from .reading import read_name, read_unit

LONGEST_REASON = 500


def add(actor_id: int, given: Mapping[str, Any]) -> int:
    """Enter a unit and return its id.

    Fields: `name`, `credit_code`, `nature`, `recommender` (a unit's name), `barred_until`. A unit outside
    that the office knows already becomes one that applies. Raises NotAllowed, ContentError.
    """
    with write_tx() as session:
        clerk(session, actor_id)
        fields = Fields(given)
        name = read_name(session, fields)
        values = read_unit(session, fields, None)
        fields.check()
        unit = enter_unit(session, name)
        if unit.id == values["recommender_id"]:
            fields.refuse("recommender", "A unit does not recommend itself")
            fields.check()
        session.add(Applicant(unit_id=unit.id, **values))
        note(session, actor_id, "applicant_added", name, shown(values))
        return unit.id


def enter_unit(session: Session, name: str) -> Unit:
    """Return the unit outside of that name, a new one at the list's end if there is none."""
    unit = session.scalars(select(Unit).where(Unit.name == name)).first()
    if unit is None:
        last = session.scalar(select(func.max(Unit.position)))
        unit = Unit(name=name, internal=False, agency_id=None, position=0 if last is None else last + 1)
        session.add(unit)
        session.flush()
    return unit


def change(actor_id: int, unit_id: int, given: Mapping[str, Any]) -> None:
    """Change what is known of a unit, its name apart. Raises NotAllowed, NotFound, ContentError."""
    with write_tx() as session:
        clerk(session, actor_id)
        unit, row = find(session, unit_id)
        fields = Fields(given)
        values = read_unit(session, fields, unit_id)
        fields.check()
        before = {name: getattr(row, name) for name in values}
        changed = {name: value for name, value in values.items() if before[name] != value}
        for name, value in changed.items():
            setattr(row, name, value)
        if changed:
            details = {name: [shown(before)[name], shown(values)[name]] for name in changed}
            note(session, actor_id, "applicant_changed", unit.name, details)


def rename(actor_id: int, unit_id: int, given: Mapping[str, Any]) -> None:
    """Give a unit another `name` from the day after `until`, with a `reason`; the former one is kept.

    Raises NotAllowed, NotFound, ContentError.
    """
    with write_tx() as session:
        person = clerk(session, actor_id)
        unit, _ = find(session, unit_id)
        fields = Fields(given)
        name = fields.line("name", 60)
        other = session.scalars(select(Unit.id).where(Unit.name == name)).first()
        if other == unit_id:
            fields.refuse("name", "This is its name already")
        elif other is not None:
            fields.refuse("name", "There is a unit %(name)s already", name=name)
        until = fields.day("until")
        if until and until > today():
            fields.refuse("until", "This day has not come yet")
        reason = fields.line("reason", LONGEST_REASON)
        fields.check()
        former = unit.name
        row = UnitName(unit_id=unit_id, name=former, until=until, reason=reason, by_id=actor_id, at=stamp())
        session.add(row)
        unit.name = name
        holders.rename(session, row, name, person)
        details = {"to": name, "until": str(until), "reason": reason}
        note(session, actor_id, "applicant_renamed", former, details)


def end(actor_id: int, unit_id: int, given: Mapping[str, Any]) -> None:
    """Note that a unit was merged, split or dissolved on `ended_on`, with a `reason`; its titles end too.

    Raises NotAllowed, NotFound, NotReady when it has ended already, ContentError.
    """
    with write_tx() as session:
        person = clerk(session, actor_id)
        unit, row = find(session, unit_id)
        if row.ended_on is not None:
            raise NotReady([Reason("The end of %(name)s is noted already", {"name": unit.name})])
        fields = Fields(given)
        day = fields.day("ended_on")
        if day and day > today():
            fields.refuse("ended_on", "This day has not come yet")
        reason = fields.line("reason", LONGEST_REASON)
        fields.check()
        row.ended_on = day
        holders.end(session, unit_id, day or today(), reason, person)
        note(session, actor_id, "applicant_ended", unit.name, {"on": str(day), "reason": reason})


def take_back_end(actor_id: int, unit_id: int) -> None:
    """Take back that a unit has ended, which was a mistake. Raises NotAllowed, NotFound, NotReady."""
    with write_tx() as session:
        person = clerk(session, actor_id)
        unit, row = find(session, unit_id)
        if row.ended_on is None:
            raise NotReady([Reason("%(name)s has not ended", {"name": unit.name})])
        note(session, actor_id, "applicant_end_taken_back", unit.name, {"on": str(row.ended_on)})
        holders.go_on(session, unit_id, row.ended_on, person)
        row.ended_on = None


def find(session: Session, unit_id: int) -> tuple[Unit, Applicant]:
    """Return a unit that applies; raises NotFound."""
    row = session.get(Applicant, unit_id)
    if row is None:
        raise NotFound
    return session.get_one(Unit, unit_id), row


def shown(values: Mapping[str, Any]) -> dict[str, str]:
    """Return an applicant's columns as the log keeps them."""
    return {name: "" if value is None else str(value) for name, value in values.items()}
