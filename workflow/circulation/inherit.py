"""Let somebody's successor read what was passed to them (工作交接)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Circulation
from ..work import Work
from .readers import is_open


def waits_for(session: Session, document_id: int, reader_id: int) -> bool:
    """Say whether a document was passed to somebody who is not done with it."""
    return _open(session, document_id, reader_id) is not None


def all_that_waits_for(session: Session, reader_id: int) -> set[int]:
    """Return the documents that were passed to somebody who is not done with them."""
    theirs = select(Circulation.document_id).where(Circulation.reader_id == reader_id, is_open())
    return set(session.scalars(theirs))


def pass_to(work: Work, leaver_id: int, successor_id: int) -> None:
    """Take what waits for the leaver back, and pass it to the successor under the same words.

    A successor who has it already is asked once; one who sent it is not asked at all.
    """
    session, left = work.session, _open(work.session, work.id, leaver_id)
    if left is None:
        return
    left.withdrawn_at = work.at
    session.flush()
    has_it = _open(session, work.id, successor_id)
    if has_it is not None:
        has_it.wants_answer = has_it.wants_answer or left.wants_answer
    elif successor_id != left.by_id:
        same = {"document_id": work.id, "kind": left.kind, "by_id": left.by_id, "note": left.note}
        session.add(Circulation(**same, reader_id=successor_id, at=work.at, wants_answer=left.wants_answer))
    session.flush()


def _open(session: Session, document_id: int, reader_id: int) -> Circulation | None:
    of_this = Circulation.document_id == document_id, Circulation.reader_id == reader_id
    return session.scalars(select(Circulation).where(*of_this, is_open())).first()
