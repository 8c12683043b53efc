"""Read what somebody says of a unit that applies: every problem at once."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Applicant, Unit
from ..office.fields import Fields
from ..office.written import LONGEST
from .credit_code import clean_code, faults

LONGEST_NATURE = 20


def read_unit(session: Session, fields: Fields, unit_id: int | None) -> dict[str, Any]:
    """Return an applicant's columns; what is wrong goes to `fields`."""
    return {
        "credit_code": _credit_code(session, fields, unit_id),
        "nature": fields.line("nature", LONGEST_NATURE),
        "recommender_id": _recommender(session, fields, unit_id),
        "barred_until": optional_day(fields, "barred_until"),
    }


def read_name(session: Session, fields: Fields) -> str:
    """Return a unit's name, which no unit has that is an applicant or of the office."""
    name = fields.line("name", LONGEST)
    unit = session.scalars(select(Unit).where(Unit.name == name)).first() if name else None
    if unit is not None and (unit.internal or session.get(Applicant, unit.id) is not None):
        fields.refuse("name", "There is a unit %(name)s already", name=name)
    return name


def optional_day(fields: Fields, where: str) -> date | None:
    """Return a date, or None where the field is empty."""
    return fields.day(where) if fields.given.get(where) else None


def _credit_code(session: Session, fields: Fields, unit_id: int | None) -> str | None:
    code = clean_code(str(fields.given.get("credit_code") or ""))
    if not code:
        return None
    for reason in faults(code):
        fields.refuse(
            "credit_code", reason.message, **{name: str(one) for name, one in reason.params.items()}
        )
    holders = select(Unit.id, Unit.name).join(Applicant, Applicant.unit_id == Unit.id)
    holder = session.execute(holders.where(Applicant.credit_code == code)).first()
    if holder is not None and holder.id != unit_id:
        fields.refuse("credit_code", "This is the credit code of %(name)s", name=holder.name)
    return code


def _recommender(session: Session, fields: Fields, unit_id: int | None) -> int | None:
    given = str(fields.given.get("recommender") or "")
    if not given:
        return None
    found = session.scalars(select(Unit).where(Unit.name == given, ~Unit.internal)).first()
    if found is None:
        fields.refuse("recommender", "There is no unit outside called %(name)s", name=given[:40])
        return None
    if found.id == unit_id:
        fields.refuse("recommender", "A unit does not recommend itself")
    return found.id
