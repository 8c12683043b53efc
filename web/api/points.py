"""Answer a point of a return."""

from typing import Literal

from flask.typing import ResponseReturnValue
from pydantic import Field

from workflow import describe
from workflow.engine import Done
from workflow.errors import NotFound
from workflow.points import answering

from .. import office
from . import body, documents
from .bearer import person
from .schemas import Strict

LARGEST = 5  # digits of a point's number


class PointAnswer(Strict):
    answer: Literal["changed", "explained"]
    note: str = Field(default="", description="Required with `explained`")


def answer(id: str, n: str) -> ResponseReturnValue:
    """Answer one point; only whoever has the document does."""
    key = documents.once()
    describe.find(office.session(), person(), id)  # whoever does not see it is told nothing of the body
    given = body.read(PointAnswer)
    if not (n.isascii() and n.isdigit() and len(n) <= LARGEST):
        raise NotFound
    first = answering.answer(person().id, id, {int(n): (given.answer, given.note)}, once=key)
    return documents.answered(Done(id, first), key)
