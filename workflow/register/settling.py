"""Settle what becomes of a number that no document has: explain a missing one, void one for good."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from states.reasons import Reason

from ..answers import Once
from ..directory import Person
from ..models import RegisterEntry, table
from ..office.log import note
from .holes import OPEN
from .registrar import STATES, entry_of_id, read_reason, refuse, was, write

_register = table(RegisterEntry)


def explain(actor_id: int, entry_id: int, reason: str, *, once: Once | None = None) -> int:
    """Give a missing number its reason, or a better one; the log keeps those before.

    Raises NotAllowed, NotFound, NotReady.
    """

    def act(session: Session, person: Person) -> int:
        entry = entry_of_id(session, entry_id)
        wrong = _unless(entry, "missing")
        text = read_reason(reason, wrong)
        if text == OPEN or (text and text == entry.reason):
            wrong.append(Reason("Say what was found out about the number"))
        refuse(wrong)
        _change(session, entry_id, reason=text)
        note(
            session,
            person.id,
            "missing_number_explained",
            entry.number,
            {"before": entry.reason, "reason": text},
        )
        return entry_id

    return write(actor_id, once, {"verb": "explain", "entry": entry_id, "reason": reason}, act)


def void(actor_id: int, entry_id: int, reason: str, *, once: Once | None = None) -> int:
    """Void a reserved or missing number; it is never given again. Raises NotAllowed, NotFound, NotReady."""

    def act(session: Session, person: Person) -> int:
        entry = entry_of_id(session, entry_id)
        wrong = _unless(entry, "reserved", "missing")
        text = read_reason(reason, wrong)
        refuse(wrong)
        _change(
            session,
            entry_id,
            state="void",
            reason=text,
            by_id=person.id,
            reserved_for="",
            reserved_until=None,
        )
        note(session, person.id, "number_voided", entry.number, {**was(entry), "reason": text})
        return entry_id

    return write(actor_id, once, {"verb": "void", "entry": entry_id, "reason": reason}, act)


def _unless(entry: Any, *states: str) -> list[Reason]:
    if entry.state in states:
        return []
    return [
        Reason("The number %(number)s is %(state)s", {"number": entry.number, "state": STATES[entry.state]})
    ]


def _change(session: Session, entry_id: int, **values: Any) -> None:
    session.connection().execute(update(_register).where(_register.c.id == entry_id).values(**values))
