"""Gather for a document's page what happens while it stays: until when it is put off, what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workflow.deferring import DEFER
from workflow.describe import Description, Passage
from workflow.questions import Round, rounds

HIDDEN = ("resume", "answer")  # acts that are shown only while there is something to take up or to answer


@dataclass(frozen=True)
class Meanwhile:
    """Until when and why it is put off; what was asked of the drafter; whether the last question is open."""

    until: date | None
    put_off: Passage | None
    asked: Sequence[Round]
    open: bool


def meanwhile(description: Description, passages: Sequence[Passage]) -> Meanwhile:
    row = description.document
    put_off = next((one for one in reversed(passages) if one.action == DEFER), None)
    until = row["deferred_until"]
    is_open = row["question_by_id"] is not None
    return Meanwhile(until, put_off if until else None, rounds(passages), is_open)
