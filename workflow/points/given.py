"""Read the points that were given when a document was sent back, and what was answered to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from states.points import KINDS, OTHER
from states.reasons import Label, Reason

from ..models import Movement, ReturnPoint, User

ANSWER_POINTS = "answer_points"  # the movement by which points are answered
CHANGED, EXPLAINED, LET_BE = "changed", "explained", "let_be"


@dataclass(frozen=True)
class Point:
    """One point of a return: what somebody wants at a place, and what whoever got it says to that.

    `revision` is the text on which it was given, `seq` the movement that sent it back.
    """

    n: int
    seq: int
    round: int
    revision: int
    place: str
    kind: str
    text: str
    quoted: str
    by_id: int
    by_account: str
    by: str
    at: str
    answer: str | None
    note: str
    answered_by_account: str | None
    answered_by: str | None
    answered_at: str | None
    answer_seq: int | None

    @property
    def kind_label(self) -> Label:
        """Say what kind of point it is; a kind that is no more is of no kind."""
        return KINDS.get(self.kind, KINDS[OTHER])


def points_of(session: Session, document_id: int) -> list[Point]:
    """Return every point of a document, in the order in which they were given."""
    giver, answerer = aliased(User), aliased(User)
    rows = session.execute(
        select(ReturnPoint, giver.username, giver.name, answerer.username, answerer.name)
        .join(giver, giver.id == ReturnPoint.by_id)
        .outerjoin(answerer, answerer.id == ReturnPoint.answered_by)
        .where(ReturnPoint.document_id == document_id)
        .order_by(ReturnPoint.n)
    )
    return [
        Point(
            one.n,
            one.seq,
            one.round,
            one.revision,
            one.place,
            one.kind,
            one.text,
            one.quoted,
            one.by_id,
            account,
            name,
            one.at,
            one.answer,
            one.note,
            answerer_account,
            answerer_name,
            one.answered_at,
            one.answer_seq,
        )
        for one, account, name, answerer_account, answerer_name in rows
    ]


def unanswered(session: Session, document: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Return a reason for each point that nobody has answered; asks nothing where there is none."""
    if not document["open_points"]:
        return ()
    return tuple(
        Reason(
            "Point %(n)s of the return is not answered yet: %(kind)s: %(text)s",
            {"n": str(one.n), "kind": one.kind_label, "text": one.text},
        )
        for one in points_of(session, document["id"])
        if one.answer is None
    )


def last_move(session: Session, document_id: int) -> int:
    """Return by which movement a document came to the stage at which it is."""
    moved = Movement.document_id == document_id, Movement.source != Movement.dest
    return session.scalars(select(func.max(Movement.seq)).where(*moved)).one() or 0


def to_answer(session: Session, document: Mapping[str, Any], points: Sequence[Point]) -> list[Point]:
    """Return what whoever has the document has to tick off: open points, and those answered since it came."""
    if not points:
        return []
    came = last_move(session, document["id"])
    return [one for one in points if one.answer_seq is None or one.answer_seq > came]
