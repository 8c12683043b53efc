"""Do what is no step of a document: urge its holders, pass it round, take one's own last step back."""

from collections.abc import Mapping
from typing import Annotated, Any

from flask.typing import ResponseReturnValue
from pydantic import Field

from workflow import describe, undoing
from workflow.answers import Once
from workflow.circulation import answering, sending
from workflow.circulation.readers import Reader, readers_of
from workflow.engine import Done
from workflow.errors import NotFound
from workflow.urging import by_hand

from .. import office
from . import body, documents, shapes
from .bearer import person
from .conditions import idempotency_key
from .schemas import Account, Strict

MOST_READERS = 200


class Note(Strict):
    note: str = Field(default="", description="What to tell them")


class Urged(Strict):
    to: list[Account] = Field(description="Those who have it and were not urged within half a working day")


class Passing(Strict):
    readers: list[Account] = Field(max_length=MOST_READERS)
    note: str = Field(description="Why, or what for; required")
    wants_answer: bool = False


class ReaderAnswer(Strict):
    answer: str = Field(description="A line; 无意见。 where there is nothing to say")


class Undoing(Strict):
    movement: Annotated[int, Field(ge=1, le=99_999)] = Field(
        description="The step's place among the document's movements, counted from 1"
    )


def urge(id: str) -> ResponseReturnValue:
    """Urge those who have the document (催办); it stays as it is."""
    _see(id)
    tasks = by_hand.urge(person().id, id, body.read(Note).note)
    return {"to": [task.username for task in tasks]}, 201


def circulations(id: str) -> ResponseReturnValue:
    """List to whom the document was passed."""
    return _passed(office.session(), id)


def circulate(id: str) -> ResponseReturnValue:
    """Pass the document to colleagues for reading (传阅, 抄送)."""
    key = idempotency_key()
    _see(id)
    given = body.read(Passing)
    once = None if key is None else Once(key, _passed)
    passed = sending.send(
        person().id, id, given.readers, given.note, wants_answer=given.wants_answer, once=once
    )
    office.refresh()
    return dict(passed.answer) if once else _passed(office.session(), id), 201


def read(id: str, n: str) -> ResponseReturnValue:
    """Note that one has read what was passed to one; once is enough."""
    answering.mark_read(person().id, id, _number(id, n).id)
    office.refresh()
    return documents.answered(Done(id, {}), None)


def answer(id: str, n: str) -> ResponseReturnValue:
    """Answer what was passed to one; only its reader does."""
    key = documents.once()
    which = _number(id, n)
    first = answering.answer(person().id, id, which.id, body.read(ReaderAnswer).answer, once=key)
    return documents.answered(Done(id, first), key)


def undo(id: str) -> ResponseReturnValue:
    """Take one's own last step back (撤销这一步)."""
    key = documents.once()
    _see(id)
    first = undoing.undo(person().id, id, body.read(Undoing).movement, once=key)
    return documents.answered(Done(id, first), key)


def _see(id: str) -> Mapping[str, Any]:
    """Return a document's row; whoever does not see it is told nothing of what is wrong with the body."""
    return describe.find(office.session(), person(), id)


def _number(id: str, n: str) -> Reader:
    """Return one to whom a document was passed, by their place among them; raises NotFound."""
    found = readers_of(office.session(), _see(id)["id"])
    place = body.place(n)
    if not 1 <= place <= len(found):
        raise NotFound
    return found[place - 1]


def _passed(session: Any, id: str) -> Mapping[str, Any]:
    row = describe.find(session, person(), id)
    items = [shapes.circulation(n, one) for n, one in enumerate(readers_of(session, row["id"]), 1)]
    return {"items": items, "total": len(items), "next": None}
