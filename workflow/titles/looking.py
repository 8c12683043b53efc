"""Look at one title: who holds it by which name, what befell it, on which documents and files that rests."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .. import archive, scans
from ..campaigns.clerk import refuse_strangers
from ..directory import Person
from ..errors import NotFound
from ..models import Category, Document, Title, TitleEvent, Unit, UnitName, User
from ..visibility import visible_to
from . import events, ladder


@dataclass(frozen=True)
class Befell:
    """An event with who entered it and the document on which it rests (`public_id`: for who may see it)."""

    event: TitleEvent
    by: str | None
    number: str | None
    public_id: str | None
    counts: bool  # nothing undid it


@dataclass(frozen=True)
class Shown:
    """A title as its page shows it; `open`: the ids of what is still to be put right."""

    title: Title
    category: str
    unit: Unit
    former: Sequence[UnitName]
    befell: Sequence[Befell]
    open: frozenset[int]

    @property
    def renamed(self) -> bool:
        """Say whether the holder has another name today than the one on the title."""
        return self.title.holder != self.unit.name


def shown(session: Session, person: Person, title_id: int) -> Shown:
    """Return a title; raises NotAllowed, NotFound."""
    refuse_strangers(person)
    title = ladder.find(session, title_id)
    former = select(UnitName).where(UnitName.unit_id == title.unit_id)
    waiting = ladder.open_events(session, title_id) if title.state in events.LIVING else []
    return Shown(
        title,
        session.get_one(Category, title.category).name,
        session.get_one(Unit, title.unit_id),
        session.scalars(former.order_by(UnitName.until.desc(), UnitName.id.desc())).all(),
        _befell(session, person, title_id),
        frozenset(one.id for one in waiting),
    )


def _befell(session: Session, person: Person, title_id: int) -> list[Befell]:
    counting = {one.id for one in events.effective(events.of_titles(session, [title_id])[title_id])}
    rows: Any = session.execute(
        select(TitleEvent, User.name, Document.number, Document.public_id, visible_to(person).label("seen"))
        .outerjoin(User, User.id == TitleEvent.by_id)
        .outerjoin(Document, Document.id == TitleEvent.document_id)
        .where(TitleEvent.title_id == title_id)
        .order_by(TitleEvent.id.desc())
    )
    return [
        Befell(event, name, number, public_id if seen else None, event.id in counting)
        for event, name, number, public_id, seen in rows
    ]


def file(session: Session, person: Person, title_id: int, event_id: int, which: str) -> tuple[bytes, str]:
    """Return a file of an event and its media type; `which` is evidence or righted.

    Raises NotAllowed, NotFound, Damaged.
    """
    refuse_strangers(person)
    event = session.get(TitleEvent, event_id)
    sha256 = getattr(event, f"{which}_sha256") if event and event.title_id == title_id else None
    if sha256 is None:
        raise NotFound
    content = archive.read(sha256)
    return content, scans.MIMETYPES[scans.kind_of(content)]
