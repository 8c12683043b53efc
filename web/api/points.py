"""Answer a point of a return."""

from typing import Literal

from flask.typing import ResponseReturnValue
from pydantic import Field

from workflow import describe
from workflow.engine import Done
from workflow.points import answering

from .. import office
from . import body, documents
from .bearer import person
from .schemas import Strict


class PointAnswer(Strict):
    answer: Literal["changed", "explained"]
    note: str = Field(default="", description="Required with `explained`")


def answer(id: str, n: str) -> ResponseReturnValue:
    """Answer one point; only whoever has the document does."""
    key = documents.once()
    describe.find(office.session(), person(), id)  # whoever does not see it is told nothing of the body
    given = body.read(PointAnswer)
    first = answering.answer(person().id, id, {body.place(n): (given.answer, given.note)}, once=key)
    return documents.answered(Done(id, first), key)
