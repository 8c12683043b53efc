"""Say to whom a document goes and in how many copies (分发), proposed from its distribution."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.errors import TextError
from docgen.text import clean_text
from states.errors import NotAllowed, NotReady
from states.reasons import Reason

from .. import proposals, reissue
from ..clock import today
from ..describe import find
from ..directory import Person
from ..installation import write_tx
from ..models import Correspondent, Recipient
from ..visibility import ISSUED
from ..work import load_content

POST = "registrar"
MOST = 500  # recipients of one document
MOST_COPIES = 100_000
SENT_FROM = ("sealing", "dispatch", *ISSUED)  # stages at which copies are there to be sent


@dataclass(frozen=True)
class Line:
    """A recipient as the list shows it; one that is only proposed has no id yet."""

    name: str
    copies: int
    id: int | None = None
    sent_on: date | None = None
    received_on: date | None = None
    received_by: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Sending:
    """A document's list; `settled` once the registrar has kept it."""

    lines: Sequence[Line]
    settled: bool
    copies: int | None  # as registered, for everybody together

    @property
    def total(self) -> int:
        return sum(line.copies for line in self.lines)

    @property
    def outstanding(self) -> list[Line]:
        """Return those who have not signed for it."""
        return [line for line in self.lines if line.received_on is None]


def sending(session: Session, person: Person, public_id: str) -> Sending:
    """Return to whom a document goes; raises NotFound."""
    return sending_of(session, find(session, person, public_id))


def sending_of(session: Session, row: Mapping[str, Any]) -> Sending:
    kept = session.scalars(
        select(Recipient).where(Recipient.document_id == row["id"]).order_by(Recipient.position, Recipient.id)
    ).all()
    lines = [
        Line(one.name, one.copies, one.id, one.sent_on, one.received_on, one.received_by, one.remark)
        for one in kept
    ]
    return Sending(lines or _proposed(session, row), bool(kept), row["copies"])


def _proposed(session: Session, row: Mapping[str, Any]) -> list[Line]:
    """Propose a line a name, with the copies that the body usually takes."""
    distribution = row["distribution"] or proposals.distribution(session, row)[0]
    names = dict.fromkeys(proposals.split_names(distribution))
    usual = {one.name: one.copies for one in session.scalars(select(Correspondent))}
    content = load_content(session, row["id"], row["revision"])
    usual |= {one.name: one.copies for one in reissue.recipients(session, content)}
    return [Line(name, usual.get(name, 1)) for name in names]


def settle(actor: Person, public_id: str, entered: Sequence[tuple[str, str]], sent_on: date | None) -> None:
    """Keep the list as (name, copies) pairs; who has signed stays as it is.

    Raises NotFound, NotAllowed, NotReady with every reason.
    """
    with write_tx() as session:
        row = may_send(session, actor, public_id)
        wanted = _read(entered, sent_on, row)
        kept = {
            one.name: one
            for one in session.scalars(select(Recipient).where(Recipient.document_id == row["id"]))
        }
        _refuse_to_drop_receipts(kept, wanted)
        for name in kept.keys() - wanted.keys():
            session.delete(kept[name])
        for position, (name, copies) in enumerate(wanted.items()):
            one = kept.get(name) or Recipient(document_id=row["id"], name=name)
            one.position, one.copies, one.sent_on = position, copies, sent_on or one.sent_on
            session.add(one)
        session.flush()


def may_send(session: Session, actor: Person, public_id: str) -> Mapping[str, Any]:
    """Return the row of a document that is ready to be sent; raises NotFound, NotAllowed, NotReady."""
    row = find(session, actor, public_id)
    if not actor.holds(POST):
        raise NotAllowed([Reason("Only the registrar sends documents and enters receipts")])
    if row["state"] not in SENT_FROM or row["frozen_sha256"] is None:
        raise NotReady([Reason("The document is not printed yet")])
    return row


def _read(entered: Sequence[tuple[str, str]], sent_on: date | None, row: Mapping[str, Any]) -> dict[str, int]:
    wanted: dict[str, int] = {}
    wrong: list[Reason] = []
    for given, count in entered:
        try:
            name = clean_text(given, where="", limit=200)
        except TextError as error:
            wrong += [Reason(problem.message, problem.params) for problem in error.problems]
            continue
        if not name:
            continue
        if name in wanted:
            wrong.append(Reason("%(name)s stands in the list twice", {"name": name}))
        if not (count.isascii() and count.isdigit() and 0 < int(count[:9]) <= MOST_COPIES):
            wrong.append(Reason("%(name)s: how many copies?", {"name": name}))
            continue
        wanted[name] = int(count)
    if not wanted and not wrong:
        wrong.append(Reason("The list is empty"))
    if len(wanted) > MOST:
        wrong.append(Reason("There are more than %(most)s recipients", {"most": str(MOST)}))
    wrong += wrong_day(sent_on, row["printed_on"])
    if wrong:
        raise NotReady(wrong)
    return wanted


def wrong_day(day: date | None, earliest: date | None) -> list[Reason]:
    """Return why a day of sending or receiving cannot be, otherwise nothing."""
    if day is not None and day > today():
        return [Reason("%(day)s is still to come", {"day": day.isoformat()})]
    if day is not None and earliest is not None and day < earliest:
        known = {"day": day.isoformat(), "printed": earliest.isoformat()}
        return [Reason("%(day)s is before the document was printed (%(printed)s)", known)]
    return []


def _refuse_to_drop_receipts(kept: Mapping[str, Recipient], wanted: Mapping[str, int]) -> None:
    signed = [name for name, one in kept.items() if name not in wanted and one.received_on is not None]
    if signed:
        raise NotReady(
            [Reason("%(name)s has signed for it and stays in the list", {"name": name}) for name in signed]
        )
