"""Say what falls due, and count it for the desk: one statement, prepared once."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, func, or_, select, text
from sqlalchemy.orm import Session

from .. import clock
from ..campaigns.clerk import may_run
from ..directory import Person
from ..models import (
    Amendment,
    Campaign,
    Consultation,
    Document,
    Objection,
    Title,
    TitleEvent,
    table,
)
from ..prepared import Prepared

EXPIRING_DAYS, CLOSING_DAYS = 180, 7
AMENDED_AT = "amendment"  # the stage

_amendments, _documents = table(Amendment), table(Document)
_consultations, _campaigns, _objections = table(Consultation), table(Campaign), table(Objection)
_titles, _events = table(Title), table(TitleEvent)

_undoing = _events.alias()

_NOW: BindParameter[str] = bindparam("now")
_TODAY: BindParameter[date] = bindparam("today", type_=_titles.c.until.type)
_SOON: BindParameter[date] = bindparam("soon", type_=_titles.c.until.type)
_CLOSING: BindParameter[str] = bindparam("closing")

_LIVING = or_(_titles.c.state == "valid", _titles.c.state == "suspended")  # no list: it is prepared

CONDITIONS: Mapping[str, ColumnElement[bool]] = {
    "amendments": and_(
        _amendments.c.answered_at.is_(None),
        _amendments.c.due_at < _NOW,
        _documents.c.id == _amendments.c.document_id,
        _documents.c.state == AMENDED_AT,
    ),
    "replies": and_(
        _consultations.c.replied_on.is_(None),
        _consultations.c.given_up == "",
        _consultations.c.due_on < _TODAY,
        _campaigns.c.id == _consultations.c.campaign_id,
        _campaigns.c.concluded_at.is_(None),
    ),
    "objections": _objections.c.answered_at.is_(None),
    "put_right": and_(
        text("title_events.done_on IS NULL AND title_events.kind IN ('remind', 'warn', 'suspend')"),
        ~exists(
            select(_undoing.c.id).where(
                _undoing.c.undoes_id == _events.c.id, _undoing.c.title_id == _events.c.title_id
            )
        ),
        _titles.c.id == _events.c.title_id,
        _LIVING,
    ),
    "expiring": and_(_LIVING, _titles.c.until >= _TODAY, _titles.c.until <= _SOON),
    "closing": and_(
        _campaigns.c.announced_at.is_not(None),
        _campaigns.c.concluded_at.is_(None),
        _campaigns.c.opens_at <= _NOW,
        _campaigns.c.closes_at > _NOW,
        _campaigns.c.closes_at <= _CLOSING,
    ),
}
"""What falls due, by list: what waits longest on top."""

_COUNTS = Prepared(
    select(
        *(
            select(func.count()).where(condition).scalar_subquery().label(name)
            for name, condition in CONDITIONS.items()
        )
    )
)


def bounds() -> dict[str, Any]:
    """Return what the conditions are held against at this moment."""
    today: date = clock.today()
    return {
        "now": clock.stamp(),
        "today": today,
        "soon": today + timedelta(days=EXPIRING_DAYS),
        "closing": clock.stamp(clock.now() + timedelta(days=CLOSING_DAYS)),
    }


def counts(session: Session, person: Person) -> dict[str, int]:
    """Return how much each list has, without those that are empty; nothing for whom it does not concern."""
    if not may_run(person):
        return {}
    found = _COUNTS.first(session, bounds())
    return {name: number for name, number in found._asdict().items() if number}
