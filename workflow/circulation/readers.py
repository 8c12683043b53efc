"""Tell to whom a document was passed, who has read it and when, and what they said."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, aliased

from ..models import Circulation, Document, Look, User

Standing = Literal["unopened", "opened", "read", "answered", "withdrawn"]


@dataclass(frozen=True)
class Reader:
    """Somebody to whom a document was passed; `opened_at` is when they last looked at it."""

    id: int
    kind: str
    reader_id: int
    name: str
    by_id: int
    by: str
    at: str
    note: str
    wants_answer: bool
    opened_at: str | None
    read_at: str | None
    answer: str | None
    answered_at: str | None
    withdrawn_at: str | None
    account: str
    by_account: str

    @property
    def standing(self) -> Standing:
        """Say how far they are with it."""
        if self.withdrawn_at:
            return "withdrawn"
        if self.answered_at:
            return "answered"
        if self.read_at:
            return "read"
        return "opened" if self.opened_at else "unopened"

    @property
    def is_open(self) -> bool:
        """Say whether they have still to do something with it."""
        done = self.withdrawn_at or self.answered_at or (self.read_at and not self.wants_answer)
        return not done


def is_open() -> ColumnElement[bool]:
    """Return the condition under which something passed on still waits for its reader."""
    return and_(
        Circulation.withdrawn_at.is_(None),
        Circulation.answered_at.is_(None),
        or_(Circulation.read_at.is_(None), Circulation.wants_answer),
    )


def readers_of(session: Session, document_id: int) -> list[Reader]:
    """Return everybody to whom a document was passed, the first first."""
    by, reader = aliased(User), aliased(User)
    rows = session.execute(
        select(Circulation, reader, by, Look.at)
        .join(reader, reader.id == Circulation.reader_id)
        .join(by, by.id == Circulation.by_id)
        .outerjoin(
            Look, and_(Look.user_id == Circulation.reader_id, Look.document_id == Circulation.document_id)
        )
        .where(Circulation.document_id == document_id)
        .order_by(Circulation.id)
    )
    return [
        Reader(
            one.id,
            one.kind,
            one.reader_id,
            to.name,
            one.by_id,
            sender.name,
            one.at,
            one.note,
            one.wants_answer,
            looked if looked and looked >= one.at else None,
            one.read_at,
            one.answer,
            one.answered_at,
            one.withdrawn_at,
            to.username,
            sender.username,
        )
        for one, to, sender, looked in rows
    ]


def open_readers(session: Session, document_id: int) -> set[int]:
    """Return the people who have a document to read and are not done with it."""
    found = select(Circulation.reader_id).where(Circulation.document_id == document_id, is_open())
    return set(session.scalars(found))


def unanswered(readers: Sequence[Reader]) -> list[str]:
    """Return the names of those who were asked for an answer and have given none."""
    return list(dict.fromkeys(one.name for one in readers if one.wants_answer and one.is_open))


def findings(session: Session, records: Mapping[int, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """Yield where answers of readers are not what the movements say of them."""
    kept: dict[tuple[int, int], tuple[str, str | None]] = {}
    rows = select(Circulation.document_id, Circulation.answer_seq, User.username, Circulation.answer).join(
        User, User.id == Circulation.reader_id
    )
    for row in session.execute(rows.where(Circulation.answer_seq.is_not(None))):
        kept[(row.document_id, row.answer_seq)] = (row.username, row.answer)
    said = {
        (document, record["seq"]): (record["actor"], record["comment"])
        for document, found in records.items()
        for record in found
        if record["action"] == "answer_circulation"
    }
    if wrong := {key for key in kept.keys() | said.keys() if kept.get(key) != said.get(key)}:
        names = {row.id: row.public_id for row in session.execute(select(Document.id, Document.public_id))}
        for document, seq in sorted(wrong):
            yield f"document {names[document]}: the answer of movement {seq} is not what a reader's row says"
