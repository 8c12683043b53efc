"""Enter who has signed for a document (签收), many at once, and list who has not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from docgen.errors import TextError
from docgen.text import clean_text
from states.errors import NotReady
from states.reasons import Reason

from ..clock import stamp
from ..directory import Person
from ..installation import write_tx
from ..models import Document, Recipient
from ..visibility import visible_to
from .recipients import may_send, wrong_day


@dataclass(frozen=True)
class Receipt:
    """What the returned list says of one recipient; no day takes an earlier entry back."""

    recipient: int
    received_on: date | None
    received_by: str
    remark: str


def enter(actor: Person, public_id: str, receipts: Sequence[Receipt]) -> int:
    """Enter receipts and return how many were new or changed; the same again changes nothing.

    Raises NotFound, NotAllowed, NotReady with every reason.
    """
    with write_tx() as session:
        row = may_send(session, actor, public_id)
        known = {
            one.id: one
            for one in session.scalars(select(Recipient).where(Recipient.document_id == row["id"]))
        }
        wrong: list[Reason] = []
        changed = 0
        for receipt in receipts:
            one = known.get(receipt.recipient)
            if one is None:
                wrong.append(Reason("There is no such recipient of this document"))
                continue
            changed += _enter(actor, one, receipt, row, wrong)
        if wrong:
            raise NotReady(wrong)
        session.flush()
        return changed


def _enter(
    actor: Person, one: Recipient, receipt: Receipt, row: Mapping[str, Any], wrong: list[Reason]
) -> bool:
    texts = []
    for text in (receipt.received_by, receipt.remark):
        try:
            texts.append(clean_text(text, where="", limit=100))
        except TextError as error:
            wrong += [Reason(problem.message, problem.params) for problem in error.problems]
            texts.append("")
    wrong += wrong_day(receipt.received_on, one.sent_on or row["printed_on"])
    if receipt.received_on is None and texts[0]:
        wrong.append(Reason("%(name)s: on which day was it signed for?", {"name": one.name}))
    if (one.received_on, one.received_by, one.remark) == (receipt.received_on, *texts):
        return False
    one.received_on, one.received_by, one.remark = receipt.received_on, *texts
    one.entered_by, one.entered_at = actor.id, stamp()
    return True


def awaited(session: Session, person: Person) -> list[Mapping[Any, Any]]:
    """Return the documents with recipients who have not signed yet, the longest sent first."""
    rows = session.execute(
        select(
            Document.public_id,
            Document.number,
            Document.title,
            func.min(Recipient.sent_on).label("sent_on"),
            func.count().label("recipients"),
            func.count(Recipient.received_on).label("received"),
        )
        .join(Recipient, Recipient.document_id == Document.id)
        .where(visible_to(person))
        .group_by(Document.id, Document.public_id, Document.number, Document.title)
        .having(func.count(Recipient.received_on) < func.count())
        .order_by(func.min(Recipient.sent_on), Document.id)
    )
    return [row._mapping for row in rows]
