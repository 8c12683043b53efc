"""Let the registrar write in the register: who it is, what may be written, and each request once."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.errors import TextError
from docgen.text import clean_text, has_secrecy_mark
from states.errors import NotAllowed, NotReady
from states.reasons import Label, Reason

from .. import answers, numbering
from ..answers import Once
from ..clock import today
from ..directory import Person
from ..errors import NotFound
from ..installation import write_tx
from ..models import RegisterEntry, Series, table
from ..work import load_person

POST = "registrar"
LONGEST_REASON = 500  # characters

STATES = {
    "used": Label(zh="已用", en="used"),
    "void": Label(zh="作废", en="void"),
    "reserved": Label(zh="预留", en="reserved"),
    "outside": Label(zh="系统外用号", en="used outside the system"),
    "missing": Label(zh="缺号", en="missing"),
}
REASON = Label(zh="原因", en="Reason")

_series = table(Series)
_register = table(RegisterEntry)


def write(
    actor_id: int, once: Once | None, request: Mapping[str, Any], act: Callable[[Session, Person], int]
) -> int:
    """Let the registrar act in one transaction, and once a key; return the id that the act gives.

    Raises NotAllowed for everybody else.
    """
    with write_tx() as session:
        if once is not None and (first := answers.claim(session, actor_id, once, request)) is not None:
            return int(first["id"])
        person = load_person(session, actor_id)
        if not person.holds(POST):
            raise NotAllowed([Reason("Only the registrar writes in the register")])
        found = act(session, person)
        if once is not None:
            answers.keep(session, actor_id, once, str(found))
        return found


def series_of_id(session: Session, series_id: int, *, lock: bool = False) -> Any:
    """Return a series; raises NotFound."""
    statement = select(_series).where(_series.c.id == series_id)
    row = session.connection().execute(statement.with_for_update() if lock else statement).first()
    if row is None:
        raise NotFound
    return row


def entry_of_id(session: Session, entry_id: int) -> Any:
    """Return a number's row, locked; raises NotFound."""
    statement = select(_register).where(_register.c.id == entry_id).with_for_update()
    row = session.connection().execute(statement).first()
    if row is None:
        raise NotFound
    return row


def read_line(given: str, name: Label, wrong: list[Reason], *, limit: int, required: bool = True) -> str:
    """Return a line as it is kept; why it cannot be is added to `wrong`."""
    try:
        text = clean_text(given, where="", limit=limit)
    except TextError as error:
        wrong += [Reason(problem.message, problem.params) for problem in error.problems]
        return ""
    if has_secrecy_mark(text):
        wrong.append(Reason("This system handles no state secrets; use the classified channel."))
    if required and not text:
        wrong.append(Reason("%(input)s is required", {"input": name}))
    return text


def read_reason(given: str, wrong: list[Reason]) -> str:
    return read_line(given, REASON, wrong, limit=LONGEST_REASON)


def was(entry: Any) -> dict[str, str]:
    """Return what the log keeps of a number's state before it changed."""
    known = {"before": entry.state, "reason_before": entry.reason}
    if entry.state == "reserved":
        known |= {"for": entry.reserved_for, "until": str(entry.reserved_until)}
    return known


def why_no_number(series: Any, open_years: Collection[int]) -> list[Reason]:
    """Return why a series gives a document no number, otherwise nothing."""
    code = {"code": series.agency_code}
    if series.start_at is None:
        return [Reason("The registrar has not confirmed with which number the series %(code)s starts", code)]
    return [] if open_years else [Reason("No year of the series %(code)s is open", code)]


def why_not_now(session: Session, series: Any, year: int) -> list[Reason]:
    """Return why the next number of a year cannot be taken now, otherwise nothing."""
    if series.retired:
        return [Reason("The series %(code)s is retired and gives no numbers", {"code": series.agency_code})]
    years = open_years(series)
    if reasons := why_no_number(series, years):
        return reasons
    if year not in years:
        return [Reason("The year %(year)s is not open", {"year": str(year)})]
    return why_clock_is_wrong(session, series.id)


def why_clock_is_wrong(session: Session, series_id: int) -> list[Reason]:
    """Return the reason when the clock stands before the latest registration, otherwise nothing."""
    latest: date | None = numbering.latest_registration(session, series_id)
    if latest is None or today() >= latest:
        return []
    known = {"day": latest.isoformat()}
    return [Reason("The clock stands before the latest registration of this series (%(day)s)", known)]


def open_years(series: Any) -> list[int]:
    """Return the years of which the registrar may take a number by itself, the present one first."""
    this_year = today().year
    return [year for year in (this_year, this_year - 1) if numbering.is_open(series, year)]


def refuse(wrong: list[Reason]) -> None:
    if wrong:
        raise NotReady(wrong)
