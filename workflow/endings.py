"""Let a document end earlier ones when it is issued: 撤销, 废止, 更正重发 (条例 art. 33).

What it ends stands in its text, so it is signed with that. A document that is rescinded never ended
anything: what it had ended is in force again. One that is repealed or replaced has done what it did.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from docgen.errors import ContentError, Problem
from docgen.sheet import Content, Ending
from states.errors import NotReady
from states.reasons import Reason

from . import notices
from .clock import today
from .directory import Person
from .intake.written_numbers import read_number
from .models import ChainHead, Document, Ended, table
from .visibility import ISSUED, OFFICE, visible_to
from .work import Work, load_content

_DETAIL = "ends"
_ended = table(Ended)
_TOLD = {
    "rescind": Reason("%(number)s was rescinded by %(later)s").message,
    "repeal": Reason("%(number)s was repealed by %(later)s").message,
    "replace": Reason("%(number)s was issued anew as %(later)s").message,
}


def settle(
    session: Session, person: Person, content: Content, document: Mapping[str, Any] | None = None
) -> Content:
    """Return a content with the numbers of what it ends as the register has them.

    What stands in the document's text already is not judged again. Raises ContentError with every problem.
    """
    if not content.ends:
        return content
    known = load_content(session, document["id"], document["revision"]).ends if document else ()
    ends = tuple(replace(ending, number=_normal(ending.number)) for ending in content.ends)
    replaced = [ending.number for ending in ends if ending.act == "replace"]
    problems = [
        problem
        for place, ending in enumerate(ends)
        if ending not in known
        for problem in _unfit(session, person, ending, f"ends[{place}]", replaced)
    ]
    if problems:
        raise ContentError(problems)
    return replace(content, ends=ends)


def _normal(number: str) -> str:
    written = read_number(number)
    return written.normal if written else number


def _unfit(
    session: Session, person: Person, ending: Ending, where: str, replaced: Sequence[str]
) -> Iterator[Problem]:
    """Yield why somebody's text cannot end an earlier document."""
    number = {"number": ending.number}
    found = select(Document.id, Document.origin).where(
        Document.number == ending.number, Document.state.in_(ISSUED), visible_to(person)
    )
    earlier = session.execute(found).first()
    if earlier is None:
        yield Problem(f"{where}.number", "No issued document has the number %(number)s.", number)
        return
    if ending.act == "replace" and not person.holds(*OFFICE):
        yield Problem(f"{where}.act", "Only the office clerk or the registrar issues a document anew.")
    if ending.act == "replace" and earlier.origin != "here":
        yield Problem(f"{where}.act", "%(number)s was issued before this system.", number)
    ended = (
        select(Ended.act, Document.number)
        .join(Document, Document.id == Ended.later_id)
        .where(
            Ended.earlier_id == earlier.id,
            Ended.undone_by_id.is_(None),
            or_(Ended.act != "repeal", Ended.act == ending.act),
            Document.number.not_in(replaced),
        )
    )
    for before in session.execute(ended):
        yield Problem(f"{where}.number", _TOLD[before.act], {**number, "later": before.number})


def bring_about(work: Work, content: Content) -> None:
    """End what a document that is being issued ends; raises NotReady."""
    if not content.ends:
        return
    work.session.execute(select(ChainHead.id).with_for_update())  # one after another, as movements are
    work.details[_DETAIL] = [_end(work, ending) for ending in content.ends]
    links = _links(work.session)
    for link, undone_by in reckoned(links).items():
        if undone_by != links[link].undone_by_id:
            work.session.execute(update(_ended).where(_ended.c.id == link).values(undone_by_id=undone_by))


def _end(work: Work, ending: Ending) -> dict[str, Any]:
    """Link an earlier document to this one; return what the movement says of that."""
    wanted = select(Document.id, Document.public_id, Document.drafter_id, Document.origin)
    earlier = work.session.execute(wanted.where(Document.number == ending.number)).first()
    if earlier is None:
        raise NotReady([Reason("No issued document has the number %(number)s.", {"number": ending.number})])
    from_date = None
    if ending.act == "repeal":
        from_date = date.fromisoformat(ending.from_date) if ending.from_date else today()
    row = {
        "later_id": work.id,
        "earlier_id": earlier.id,
        "act": ending.act,
        "from_date": from_date,
        "reason": ending.reason,
        "seq": work.document["movements"] + 1,
        "by_id": work.person.id,
        "at": work.at,
    }
    work.session.execute(_ended.insert().values(row))
    if earlier.origin == "here":
        told = {"number": ending.number, "later": work.document["number"]}
        notices.tell(work.session, earlier.drafter_id, earlier.id, work.at, _TOLD[ending.act], told)
    return _said(earlier.public_id, ending.act, from_date, ending.reason)


def _said(document: str, act: str, from_date: date | None, reason: str) -> dict[str, Any]:
    day = from_date.isoformat() if from_date else None
    return {"document": document, "act": act, "from_date": day, "reason": reason}


def _links(session: Session) -> dict[int, Any]:
    return {row.id: row for row in session.execute(select(_ended).order_by(_ended.c.id))}


def reckoned(links: Mapping[int, Any]) -> dict[int, int | None]:
    """Return by which document each link is undone, if by any: its later document is rescinded by that.

    A link to a document is younger than those from it, so the youngest are judged first.
    """
    found: dict[int, int | None] = {}
    rescinded: dict[int, int] = {}
    for id_, link in sorted(links.items(), reverse=True):
        found[id_] = rescinded.get(link.later_id)
        if link.act == "rescind" and found[id_] is None:
            rescinded[link.earlier_id] = link.later_id
    return found


def findings(session: Session, records: Mapping[int, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """Yield where documents were ended otherwise than the movements say that issued the later ones."""
    names = {row.id: row.public_id for row in session.execute(select(Document.id, Document.public_id))}
    links = _links(session)
    kept = {
        (link.later_id, link.seq, names[link.earlier_id]): _said(
            names[link.earlier_id], link.act, link.from_date, link.reason
        )
        for link in links.values()
    }
    for document, found in records.items():
        for record in found:
            for said in record["details"].get(_DETAIL, ()):
                if kept.pop((document, record["seq"], said["document"]), None) != said:
                    known = f"document {said['document']}: what is kept of how it was ended"
                    yield f"{known} by document {names.get(document)} is not what its movement says"
    for document, _, earlier in kept:
        yield f"document {earlier}: no movement of document {names[document]} ends it"
    for id_, undone_by in reckoned(links).items():
        if undone_by != links[id_].undone_by_id:
            yield f"document {names[links[id_].earlier_id]}: whether it is ended still is not what follows"
