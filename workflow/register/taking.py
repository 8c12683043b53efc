"""Number a document at its registration, or void its number: two effects of steps."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from states.errors import NotReady
from states.reasons import Reason

from .. import numbering
from ..clock import today
from ..models import RegisterEntry, table
from ..office.log import note
from ..prepared import Prepared
from ..proposals import series_of, years
from ..work import Work
from .registrar import was, why_clock_is_wrong, why_no_number
from .reserved import reserved

Inputs = Mapping[str, Any]

_register = table(RegisterEntry)
_REGISTER = Prepared(_register.insert())


def take_number(work: Work, inputs: Inputs) -> None:
    """Enter the document under the next number or a reserved one; one that has a number keeps it."""
    work.set(
        distribution=inputs["distribution"], copies=inputs["copies"], restricted=bool(inputs["restricted"])
    )
    if work.document["number"] is not None:
        return
    series = series_of(work.session, work.document)
    if reasons := why_no_number(series, years(series, work.document)[0]):
        raise NotReady(reasons)
    if inputs.get("reserved"):
        number = _take_reserved(work, series, inputs)
    else:
        number = _take_next(work, series, inputs)
    work.set(number=number)
    work.details["number"] = number


def _take_next(work: Work, series: Any, inputs: Inputs) -> str:
    year = int(inputs["year"])
    _refuse_a_wrong_year(work, series.id, year, inputs)
    serial = numbering.take(work.session, numbering.run_of(series.id, year))
    number = numbering.format_number(series.agency_code, year, serial)
    row = {
        "series_id": series.id,
        "year": year,
        "serial": serial,
        "number": number,
        "state": "used",
        "document_id": work.id,
        "reason": "",
        "by_id": work.person.id,
        "registered_on": today(),
    }
    _REGISTER.run(work.session, row)
    return number


def _take_reserved(work: Work, series: Any, inputs: Inputs) -> str:
    """Give the document a number that was set aside; for whom and why is kept in the office's log."""
    number = inputs["reserved"]
    entry = next((row for row in reserved(work.session, series.id) if row.number == number), None)
    if entry is None:
        raise _no_longer_reserved(number)
    _refuse_a_wrong_year(work, series.id, entry.year, inputs)
    used = {
        "state": "used",
        "document_id": work.id,
        "reason": "",
        "by_id": work.person.id,
        "registered_on": today(),
        "reserved_for": "",
        "reserved_until": None,
    }
    changed = work.session.connection().execute(
        update(_register).where(_register.c.id == entry.id, _register.c.state == "reserved").values(used)
    )
    if changed.rowcount != 1:
        raise _no_longer_reserved(number)
    details = {**was(entry), "document": work.document["public_id"]}
    note(work.session, work.person.id, "reserved_number_used", number, details)
    return str(number)


def _no_longer_reserved(number: str) -> NotReady:
    return NotReady([Reason("The number %(number)s is not reserved any more", {"number": number})])


def _refuse_a_wrong_year(work: Work, series_id: int, year: int, inputs: Inputs) -> None:
    if year != work.document["dated"].year and not inputs["comment"]:
        raise NotReady([Reason("A number of another year than that of sign-off needs a reason")])
    if wrong := why_clock_is_wrong(work.session, series_id):
        raise NotReady(wrong)


def void_number(work: Work, inputs: Inputs) -> None:
    """Spend the document's number for good, with the reason."""
    if work.document["number"] is not None:
        work.session.connection().execute(
            update(_register)
            .where(_register.c.document_id == work.id)
            .values(state="void", reason=inputs["comment"], by_id=work.person.id)
        )
