"""Show one list of what falls due, on a page and as a workbook: what has waited longest on top."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import clock
from ..campaigns.clerk import refuse_others
from ..directory import Person
from ..errors import NotFound
from ..models import (
    Amendment,
    Campaign,
    Consultation,
    Document,
    Objection,
    PublicNotice,
    Title,
    TitleEvent,
    Unit,
    table,
)
from ..spreadsheets import Table, write_workbook
from ..titles import events
from .counting import CONDITIONS, bounds

MOST = 500  # lines of a page; the workbook has all
NAMES = {
    "amendments": "补正逾期",
    "replies": "复函逾期",
    "objections": "异议待答复",
    "put_right": "待整改称号",
    "expiring": "即将届满称号",
    "closing": "即将截止批次",
}
HEADINGS = ("名称", "所属", "事项", "到期日")
WIDTHS = (40, 36, 60, 14)

_amendments, _documents, _units = table(Amendment), table(Document), table(Unit)
_consultations, _campaigns = table(Consultation), table(Campaign)
_objections, _notices = table(Objection), table(PublicNotice)
_titles, _events = table(Title), table(TitleEvent)


@dataclass(frozen=True)
class Line:
    """Something that falls due: what, to what it belongs, and until when; `target` is what to open."""

    subject: str
    belongs: str
    about: str
    due_on: date | None
    target: str  # a public id, or the id of a title

    @property
    def overdue(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today()


# Each statement has the columns of a line; the day is a date or an instant.
_LISTS: Mapping[str, Any] = {
    "amendments": select(
        _units.c.name.label("subject"),
        _documents.c.title.label("belongs"),
        _amendments.c.wanted.label("about"),
        _amendments.c.due_at.label("due"),
        _documents.c.public_id.label("target"),
    ).where(_units.c.id == _documents.c.unit_id),
    "replies": select(
        _consultations.c.body.label("subject"),
        _campaigns.c.title.label("belongs"),
        _documents.c.number.label("about"),
        _consultations.c.due_on.label("due"),
        _campaigns.c.public_id.label("target"),
    ).select_from(_consultations.outerjoin(_documents, _documents.c.id == _consultations.c.letter_id)),
    "objections": select(
        _units.c.name.label("subject"),
        _notices.c.title.label("belongs"),
        _objections.c.text.label("about"),
        _notices.c.last_day.label("due"),
        _campaigns.c.public_id.label("target"),
    ).where(
        _notices.c.id == _objections.c.public_notice_id,
        _campaigns.c.id == _notices.c.campaign_id,
        _documents.c.id == _objections.c.document_id,
        _units.c.id == _documents.c.unit_id,
    ),
    "put_right": select(
        _titles.c.holder.label("subject"),
        _events.c.kind.label("belongs"),
        _events.c.reason.label("about"),
        _events.c.due_on.label("due"),
        _titles.c.id.label("target"),
    ),
    "expiring": select(
        _titles.c.holder.label("subject"),
        _titles.c.term.label("belongs"),
        _titles.c.number.label("about"),
        _titles.c.until.label("due"),
        _titles.c.id.label("target"),
    ),
    "closing": select(
        _campaigns.c.title.label("subject"),
        _campaigns.c.term.label("belongs"),
        _campaigns.c.year.label("about"),
        _campaigns.c.closes_at.label("due"),
        _campaigns.c.public_id.label("target"),
    ),
}


def listed(session: Session, person: Person, name: str, most: int | None = MOST) -> list[Line]:
    """Return a list, or as much of it as a page shows; raises NotAllowed, NotFound."""
    refuse_others(person)
    if name not in _LISTS:
        raise NotFound
    statement = _LISTS[name].where(CONDITIONS[name]).order_by("due", "subject", "target").limit(most)
    return [_line(name, row) for row in session.execute(statement, bounds())]


def export(session: Session, person: Person, name: str) -> bytes:
    """Return a whole list as a workbook; raises NotAllowed, NotFound."""
    rows: Sequence[Line] = listed(session, person, name, None)
    cells = [(one.subject, one.belongs, one.about, one.due_on) for one in rows]
    return write_workbook([Table(NAMES[name], HEADINGS, cells, WIDTHS)], landscape=True)


def _line(name: str, row: Any) -> Line:
    belongs = str(events.KINDS[row.belongs]) if name == "put_right" else row.belongs
    due = clock.read(row.due).date() if isinstance(row.due, str) else row.due
    return Line(row.subject, belongs, str(row.about or ""), due, str(row.target))
