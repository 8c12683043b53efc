"""Pass a document to colleagues for reading, and take that back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NotAllowed, NotReady
from states.reasons import Reason

from .. import answers
from ..answers import Once
from ..clock import stamp
from ..directory import OFFICE_CLERK, OfficeDirectory, Person, find_by_usernames
from ..entered import clean_entry
from ..errors import NotFound
from ..installation import write_tx
from ..models import Circulation, Task
from ..visibility import ISSUED, LEADERS, OFFICE
from ..work import Work, load_person, open_work
from .readers import open_readers

CIRCULATE, COPY_TO = "circulate", "copy_to"
LONGEST_NOTE = 500

_FOR_WHOM = Reason("Its drafter, whoever has it, the office and the leaders pass a document on")


@dataclass(frozen=True)
class Passed:
    """To whom a document was passed, by name: nobody by a repeated request; and what that is answered."""

    names: Sequence[str]
    answer: Mapping[str, Any]


def send(
    actor_id: int,
    public_id: str,
    readers: Sequence[str],
    note: str,
    *,
    wants_answer: bool = False,
    once: Once | None = None,
) -> Passed:
    """Pass a document to people by their user names, and say why.

    It is no step: the document and its version stay as they are.
    Raises NotFound, NotAllowed, NotReady (all reasons at once).
    """
    note = clean_entry(note, limit=LONGEST_NOTE)
    with write_tx() as session:
        chosen = {"readers": list(readers), "note": note, "wants_answer": wants_answer}
        request = {"verb": CIRCULATE, "document": public_id, **chosen}
        first = answers.claim(session, actor_id, once, request) if once is not None else None
        if first is not None:
            return Passed((), first)
        work = open_work(session, load_person(session, actor_id), public_id, None, stamp())
        if not may_send(session, work.directory, work.person, work.document):
            raise NotAllowed([_FOR_WHOM])
        people, wrong = _readers(work, readers)
        if not note:
            wrong.append(Reason("Say why it is passed on"))
        if wrong:
            raise NotReady(wrong)
        kind = COPY_TO if work.document["state"] in ISSUED else CIRCULATE
        session.add_all(
            Circulation(
                document_id=work.id,
                kind=kind,
                reader_id=reader.id,
                by_id=actor_id,
                at=work.at,
                note=note,
                wants_answer=wants_answer,
            )
            for reader in people
        )
        session.flush()
        kept = answers.keep(session, actor_id, once, public_id) if once is not None else {"id": public_id}
        return Passed([reader.name for reader in people], kept)


def _readers(work: Work, usernames: Sequence[str]) -> tuple[list[Person], list[Reason]]:
    """Return who is to read a document, and what is wrong with the choice."""
    wrong: list[Reason] = []
    if work.procedure.stages[work.document["state"]].final and work.document["state"] not in ISSUED:
        wrong.append(Reason("The document has ended: there is nothing to pass on"))
    names = dict.fromkeys(usernames)
    known = find_by_usernames(work.session, names) if names else {}
    has_it = open_readers(work.session, work.id)
    people = []
    for name in names:
        reader = known.get(name)
        if reader is None or not reader.active or not reader.in_office:
            wrong.append(Reason("There is nobody called %(name)s in the office", {"name": name}))
        elif reader.id == work.person.id:
            wrong.append(Reason("You need not pass a document to yourself"))
        elif reader.id in has_it:
            wrong.append(Reason("%(name)s already has it to read", {"name": reader.name}))
        else:
            people.append(reader)
    if not names:
        wrong.append(Reason("Nobody was chosen to read it"))
    return people, wrong


def may_send(
    session: Session, directory: OfficeDirectory, person: Person, document: Mapping[str, Any]
) -> bool:
    """Say whether a person who sees a document may pass it on.

    Before it is submitted only who works on the draft; readers do not pass on what was passed to them.
    """
    has_it = select(Task.id).where(
        Task.document_id == document["id"], Task.user_id == person.id, Task.closed_at.is_(None)
    )
    if not person.in_office:
        return False
    if person.id == document["drafter_id"] or session.execute(has_it).first() is not None:
        return True
    if document["submitted_at"] is None and document["origin"] == "here":
        return False
    return person.holds(*OFFICE, *LEADERS) or person.id in directory.heads(document["unit_id"])


def withdraw(actor_id: int, public_id: str, circulation_id: int) -> None:
    """Take back what was passed to a reader who has not answered: they see it no longer.

    Raises NotFound, NotAllowed (its sender and the office clerk take it back), NotReady.
    """
    with write_tx() as session:
        work = open_work(session, load_person(session, actor_id), public_id, None, stamp())
        found = session.get(Circulation, circulation_id)
        if found is None or found.document_id != work.id:
            raise NotFound
        if not may_withdraw(work.person, found.by_id):
            raise NotAllowed([Reason("What was passed on is taken back by its sender or the office clerk")])
        if found.answered_at is not None:
            raise NotReady([Reason("It was answered already; the answer stays on the record")])
        if found.withdrawn_at is None:
            found.withdrawn_at = work.at
            session.flush()


def may_withdraw(person: Person, sender_id: int) -> bool:
    return person.id == sender_id or person.holds(OFFICE_CLERK)
