"""Show the register of titles: what units hold and held, what befell each, its certificate."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from states.errors import NotAllowed
from states.reasons import Reason

from .. import archive
from ..applications.facts import APPLICANT
from ..campaigns.clerk import may_look
from ..directory import Person
from ..downloads import FORMATS, Download
from ..errors import NotFound
from ..models import Category, Document, Title, TitleEvent, Unit, User
from ..visibility import visible_to
from . import events

PAGE = 100


@dataclass(frozen=True)
class Wanted:
    """Which titles are looked for; what is empty does not matter. unit: a part of its name, now or then."""

    category: str = ""
    level: str = ""
    state: str = ""
    term: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Line:
    """A title as the register shows it; `document` only for those who may see it."""

    title: Title
    category: str
    unit: str  # its name of today
    document: str | None


@dataclass(frozen=True)
class Passage:
    """Something that befell a title. undone: it counts no more."""

    event: TitleEvent
    by: str
    number: str | None  # of the document on which it rests
    document: str | None
    undone: bool


def may_look_at_all(person: Person) -> bool:
    """Say whether the register is for a person to read: those who see campaigns, and the registrar."""
    return may_look(person) or person.holds("registrar")


def refuse_strangers(person: Person) -> None:
    """Raise NotAllowed unless the register is for a person to read."""
    if not may_look_at_all(person):
        raise NotAllowed([Reason("The register of titles is for the office; units see their own")])


def titles(session: Session, person: Person, wanted: Wanted, skip: int = 0) -> tuple[list[Line], int]:
    """Return a page of the register and how many titles there are; raises NotAllowed."""
    refuse_strangers(person)
    conditions = list(_conditions(wanted))
    counted = select(func.count(Title.id)).join(Unit, Unit.id == Title.unit_id).where(*conditions)
    rows = _lines(person).where(*conditions).offset(skip).limit(PAGE)
    return [Line(*row) for row in session.execute(rows)], session.execute(counted).scalar_one()


def all_titles(session: Session, person: Person, wanted: Wanted) -> Iterator[Line]:
    """Yield every title that is looked for; raises NotAllowed."""
    refuse_strangers(person)
    return (Line(*row) for row in session.execute(_lines(person).where(*_conditions(wanted))))


def of_unit(session: Session, unit_id: int) -> list[Line]:
    """Return the titles that a unit holds or held, the latest first, for the unit itself."""
    rows = (
        select(Title, Category.name, Unit.name)
        .join(Category, Category.code == Title.category)
        .join(Unit, Unit.id == Title.unit_id)
        .where(Title.unit_id == unit_id)
        .order_by(Title.since.desc(), Title.id.desc())
    )
    return [Line(*row, None) for row in session.execute(rows)]


def _lines(person: Person) -> Any:
    seen = select(Document.id, Document.public_id).where(visible_to(person)).subquery()
    return (
        select(Title, Category.name, Unit.name, seen.c.public_id)
        .join(Category, Category.code == Title.category)
        .join(Unit, Unit.id == Title.unit_id)
        .outerjoin(seen, seen.c.id == Title.document_id)
        .order_by(Title.since.desc(), Category.position, Unit.position, Title.id)
    )


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    for name in ("category", "level", "state", "term"):
        if value := getattr(wanted, name):
            yield getattr(Title, name) == value
    if wanted.unit:
        yield or_(
            Title.holder.contains(wanted.unit, autoescape=True),
            Unit.name.contains(wanted.unit, autoescape=True),
        )


def choices(session: Session) -> Mapping[str, Sequence[tuple[str, str]]]:
    """Return by which categories and terms the register can be narrowed down."""
    held = select(Title.category)
    categories = session.execute(
        select(Category.code, Category.name).where(Category.code.in_(held)).order_by(Category.position)
    )
    terms = session.scalars(select(Title.term).distinct().order_by(Title.term.desc()))
    return {
        "category": [(row.code, row.name) for row in categories],
        "term": [(term, term) for term in terms],
    }


def find(session: Session, person: Person, title_id: int) -> Line:
    """Return a title for the office, or for the unit that holds it; raises NotFound."""
    line = session.execute(_lines(person).where(Title.id == title_id)).first()
    if line is None or not (may_look_at_all(person) or _is_of(person, line[0])):
        raise NotFound
    return Line(*line)


def _is_of(person: Person, title: Title) -> bool:
    return any(post.code == APPLICANT and post.unit_id == title.unit_id for post in person.posts)


def history(session: Session, person: Person, title: Title) -> list[Passage]:
    """Return what befell a title, in its order; units read neither who acted nor inner documents."""
    seen = visible_to(person).label("seen")
    rows = session.execute(
        select(TitleEvent, User.name, Document.number, Document.public_id, seen)
        .outerjoin(User, User.id == TitleEvent.by_id)
        .outerjoin(Document, Document.id == TitleEvent.document_id)
        .where(TitleEvent.title_id == title.id)
        .order_by(TitleEvent.id)
    ).all()
    counting = {event.id for event in events.effective([row[0] for row in rows])}
    inside = may_look_at_all(person)
    return [
        Passage(event, (by or "") if inside else "", number, id_ if shown else None, event.id not in counting)
        for event, by, number, id_, shown in rows
    ]


def certificate(session: Session, person: Person, title_id: int, format_: str) -> Download:
    """Return a title's certificate; raises NotFound, also while it is not made, and once it is void."""
    line = find(session, person, title_id)
    if format_ not in ("docx", "pdf") or line.title.state == "revoked":
        raise NotFound
    sha256 = line.title.docx_sha256 if format_ == "docx" else line.title.pdf_sha256
    if sha256 is None:
        raise NotFound
    name = f"荣誉证书 {line.title.certificate} {line.title.holder}.{format_}"
    return Download(archive.read(sha256), sha256, name, FORMATS[format_], inline=format_ == "pdf")
