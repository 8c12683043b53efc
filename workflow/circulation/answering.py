"""Read what was passed to one, and answer it: an answer is an opinion on record, wherever the document is."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from states.errors import NotAllowed, NotReady
from states.reasons import Reason

from .. import answers, moves, notices
from ..answers import Once
from ..clock import stamp
from ..entered import clean_entry
from ..errors import NotFound
from ..installation import write_tx
from ..models import Circulation
from ..work import load_person, open_work

ANSWER = "answer_circulation"
NO_OPINION = "无意见。"
LONGEST = 500  # characters: one line, not a report


def mark_read(actor_id: int, public_id: str, circulation_id: int) -> None:
    """Note that one has read a document that was passed to one (已阅); once is enough.

    Nothing of the document changes. Raises NotFound, NotAllowed.
    """
    with write_tx() as session:
        work = open_work(session, load_person(session, actor_id), public_id, None, stamp())
        found = _of(session, circulation_id, work.id, actor_id)
        if found.read_at is None:
            found.read_at = work.at
            session.flush()


def answer(
    actor_id: int, public_id: str, circulation_id: int, words: str, *, once: Once | None = None
) -> Mapping[str, Any]:
    """Answer a document that was passed to one; raises NotFound, NotAllowed, NotReady.

    The document stays as it is, its version too: whoever is deciding on it need not begin again.
    Returns what a repeated request is answered.
    """
    words = clean_entry(words, limit=LONGEST)
    with write_tx() as session:
        request = {"verb": ANSWER, "document": public_id, "circulation": circulation_id, "answer": words}
        first = answers.claim(session, actor_id, once, request) if once is not None else None
        if first is not None:
            return first
        work = open_work(session, load_person(session, actor_id), public_id, None, stamp())
        found = _of(session, circulation_id, work.id, actor_id)
        wrong = [Reason("An answer is a line at least")] if not words else []
        if found.answered_at is not None:
            wrong.append(Reason("You have answered this already"))
        if wrong:
            raise NotReady(wrong)
        work.details = {"circulation": circulation_id}
        moves.stay(work, work.case(), ANSWER, words)
        work.save_record()
        found.read_at = found.read_at or work.at
        found.answer, found.answered_at, found.answer_seq = words, work.at, work.document["movements"]
        session.flush()
        notices.tell(
            session,
            found.by_id,
            work.id,
            work.at,
            "%(name)s answered what you had passed on: %(answer)s",
            {"name": work.person.name, "answer": words},
        )
        return answers.keep(session, actor_id, once, public_id) if once is not None else {"id": public_id}


def _of(session: Session, circulation_id: int, document_id: int, reader_id: int) -> Circulation:
    """Return what was passed to a reader and stands; raises NotFound, NotAllowed."""
    found = session.get(Circulation, circulation_id)
    if found is None or found.document_id != document_id or found.withdrawn_at is not None:
        raise NotFound
    if found.reader_id != reader_id:
        raise NotAllowed([Reason("Only the one to whom a document was passed answers for it")])
    return found
