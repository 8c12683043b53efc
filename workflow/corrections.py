"""Let the drafter who finds a slip after sign-off ask for its correction (申请更正).

It gives no power over the text: whoever has the document accepts or declines, and mends what they accept
as a declared change. Asking and answering are acts of their own on the record.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from states.errors import NotAllowed, NotReady
from states.procedure import Procedure
from states.reasons import Reason

from . import answers, moves, notices
from .answers import Once
from .clock import stamp
from .describe import Description
from .directory import Person
from .entered import clean_entry
from .errors import NotFound
from .installation import write_tx
from .models import Correction, Document, User, table
from .work import Work, load_person, open_work

REQUEST, ACCEPT, DECLINE = "request_correction", "accept_correction", "decline_correction"
ASKED = Reason("%(name)s asks for a correction: %(place)s: %(words)s").message
_OUTCOMES = {ACCEPT: "accepted", DECLINE: "declined"}
_LONGEST_PLACE, _LONGEST_WORDS = 100, 500  # characters
_LATE = Reason("A correction is asked for between sign-off and issuing")
_OTHERS = Reason("Only the drafter asks for a correction")

_corrections = table(Correction)


def request(actor_id: int, public_id: str, place: str, words: str, *, once: Once | None = None) -> None:
    """Ask whoever has the document to correct a place; raises NotFound, NotAllowed, NotReady."""

    def act(work: Work) -> None:
        case = work.case()
        holders = work.procedure.held_for(case)
        if reasons := why_not(work.person, work.document, holders, work.procedure):
            raise (NotAllowed if _OTHERS in reasons else NotReady)(reasons)
        asked = (
            clean_entry(place, limit=_LONGEST_PLACE, lines=False),
            clean_entry(words, limit=_LONGEST_WORDS),
        )
        _refuse_empty(work, *asked)
        row = {"document_id": work.id, "seq": work.document["movements"] + 1, "at": work.at}
        row |= {"place": asked[0], "words": asked[1], "by_id": work.person.id}
        work.session.connection().execute(_corrections.insert().values(row))
        work.details = {"place": asked[0]}
        moves.stay(work, case, REQUEST, asked[1])
        told = {"name": work.person.name, "place": asked[0], "words": asked[1]}
        for holder in holders:
            notices.tell(work.session, holder, work.id, work.at, ASKED, told)

    _do(actor_id, public_id, {"verb": REQUEST, "place": place, "words": words}, act, once)


def accept(actor_id: int, public_id: str, seq: int, *, once: Once | None = None) -> None:
    """Say that one will mend it; at a stage where the text may be changed. Raises as `request` does."""

    def act(work: Work) -> None:
        asked = _open(work, seq)
        if refusal := work.procedure.may_edit(work.case()):
            raise NotReady(refusal)
        _answer(work, asked, ACCEPT, "")
        news = Reason("%(name)s accepted the correction that you asked for: %(place)s", _named(work, asked))
        notices.tell(work.session, asked.by_id, work.id, work.at, news.message, news.params)

    _do(actor_id, public_id, {"verb": ACCEPT, "seq": seq}, act, once)


def decline(actor_id: int, public_id: str, seq: int, reason: str, *, once: Once | None = None) -> None:
    """Say why it is not mended; raises as `request` does."""

    def act(work: Work) -> None:
        asked = _open(work, seq)
        said = clean_entry(reason, limit=_LONGEST_WORDS)
        if not said:
            raise NotReady([Reason("Say why it is not corrected")])
        _answer(work, asked, DECLINE, said)
        params = {**_named(work, asked), "reason": said}
        news = Reason("%(name)s declined the correction of %(place)s: %(reason)s", params)
        notices.tell(work.session, asked.by_id, work.id, work.at, news.message, news.params)

    _do(actor_id, public_id, {"verb": DECLINE, "seq": seq, "reason": reason}, act, once)


def why_not(
    person: Person, document: Mapping[str, Any], holders: Collection[int], procedure: Procedure
) -> list[Reason]:
    """Return why somebody cannot ask for a correction now, otherwise nothing."""
    found = [] if document["drafter_id"] == person.id else [_OTHERS]
    over = document["issued_at"] is not None or procedure.stages[document["state"]].final
    if document["signed_sha256"] is None or over:
        found.append(_LATE)
    elif person.id in holders:
        found.append(Reason("You have the document yourself: make the correction"))
    return found


@dataclass(frozen=True)
class Outlook:
    """The requests of a document, first to last, and what somebody may do about them now."""

    requests: Sequence[Mapping[Any, Any]]
    may_ask: bool
    may_answer: bool


def outlook(session: Session, person: Person, description: Description) -> Outlook:
    """Return what a document's page shows of its corrections."""
    row = description.document
    holders = description.procedure.held_for(description.case)
    found = session.execute(
        select(_corrections, User.name)
        .join(User, User.id == _corrections.c.by_id)
        .where(_corrections.c.document_id == row["id"])
        .order_by(_corrections.c.id)
    )
    return Outlook(
        [one._mapping for one in found],
        not why_not(person, row, holders, description.procedure),
        person.id in holders and row["issued_at"] is None,
    )


