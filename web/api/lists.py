"""List documents, what happened to one, what waits, what was registered and issued."""

from typing import Any

from workflow import describe, lists, retrieval, waiting
from workflow.delegation.settle import settle_due
from workflow.register import book
from workflow.register.book import Chosen

from .. import office
from ..standing import day_asked
from . import body, shapes
from .bearer import person

WHOLE = lists.MOST  # a document's own history is rarely longer, and comes at once
FIRST_YEAR, LAST_YEAR = 1900, 2999


def documents() -> Any:
    limit, cursor = body.slice_of()
    page = lists.documents(
        office.session(),
        person(),
        kind=body.text("kind"),
        state=body.text("state"),
        type_=body.text("type"),
        limit=limit or lists.PAGE,
        cursor=cursor,
    )
    return shapes.page(page.items, page.total, page.next, shapes.line)


def tasks() -> Any:
    limit, cursor = body.slice_of()
    settle_due()
    page = waiting.tasks(office.session(), person(), limit or lists.PAGE, cursor, deferred=True)
    return shapes.page(page.items, page.total, page.next, shapes.task)


def register() -> Any:
    limit, cursor = body.slice_of()
    chosen = Chosen(body.text("series"), body.number("year", FIRST_YEAR, LAST_YEAR))
    page = book.entries(office.session(), person(), chosen, limit or lists.PAGE, cursor)
    return shapes.page(page.items, page.total, page.next, shapes.register_entry)


def archive() -> Any:
    limit, cursor = body.slice_of()
    found = retrieval.retrieve(
        office.session(),
        person(),
        body.text("q"),
        type_=body.text("type"),
        year=body.number("year", FIRST_YEAR, LAST_YEAR),
        in_force=day_asked(body.text("in_force")),
        limit=limit or lists.PAGE,
        cursor=cursor,
    )
    return shapes.page(found.items, found.total, found.next, shapes.found)


def movements(id: str) -> Any:
    row = describe.find(office.session(), person(), id, every_kind=True)
    passages = describe.movements(office.session(), row["id"])
    return _history(describe.readable(person(), row, passages), shapes.movement)


def revisions(id: str) -> Any:
    row = describe.find(office.session(), person(), id, every_kind=True)
    return _history(describe.revisions(office.session(), row["id"]), shapes.revision)


def _history(rows: list[Any], shape: Any) -> Any:
    limit, cursor = body.slice_of()
    start = int(cursor or 0)
    end = start + (limit or WHOLE)
    return shapes.page(rows[start:end], len(rows), str(end) if end < len(rows) else None, shape)
