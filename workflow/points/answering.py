"""Answer the points of a return: it was changed, or why not (逐条答复)."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import func, select, update

from states.errors import NotAllowed, NotReady
from states.reasons import Reason

from .. import answers, moves
from ..answers import Once
from ..clock import stamp
from ..entered import clean_entry
from ..errors import NotFound
from ..installation import write_tx
from ..models import ReturnPoint, table
from ..work import Work, load_person, open_work
from .given import ANSWER_POINTS, CHANGED, EXPLAINED, last_move

LONGEST = 500  # characters of an explanation

Given = Mapping[int, tuple[str, str]]
"""By the point's number: changed or explained, and what is said to it."""

_points = table(ReturnPoint)


def answer(actor_id: int, public_id: str, given: Given, *, once: Once | None = None) -> Mapping[str, Any]:
    """Answer points of a document that one has; an answer can be mended until the document goes on.

    The document's version stays: nothing changed on which others decide. The same answers again change
    nothing. Returns what a repeated request is answered. Raises NotFound (no such point either), NotAllowed,
    NotReady (all reasons at once).
    """
    given = {n: (how, clean_entry(note, limit=LONGEST)) for n, (how, note) in given.items()}
    with write_tx() as session:
        asked = {str(n): list(one) for n, one in given.items()}
        request = {"verb": ANSWER_POINTS, "document": public_id, "answers": asked}
        first = answers.claim(session, actor_id, once, request) if once is not None else None
        if first is not None:
            return first
        work = open_work(session, load_person(session, actor_id), public_id, None, stamp())
        _keep(work, given)
        return answers.keep(session, actor_id, once, public_id) if once is not None else {"id": public_id}


def _keep(work: Work, given: Given) -> None:
    if not given:
        raise NotReady([Reason("Nothing is answered yet: tick a point, or explain it")])
    case = work.case()
    holders = work.procedure.held_for(case)
    if work.person.id not in holders:
        raise NotAllowed([Reason("Only whoever has the document answers the points of a return")])
    found = work.session.execute(
        select(_points).where(_points.c.document_id == work.id, _points.c.n.in_(given)).order_by(_points.c.n)
    ).all()
    if len(found) < len(given):
        raise NotFound
    new = [one for one in found if (one.answer, one.note) != given[one.n]]
    if wrong := [reason for one in new for reason in _wrong(work, one, *given[one.n])]:
        raise NotReady(wrong)
    if not new:
        return
    moves.acting_for(work, case, holders[work.person.id])
    for one in new:
        how, note = given[one.n]
        values = {"answer": how, "note": note, "answered_by": work.person.id, "answered_at": work.at}
        values["answer_seq"] = work.document["movements"] + 1
        work.session.connection().execute(update(_points).where(_points.c.id == one.id).values(values))
    work.details = {
        "answers": [{"n": one.n, "answer": given[one.n][0], "note": given[one.n][1]} for one in new]
    }
    moves.stay(work, case, ANSWER_POINTS, "")
    still = select(func.count()).where(_points.c.document_id == work.id, _points.c.answer.is_(None))
    work.set(open_points=work.session.execute(still).scalar_one())
    work.save_record()


def _wrong(work: Work, point: Any, how: str, note: str) -> Iterator[Reason]:
    n = {"n": str(point.n)}
    if how not in (CHANGED, EXPLAINED):
        yield Reason("Say of point %(n)s whether it was changed, or explain why not", n)
    elif how == EXPLAINED and not note:
        yield Reason("Explain in words what you say to point %(n)s", n)
    if point.answer_seq is not None and point.answer_seq <= last_move(work.session, work.id):
        yield Reason("Point %(n)s was settled before the document came here", n)
