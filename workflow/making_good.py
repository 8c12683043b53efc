"""Make an opinion good that was entered as it was said (补签), or let its owner dispute it.

Each is an act of its own on the record, at any stage, after issuance too. None depends on how the document
stands: what was entered does not change, so nobody need have seen the latest version.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select, update

from states.errors import NotAllowed, NotReady
from states.reasons import Reason

from . import answers, moves, notices, scans
from .answers import Once
from .clock import stamp
from .directory import OFFICE_CLERK, Person
from .entered import clean_entry
from .errors import NotFound
from .installation import read_tx, write_tx
from .models import Document, EnteredOpinion, StoredFile, Task, table
from .work import Work, load_person, open_work

CONFIRM, DISPUTE, ADD_SHEET = "confirm_opinion", "dispute_opinion", "add_signed_sheet"

_opinions = table(EnteredOpinion)


def confirm(actor_id: int, public_id: str, seq: int, *, once: Once | None = None) -> None:
    """Confirm that an entered opinion is one's own; raises NotFound, NotAllowed, NotReady."""

    def act(work: Work, opinion: EnteredOpinion) -> None:
        _refuse_others(work, opinion)
        _record(work, CONFIRM, seq)
        _make_good(work, opinion, "confirmed")
        _tell(
            work,
            {opinion.by_id},
            Reason("%(name)s confirmed what you had entered for them", {"name": work.person.name}),
        )

    _do(actor_id, public_id, seq, {"verb": CONFIRM}, act, once)


def dispute(actor_id: int, public_id: str, seq: int, words: str, *, once: Once | None = None) -> None:
    """Say that an entered opinion is not what one said; it stays open, and those concerned are told."""

    def act(work: Work, opinion: EnteredOpinion) -> None:
        _refuse_others(work, opinion)
        said = clean_entry(words)
        if not said:
            raise NotReady([Reason("Say what is wrong with it")])
        _record(work, DISPUTE, seq, comment=said)
        has_it = select(Task.user_id).where(Task.document_id == work.id, Task.closed_at.is_(None))
        concerned = {opinion.by_id, work.document["signatory_id"], *work.session.scalars(has_it)}
        _tell(
            work,
            concerned,
            Reason(
                "%(name)s says that what was entered for them is not what they said",
                {"name": work.person.name},
            ),
        )

    _do(actor_id, public_id, seq, {"verb": DISPUTE, "words": words}, act, once)


def add_sheet(actor_id: int, public_id: str, seq: int, scan: bytes, *, once: Once | None = None) -> None:
    """Add the sheet that was signed afterwards to an entered opinion: it is made good by that."""
    with read_tx() as session:
        opinion = session.scalars(
            select(EnteredOpinion)
            .join(Document, Document.id == EnteredOpinion.document_id)
            .where(Document.public_id == public_id, EnteredOpinion.seq == seq)
        ).first()
        _refuse_but_clerks(load_person(session, actor_id), opinion)
    if reasons := scans.why_not(scan, scans.READABLE):
        raise NotReady(reasons)
    sheet = scans.keep(scan)

    def act(work: Work, opinion: EnteredOpinion) -> None:
        _refuse_but_clerks(work.person, opinion)
        work.session.get_one(StoredFile, sheet)
        _record(work, ADD_SHEET, seq, scan=sheet)
        _make_good(work, opinion, "paper")
        _tell(
            work,
            {opinion.for_id},
            Reason("%(name)s added the sheet that you signed", {"name": work.person.name}),
        )

    _do(actor_id, public_id, seq, {"verb": ADD_SHEET, "scan": sheet}, act, once)


def _do(
    actor_id: int,
    public_id: str,
    seq: int,
    request: Mapping[str, Any],
    act: Callable[[Work, EnteredOpinion], None],
    once: Once | None,
) -> None:
    request = {**request, "document": public_id, "seq": seq}
    with write_tx() as session:
        if once is not None and answers.claim(session, actor_id, once, request) is not None:
            return
        work = open_work(session, load_person(session, actor_id), public_id, None, stamp())
        of_this = EnteredOpinion.document_id == work.id, EnteredOpinion.seq == seq
        opinion = session.scalars(select(EnteredOpinion).where(*of_this)).first()
        if opinion is None:
            raise NotFound
        if opinion.made_good_at is not None:
            raise NotReady([Reason("It is made good already")])
        act(work, opinion)
        work.save()
        if once is not None:
            answers.keep(session, actor_id, once, public_id)


def _refuse_others(work: Work, opinion: EnteredOpinion) -> None:
    if opinion.for_id != work.person.id:
        raise NotAllowed([Reason("Only the one for whom it was entered can say so")])


def _refuse_but_clerks(person: Person, opinion: EnteredOpinion | None) -> None:
    """Let the office clerks through, and the one to whom this was handed over (工作交接)."""
    handed = opinion is not None and opinion.handed_to_id == person.id
    if not (person.holds(OFFICE_CLERK) or handed):
        raise NotAllowed([Reason("Only the office clerk enters opinions for others")])


def _record(work: Work, action: str, seq: int, *, comment: str = "", **more: str) -> None:
    work.details = {"opinion": seq, **more}
    moves.stay(work, work.case(), action, comment)


def _make_good(work: Work, opinion: EnteredOpinion, how: str) -> None:
    work.session.connection().execute(
        update(_opinions)
        .where(_opinions.c.id == opinion.id)
        .values(made_good_at=work.at, made_good_how=how, made_good_by=work.person.id)
    )


def _tell(work: Work, people: set[int | None], news: Reason) -> None:
    for person in people - {work.person.id, None}:
        if person is not None:
            notices.tell(work.session, person, work.id, work.at, news.message, news.params)
