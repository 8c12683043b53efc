"""Compare what is kept of the points of returns with the movements."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Document, ReturnPoint, User
from ..movements import UNDO
from .given import ANSWER_POINTS, LET_BE
from .keeping import LET_BE_DETAIL

_SAID = ("place", "kind", "text", "quoted")

Records = Mapping[int, Sequence[Mapping[str, Any]]]
Kept = dict[tuple[int, int], list[Any]]  # by document and number: seq, what was said, answer, note, by whom


def findings(session: Session, records: Records) -> Iterator[str]:
    """Yield where points of a return or the answers to them are not what the movements say."""
    said, kept = _said(records), _kept(session)
    wrong = {key for key in said.keys() | kept.keys() if said.get(key) != kept.get(key)}
    open_ = select(Document.id, Document.public_id, Document.open_points)
    for document, name, count in session.execute(open_.where(Document.open_points.is_not(None))):
        if count != sum(1 for (of, _), one in said.items() if of == document and one[-3] is None):
            yield f"document {name}: it does not have {count} open points by its movements"
    if wrong:
        names = {row.id: row.public_id for row in session.execute(select(Document.id, Document.public_id))}
        for document, n in sorted(wrong):
            yield f"document {names[document]}: what is kept of point {n} is not what its movements say"


def _kept(session: Session) -> Kept:
    rows = session.execute(
        select(ReturnPoint, User.username).outerjoin(User, User.id == ReturnPoint.answered_by)
    )
    return {
        (one.document_id, one.n): [
            one.seq,
            *(getattr(one, name) for name in _SAID),
            one.answer,
            one.note,
            account,
        ]
        for one, account in rows
    }


def _said(records: Records) -> Kept:
    said: Kept = {}
    for document, found in records.items():
        gone = {record["details"]["undone"] for record in found if record["action"] == UNDO}
        for record in found:
            if record["seq"] in gone:
                continue
            details = record["details"]
            for one in details.get("points", ()):
                said[document, one["n"]] = [record["seq"], *(one[name] for name in _SAID), None, "", None]
            for one in details["answers"] if record["action"] == ANSWER_POINTS else ():
                said.setdefault((document, one["n"]), [None] * 8)[-3:] = [
                    one["answer"],
                    one["note"],
                    record["actor"],
                ]
            for n in details.get(LET_BE_DETAIL, ()):
                said.setdefault((document, n), [None] * 8)[-3:] = [LET_BE, "", _whose(record)]
    return said


def _whose(record: Mapping[str, Any]) -> str:
    """Return the user name of the one whose step it was, whoever entered it."""
    entered = record["details"].get("entered")
    return str(entered["for"] if entered else record["actor"])
