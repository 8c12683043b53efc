"""Keep the points that come with a return, and settle those that nobody answered."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, func, select, update

from ..models import ReturnPoint, table
from ..work import Work
from .given import LET_BE

LET_BE_DETAIL = "points_let_be"

_points = table(ReturnPoint)


def keep_points(work: Work, inputs: Mapping[str, Any]) -> None:
    """Keep the points given with a return, each on the text as it stands; a return without any keeps none."""
    given = inputs.get("points") or ()
    if not given:
        return
    last = select(func.max(_points.c.n)).where(_points.c.document_id == work.id)
    first = (work.session.execute(last).scalar_one() or 0) + 1
    kept = [{"n": n, **one} for n, one in enumerate(given, first)]
    here = {
        "document_id": work.id,
        "seq": work.document["movements"] + 1,
        "round": work.document["round"],
        "revision": work.document["revision"],
        "by_id": work.whose,
        "at": work.at,
    }
    work.session.connection().execute(_points.insert(), [{**here, **one} for one in kept])
    work.details["points"] = kept
    work.set(open_points=(work.document["open_points"] or 0) + len(kept))


def let_be(work: Work) -> None:
    """Settle the points that stand open when a document goes on: nobody said a word to them."""
    unanswered = _points.c.document_id == work.id, _points.c.answer.is_(None)
    numbers = work.session.execute(select(_points.c.n).where(*unanswered).order_by(_points.c.n))
    work.details[LET_BE_DETAIL] = list(numbers.scalars())
    values = {"answer": LET_BE, "answered_by": work.person.id, "answered_at": work.at}
    values["answer_seq"] = work.document["movements"] + 1
    work.session.connection().execute(update(_points).where(*unanswered).values(values))
    work.set(open_points=0)


def take_back(work: Work, seq: int) -> None:
    """Undo what the step of a movement did to points: what it gave is gone, what it let be is open."""
    of_this = _points.c.document_id == work.id
    work.session.connection().execute(delete(_points).where(of_this, _points.c.seq == seq))
    nothing = dict.fromkeys(("answer", "answered_by", "answered_at", "answer_seq"))
    settled = of_this, _points.c.answer_seq == seq, _points.c.answer == LET_BE
    work.session.connection().execute(update(_points).where(*settled).values(nothing))
