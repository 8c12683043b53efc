"""Ask a document's drafter something before one decides, and answer it (询问); the text stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.reasons import Reason

from . import notices
from .describe import Passage, movements
from .directory import Person
from .models import Document
from .work import Work

ASK, ANSWER = "ask_drafter", "answer"
ASKED = Reason("%(name)s asks you about this document: %(question)s").message
ANSWERED = Reason("%(name)s answered the question: %(answer)s").message


@dataclass(frozen=True)
class Round:
    """A question and its answer; one that went unanswered stays so once the document went on."""

    question: Passage
    answer: Passage | None = None


@dataclass(frozen=True)
class Asked:
    """A question that waits for a drafter."""

    public_id: str
    title: str
    question: Passage


def ask_drafter(work: Work, inputs: Mapping[str, Any]) -> None:
    """Put the question to the drafter."""
    work.set(question_by_id=work.person.id)
    known = {"name": work.person.name, "question": inputs["comment"]}
    notices.tell(work.session, work.document["drafter_id"], work.id, work.at, ASKED, known)


def answer_question(work: Work, inputs: Mapping[str, Any]) -> None:
    """Give the drafter's answer to whoever asked and to those who have the document."""
    people = (work.document["question_by_id"], *work.procedure.held_for(work.case()))
    _close(work)
    known = {"name": work.person.name, "answer": inputs["comment"]}
    for person in dict.fromkeys(people):
        if person != work.person.id:
            notices.tell(work.session, person, work.id, work.at, ANSWERED, known)


def lapse(work: Work) -> None:
    """Let an open question go, now that the document leaves its stage without the answer."""
    if work.document["question_by_id"] is not None:
        _close(work)


def _close(work: Work) -> None:
    work.set(question_by_id=None)
    notices.withdraw(work.session, work.id, ASKED)


def rounds(passages: Sequence[Passage]) -> list[Round]:
    """Return what was asked of the drafter and answered, first to last."""
    found: list[Round] = []
    for one in passages:
        if one.action == ASK:
            found.append(Round(one))
        elif one.action == ANSWER and found:
            found[-1] = Round(found[-1].question, one)
    return found


def asked_of(session: Session, person: Person) -> list[Asked]:
    """Return the open questions about a person's documents, the oldest document first."""
    rows = session.execute(
        select(Document.id, Document.public_id, Document.title)
        .where(Document.drafter_id == person.id, Document.question_by_id.is_not(None))
        .order_by(Document.id)
    ).all()
    return [Asked(row.public_id, row.title, rounds(movements(session, row.id))[-1].question) for row in rows]
