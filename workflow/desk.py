"""Keep what is no step of a document: that somebody opened it, what somebody is typing."""

import json
from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from . import looking, notices, tasks
from .clock import stamp
from .describe import find
from .directory import Person
from .errors import NotReady, Reason
from .installation import read_tx, write_tx
from .models import Answer, DraftCopy, Notice

MOST_TYPED = 500_000  # characters of one unsaved copy


def opened(person: Person, public_id: str, *, every_kind: bool = False) -> None:
    """Record that a person looked at a document: what was told is read, a held one opened, the text seen.

    The document's version stays as it is. Raises NotFound.
    """
    with read_tx() as session:
        document = find(session, person, public_id, every_kind=every_kind)
        document_id = document["id"]
        news = (
            tasks.unopened(session, document_id, person.id)
            or _untold(session, document_id, person.id)
            or looking.is_to_be_noted(session, person.id, document)
        )
    if news:
        with write_tx() as session:
            tasks.mark_opened(session, document_id, person.id)
            notices.mark_read(session, person.id, document_id)
            looking.note(session, person.id, document)


def _untold(session: Session, document_id: int, user_id: int) -> bool:
    return (
        session.execute(
            select(Notice.id).where(
                Notice.document_id == document_id, Notice.user_id == user_id, Notice.read_at.is_(None)
            )
        ).first()
        is not None
    )


def keep_typed(
    person: Person, document: str, typed: Mapping[str, object], key: str = "", *, every_kind: bool = False
) -> str:
    """Keep what a person is typing into a document's editor ('' for a new document); return when.

    It is no revision and may be incomplete. `key` is the form's: what was still on its way when that form
    was saved is not kept. Raises NotFound, NotReady when it is too long.
    """
    text = json.dumps(typed)
    if len(text) > MOST_TYPED:
        raise NotReady([Reason("This is too long to be kept")])
    with write_tx() as session:
        if document:
            find(session, person, document, every_kind=every_kind)
        at = stamp()
        if session.get(Answer, (person.id, key)) is None:
            session.merge(DraftCopy(user_id=person.id, document=document, typed=text, at=at))
        return at


def typed(session: Session, person: Person, document: str) -> tuple[Mapping[str, object], str] | None:
    """Return what a person typed into an editor and did not save, and when."""
    copy = session.get(DraftCopy, (person.id, document))
    return (json.loads(copy.typed), copy.at) if copy else None


def forget_typed(person: Person, document: str) -> None:
    """Drop the unsaved copy once its text is saved."""
    with write_tx() as session:
        session.execute(
            delete(DraftCopy).where(DraftCopy.user_id == person.id, DraftCopy.document == document)
        )