def _do(
    actor_id: int, public_id: str, asked: Mapping[str, Any], act: Callable[[Work], None], once: Once | None
) -> None:
    with write_tx() as session:
        if once is not None and answers.claim(session, actor_id, once, {**asked, "document": public_id}):
            return
        work = open_work(session, load_person(session, actor_id), public_id, None, stamp())
        act(work)
        work.save()
        if once is not None:
            answers.keep(session, actor_id, once, public_id)


def _refuse_empty(work: Work, place: str, words: str) -> None:
    wrong = [] if place else [Reason("Say at which place it is wrong")]
    wrong += [] if words else [Reason("Say what is wrong and how it should read")]
    same = select(Correction.id).where(
        Correction.document_id == work.id,
        Correction.place == place,
        Correction.words == words,
        Correction.outcome.is_(None),
    )
    if work.session.execute(same).first():
        wrong.append(Reason("This was asked for already"))
    if wrong:
        raise NotReady(wrong)


def _open(work: Work, seq: int) -> Any:
    """Return a request that somebody may answer who has the document now, or for whom they act."""
    of_this = _corrections.c.document_id == work.id, _corrections.c.seq == seq
    asked = work.session.execute(select(_corrections).where(*of_this)).first()
    if asked is None:
        raise NotFound
    holders = work.procedure.held_for(case := work.case())
    if work.person.id not in holders:
        raise NotAllowed([Reason("Only whoever has the document answers that")])
    if asked.outcome is not None:
        raise NotReady([Reason("It is answered already")])
    if work.document["issued_at"] is not None:
        raise NotReady([_LATE])
    moves.acting_for(work, case, holders[work.person.id])
    return asked


def _answer(work: Work, asked: Any, action: str, reason: str) -> None:
    values: dict[str, Any] = {"outcome": _OUTCOMES[action], "answer": reason}
    values |= {"answered_by": work.person.id, "answered_at": work.at}
    work.session.connection().execute(
        update(_corrections).where(_corrections.c.id == asked.id).values(values)
    )
    work.details |= {"correction": asked.seq}
    moves.stay(work, work.case(), action, reason)


def _named(work: Work, asked: Any) -> dict[str, str]:
    return {"name": work.person.name, "place": asked.place}


def findings(session: Session, records: Mapping[int, Sequence[Mapping[str, Any]]]) -> Iterator[str]:
    """Yield where corrections were asked for or answered otherwise than the movements say."""
    said: dict[tuple[int, int], list[str | None]] = {}
    for document, found in records.items():
        for record in found:
            if record["action"] == REQUEST:
                said[document, record["seq"]] = [record["details"]["place"], record["comment"], None, ""]
            elif record["action"] in _OUTCOMES:
                asked = said.get((document, record["details"]["correction"]), [])
                asked[2:] = [_OUTCOMES[record["action"]], record["comment"]]
    rows = session.execute(
        select(Correction, Document.public_id).join(Document, Document.id == Correction.document_id)
    )
    kept = {(one.document_id, one.seq): (one, name) for one, name in rows}
    for key in said.keys() | kept.keys():
        one, name = kept.get(key, (None, "?"))
        if one is None or said.get(key) != [one.place, one.words, one.outcome, one.answer]:
            yield f"document {name}: what is kept of correction {key[1]} is not what its movements say"
