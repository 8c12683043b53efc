"""Let titles follow the documents on which they rest: rescinded (撤销), repealed (废止), replaced (更正重发).

By the transaction that issues the later document. Its reasons are those for which it ends the earlier one.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.sheet import Content, Ending

from .. import jobs
from ..clock import today
from ..conferring import listing
from ..installation import read_tx, write_tx
from ..models import Category, Document, Title, TitleEvent
from ..work import Work
from . import events
from .certificates import CERTIFICATES
from .events import Happening

_DETAIL = "titles"


def follow(work: Work, content: Content) -> None:
    """Let titles follow what a document that is being issued ends."""
    changed: set[int] = set()
    for ending in content.ends:
        number = select(Document.id).where(Document.number == ending.number)
        earlier = work.session.scalars(number).first()
        if earlier is not None:
            changed |= set(_ended(work, content, ending, earlier))
    if changed:
        work.details[_DETAIL] = len(changed)
        _have_certificates_made(work.session, changed)


def end_due() -> None:
    """Let titles end whose document is repealed from a day that has come; the worker asks every hour."""
    due = (
        select(Title.id)
        .join(TitleEvent, TitleEvent.title_id == Title.id)
        .where(TitleEvent.kind == "terminate", TitleEvent.on <= today(), Title.state.in_(events.LIVING))
    )
    with read_tx() as session:
        if session.scalars(due.limit(1)).first() is None:
            return
    with write_tx() as session:
        events.settle(session, list(session.scalars(due)))


def _have_certificates_made(session: Session, titles: set[int]) -> None:
    concerned = select(Title.conferral_id).where(Title.id.in_(titles), Title.certificate.is_not(None))
    for conferral in session.scalars(concerned.distinct()).all():
        jobs.ask(session, CERTIFICATES, str(conferral), {}, again=True)


def _ended(work: Work, content: Content, ending: Ending, earlier: int) -> Iterator[int]:
    """Bring about what the end of a document means for titles; yield which are concerned."""
    session, by = work.session, work.person
    found = _with_events_of(session, earlier)
    resting = [title for title, all_ in found.items() if events.standing(all_, today())[1] == earlier]
    day = date.fromisoformat(ending.from_date) if ending.from_date else today()
    if ending.act == "repeal":
        living = _in_states(session, resting, events.BEFALLS["terminate"])
        events.append(session, living, Happening("terminate", day, ending.reason, work.id), by)
        yield from living
        return
    carried = _carried(session, resting, content) if ending.act == "replace" else []
    void = [
        title
        for title in resting
        if title not in carried and (ending.act == "replace" or _first(found[title], earlier) == "confer")
    ]
    events.append(session, carried, Happening("replace", work.document["dated"], ending.reason, work.id), by)
    events.append(session, void, Happening("void", day, ending.reason, work.id), by)
    undone = [
        event
        for all_ in found.values()
        for event in events.effective(all_)
        if event.document_id == earlier and event.kind != "confer"
    ]
    if ending.act == "rescind":
        events.undo(session, undone, Happening("revive", day, ending.reason, work.id), by)
        yield from {event.title_id for event in undone}
    yield from (*carried, *void)


def _with_events_of(session: Session, document: int) -> dict[int, list[Any]]:
    """Return the titles that a document concerns, each with all its events."""
    concerned = session.scalars(
        select(TitleEvent.title_id).where(TitleEvent.document_id == document).distinct()
    ).all()
    return dict(events.of_titles(session, concerned)) if concerned else {}


def _first(all_: list[Any], document: int) -> str:
    """Return by which kind of event a title came to rest on a document."""
    on_it = [event.kind for event in events.effective(all_) if event.document_id == document]
    return next(kind for kind in on_it if kind in ("confer", "replace"))


def _in_states(session: Session, titles: list[int], states: tuple[str, ...]) -> list[int]:
    rows = select(Title.id).where(Title.id.in_(titles), Title.state.in_(states))
    return list(session.scalars(rows.order_by(Title.id)))


def _carried(session: Session, titles: list[int], content: Content) -> list[int]:
    """Return those titles whose holders the annex of a content names again."""
    named = set(listing.lists_in(content))
    rows = session.execute(
        select(Title.id, Title.holder, Category.name)
        .join(Category, Category.code == Title.category)
        .where(Title.id.in_(titles))
        .order_by(Title.id)
    )
    return [id_ for id_, holder, category in rows if listing.as_written(category, holder) in named]
