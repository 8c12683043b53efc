"""The one door for what befalls a title (称号): append an event, and let the title say what follows.

A title's state, and the document on which it rests, follow from its events alone. An event that another one
undoes counts no more; where the other is undone in its turn, it counts again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from states.errors import NotAllowed, NotReady
from states.reasons import Label, Reason

from ..clock import stamp, today
from ..directory import OFFICE_CLERK, Person
from ..models import Document, Title, TitleEvent, table

LEADS_TO = {
    "confer": "valid",
    "suspend": "suspended",
    "restore": "valid",
    "revoke": "revoked",
    "expire": "expired",
    "terminate": "terminated",
}
"""In which state an event leaves a title; void leaves it revoked for good, the others as it was."""

LIVING = ("valid", "suspended")
BEFALLS = {
    "remind": LIVING,
    "warn": LIVING,
    "suspend": ("valid",),
    "restore": ("suspended",),
    "keep": LIVING,
    "revoke": (*LIVING, "expired"),
    "expire": LIVING,
    "terminate": LIVING,
    "rename": LIVING,
}
"""In which states a title can be for an event to befall it; the others follow from documents alone."""

STATES = {
    "valid": Label(zh="有效", en="valid"),
    "suspended": Label(zh="停牌整改", en="suspended"),
    "revoked": Label(zh="已撤销", en="revoked"),
    "expired": Label(zh="届满", en="expired"),
    "terminated": Label(zh="已终止", en="terminated"),
}
KINDS = {
    "confer": Label(zh="命名", en="Conferred"),
    "remind": Label(zh="提醒", en="Reminded"),
    "warn": Label(zh="警告", en="Warned"),
    "suspend": Label(zh="停牌整改", en="Suspended"),
    "restore": Label(zh="恢复", en="Restored"),
    "keep": Label(zh="复查保留", en="Kept after a recheck"),
    "revoke": Label(zh="撤销称号", en="Revoked"),
    "expire": Label(zh="届满", en="Expired"),
    "terminate": Label(zh="终止", en="Terminated"),
    "rename": Label(zh="更名", en="Renamed"),
    "replace": Label(zh="更正重发", en="Conferred anew"),
    "void": Label(zh="自始无效", en="Void from the start"),
    "revive": Label(zh="恢复原状", en="As before"),
}

_MADE_ANEW = {"docx_sha256": None, "pdf_sha256": None}  # a certificate bears its document's date

_titles, _events, _documents = table(Title), table(TitleEvent), table(Document)


@dataclass(frozen=True)
class Happening:
    """What is to befall titles: on which day, why, by which document, until when to be put right."""

    kind: str
    on: date
    reason: str = ""
    document_id: int | None = None
    due_on: date | None = None
    done_on: date | None = None
    evidence_sha256: str | None = None


def append(session: Session, titles: Collection[int], what: Happening, by: Person | None) -> None:
    """Let the same befall several titles, in the caller's transaction.

    by: who brings it about, None for the calendar. What rests on a document is decided by whoever could issue
    that; anything else is for the office clerk. Raises NotAllowed, NotReady with every title that is not in
    a state for it.
    """
    if by is not None and what.document_id is None and not by.holds(OFFICE_CLERK):
        raise NotAllowed([Reason("Only the office clerk changes what is kept of titles")])
    if what.kind in BEFALLS:
        _refuse_others(session, titles, what.kind)
    row = {
        "kind": what.kind,
        "on_day": what.on,
        "due_on": what.due_on,
        "done_on": what.done_on,
        "reason": what.reason,
        "document_id": what.document_id,
        "evidence_sha256": what.evidence_sha256,
    }
    _keep(session, [{**row, "title_id": one} for one in titles], by)


def undo(session: Session, events: Iterable[Any], what: Happening, by: Person | None) -> None:
    """Let events count no more because what they rest on was rescinded; `what` says by which document."""
    rows = [
        {
            "title_id": event.title_id,
            "kind": "revive" if event.undoes_id is None else "void",
            "on_day": what.on,
            "due_on": None,
            "done_on": None,
            "reason": what.reason,
            "document_id": what.document_id,
            "undoes_id": event.id,
        }
        for event in events
    ]
    _keep(session, rows, by)


def standing(events: Sequence[Any], day: date) -> tuple[str, int | None]:
    """Return in which state a title's events leave it on a day, and on which document it rests."""
    state, document, void = "valid", None, False
    for event in effective(events):
        if event.on > day or event.undoes_id is not None:
            continue
        state = LEADS_TO.get(event.kind, state)
        void = void or event.kind == "void"
        if event.kind in ("confer", "replace"):
            document = event.document_id
    return ("revoked" if void else state), document


def effective(events: Sequence[Any]) -> list[Any]:
    """Return those of a title's events that count still, in their order."""
    undone: set[int] = set()
    found = []
    for event in sorted(events, key=lambda event: event.id, reverse=True):
        if event.id not in undone:
            found.append(event)
            if event.undoes_id is not None:
                undone.add(event.undoes_id)
    return found[::-1]


def of_titles(session: Session, titles: Collection[int]) -> Mapping[int, list[Any]]:
    """Return the events of titles by title, in their order."""
    found: dict[int, list[Any]] = defaultdict(list)
    columns = [column.label(name) for name, column in _COLUMNS.items()]
    rows = select(*columns).where(_events.c.title_id.in_(titles)).order_by(_events.c.id)
    for row in session.execute(rows):
        found[row.title_id].append(row)
    return found


_COLUMNS = {column.key: column for column in _events.c if column.key != "on_day"} | {"on": _events.c.on_day}


def settle(session: Session, titles: Collection[int], day: date | None = None) -> None:
    """Let titles say what follows from their events on a day, by default today."""
    if not titles:
        return
    wanted: dict[tuple[str, int | None, bool], list[int]] = defaultdict(list)
    found = of_titles(session, titles)
    kept = select(_titles.c.id, _titles.c.state, _titles.c.document_id).where(_titles.c.id.in_(titles))
    for row in session.execute(kept):
        now = standing(found[row.id], day or today())
        if now != (row.state, row.document_id):
            wanted[*now, now[1] == row.document_id].append(row.id)
    for (state, document, same), some in wanted.items():
        values = {"state": state, "document_id": document}
        if not same:
            values |= _MADE_ANEW | _numbered(session, document)
        session.execute(update(_titles).where(_titles.c.id.in_(some)).values(values))


def _numbered(session: Session, document: int | None) -> dict[str, Any]:
    """Return what a title takes over of the document on which it rests."""
    row = select(_documents.c.number, _documents.c.dated).where(_documents.c.id == document)
    if document is None or (found := session.execute(row).first()) is None:
        return {}
    return {"number": found.number, "since": found.dated}


def _keep(session: Session, rows: Sequence[Mapping[str, Any]], by: Person | None) -> None:
    if not rows:
        return
    whose = {"by_id": by.id if by else None, "at": stamp()}
    session.connection().execute(_events.insert(), [{**row, **whose} for row in rows])
    settle(session, list({row["title_id"] for row in rows}))


def _refuse_others(session: Session, titles: Collection[int], kind: str) -> None:
    rows = select(_titles.c.holder, _titles.c.state).where(
        _titles.c.id.in_(titles), _titles.c.state.not_in(BEFALLS[kind])
    )
    found = session.execute(rows.order_by(_titles.c.id)).all()
    if found:
        raise NotReady(
            [
                Reason(
                    "The title of %(holder)s is %(state)s: this cannot befall it",
                    {"holder": row.holder, "state": STATES[row.state]},
                )
                for row in found
            ]
        )
