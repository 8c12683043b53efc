"""Count what each list of the desk has: every page says it, so it is one statement, prepared once."""

from typing import Any

from sqlalchemy import BindParameter, ScalarSelect, and_, bindparam, func, select
from sqlalchemy.orm import Session

from .circulation.readers import is_open
from .contents import APPLICATION
from .directory import Person
from .models import Circulation, Document, Notice, Task
from .prepared import Prepared

_THEIRS: BindParameter[int] = bindparam("person")


def _number(*conditions: Any) -> ScalarSelect[int]:
    return select(func.count()).where(*conditions).scalar_subquery()


_to_be_issued = Document.kind != APPLICATION  # applications have lists of their own
_drafted = and_(Document.drafter_id == _THEIRS, _to_be_issued)
_submitted = Document.submitted_at.is_not(None)
_COUNTS = Prepared(
    select(
        _number(
            *(Task.user_id == _THEIRS, Task.closed_at.is_(None), Task.document_id == Document.id),
            *(_submitted, Document.deferred_until.is_(None), _to_be_issued),
        ).label("tasks"),
        _number(
            *(Notice.user_id == _THEIRS, Notice.read_at.is_(None)),
            *(Notice.document_id == Document.id, _to_be_issued),
        ).label("told"),
        _number(Circulation.reader_id == _THEIRS, is_open()).label("passed"),
        _number(_drafted, ~_submitted, Document.state == "draft").label("drafts"),
        _number(_drafted, _submitted, Document.origin == "here").label("begun"),
    )
)


def counts(session: Session, person: Person) -> dict[str, int]:
    """Return how many items each list has, as `lists` would show them; nobody outside is passed any."""
    found = _COUNTS.first(session, {"person": person.id})
    return {
        "tasks": found.tasks,
        "to_read": found.told + (found.passed if person.in_office else 0),
        "drafts": found.drafts,
        "begun": found.begun,
    }
