"""Find what was issued: by number in the forms that people type, by words, type and year."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, extract, false, func, or_, select, true
from sqlalchemy.orm import Session

from docgen.sheet import parse_canonical

from . import in_force as force
from . import search
from .directory import Person
from .intake.written_numbers import Written, in_present_brackets, read_number
from .models import AttachedText, Document, DocumentFile, PastRecord, RegisterEntry, Revision, Series
from .visibility import ISSUED, visible_to

_AROUND = 18  # characters shown on each side of a hit
_SHOWN = 3


@dataclass(frozen=True)
class Found:
    """An issued document that matches; `highlights` are pieces of text as (words, is a hit) runs."""

    id: str
    number: str | None  # none where a past document has one that another has too
    written_number: str | None  # of a past document: as its register had it
    formats: list[str]  # of its files, those that are made on demand too
    title: str
    type: str
    dated: date
    state: str
    archival_code: str | None
    highlights: list[list[tuple[str, bool]]]
    marks: Sequence[force.Mark]  # what later documents did to it

    @property
    def standing(self) -> str:
        return force.standing(self.marks)


@dataclass(frozen=True)
class Results:
    items: list[Found]
    total: int
    next: str | None
    types: dict[str, int]
    years: dict[int, int]


def retrieve(
    session: Session,
    person: Person,
    q: str = "",
    *,
    type_: str | None = None,
    year: int | None = None,
    in_force: date | None = None,
    limit: int = 20,
    cursor: str | None = None,
) -> Results:
    """Return the issued documents that a person may see and that match, the latest first.

    in_force: the day on which they are to be in force.
    `q` is a number (`2024 4`, `[2024]4号`, `豫直文明办〔2024〕4号`) or words, all of which must occur.
    """
    q = " ".join(q.split())[:200]
    number = read_number(q)
    words = [] if number else _words(q)
    conditions = [visible_to(person), Document.state.in_(ISSUED), *_matching(session, q, number, words)]
    if in_force is not None:
        conditions.append(force.in_force(in_force))
    of_year = extract("year", Document.dated)
    narrowed = list(conditions)
    if type_:
        narrowed.append(Document.type == type_)
    if year is not None:
        narrowed.append(of_year == year)
    start = int(cursor) if cursor and cursor.isascii() and cursor.isdigit() and len(cursor) < 9 else 0
    limit = max(1, min(limit, 200))
    total = session.execute(select(func.count()).select_from(Document).where(*narrowed)).scalar_one()
    rows = session.execute(_with_text(narrowed).offset(start).limit(limit)).all()
    formats = _formats(session, [row.id for row in rows])
    marks = force.marks(session, person, [row.id for row in rows])
    items = [
        Found(
            id=row.public_id,
            number=row.number,
            written_number=row.written_number,
            formats=formats.get(row.id, []),
            title=row.title,
            type=row.type,
            dated=row.dated,
            state=row.state,
            archival_code=row.archival_code,
            highlights=list(_highlights(_whole_text(row), words)),
            marks=marks.get(row.id, ()),
        )
        for row in rows
    ]
    more = start + len(rows) < total
    return Results(
        items,
        total,
        str(start + len(rows)) if more else None,
        {row[0]: row[1] for row in _facet(session, Document.type, conditions)},
        {int(row[0]): row[1] for row in _facet(session, of_year, conditions)},
    )


def _whole_text(row: Any) -> str:
    return "\n".join(filter(None, (search.full_text(parse_canonical(row.content)), row.attached)))


def _words(q: str) -> list[str]:
    """Return the words of a query without marks around them; marks alone ask for nothing."""
    words = (word.strip("\"'“”‘’").lower() for word in q.split())
    return [word for word in words if search.grams(word)]


def _matching(
    session: Session, q: str, number: Written | None, words: list[str]
) -> Iterator[ColumnElement[bool]]:
    if number:
        yield or_(_numbered(number), _numbered_before(number))
    elif q and not words:
        yield false()
    for word in words:
        ids = search.candidates(session, word)
        text = func.lower(Revision.content)
        stands = exists(
            select(Revision.id)
            .where(
                Revision.document_id == Document.id,
                Revision.n == Document.revision,
                text.contains(json.dumps(word, ensure_ascii=False)[1:-1], autoescape=True),
            )
            .correlate(Document)
        )
        in_number = func.lower(Document.number).contains(in_present_brackets(word), autoescape=True)
        says = or_(stands, _stands_attached(word))
        yield or_(in_number, _as_written(word), says if ids is None else and_(Document.id.in_(ids), says))


def _stands_attached(word: str) -> ColumnElement[bool]:
    """Return the condition that a word stands in a file that is attached to a document."""
    text = func.lower(AttachedText.text).contains(word, autoescape=True)
    return exists(select(1).where(AttachedText.document_id == Document.id, text).correlate(Document))


def _as_written(word: str) -> ColumnElement[bool]:
    """Return the condition that a word stands in the number that a past document was given on paper."""
    written = func.lower(PastRecord.written_number).contains(word, autoescape=True)
    return exists(select(1).where(PastRecord.document_id == Document.id, written).correlate(Document))


def _numbered(number: Written) -> ColumnElement[bool]:
    condition = and_(
        RegisterEntry.document_id == Document.id,
        RegisterEntry.year == number.year,
        RegisterEntry.serial == number.serial,
        _of_series(number),
    )
    return exists(
        select(RegisterEntry.id).join(Series, Series.id == RegisterEntry.series_id).where(condition)
    )


def _numbered_before(number: Written) -> ColumnElement[bool]:
    """Return the condition that a past document has a number that the register gives to another."""
    condition = and_(
        PastRecord.document_id == Document.id,
        PastRecord.duplicate,
        PastRecord.year == number.year,
        PastRecord.serial == number.serial,
        _of_series(number),
    )
    return exists(
        select(PastRecord.document_id)
        .join(Series, Series.agency_code == PastRecord.agency_code)
        .where(condition)
    )


def _of_series(number: Written) -> ColumnElement[bool]:
    """Return the condition that a series is the one that was written, or has a code that holds what was."""
    if not (code := number.agency_code):
        return true()
    exact = exists(select(1).where(Series.agency_code == code).correlate(None))
    near = Series.agency_code.contains(code, autoescape=True)
    return or_(Series.agency_code == code, and_(near, ~exact))


def _with_text(conditions: list[ColumnElement[bool]]) -> Select:
    return (
        select(
            Document.id,
            Document.public_id,
            Document.number,
            Document.title,
            Document.type,
            Document.dated,
            Document.state,
            Document.archival_code,
            PastRecord.written_number,
            Revision.content,
            AttachedText.text.label("attached"),
        )
        .outerjoin(AttachedText, AttachedText.document_id == Document.id)
        .join(Revision, and_(Revision.document_id == Document.id, Revision.n == Document.revision))
        .outerjoin(PastRecord, PastRecord.document_id == Document.id)
        .where(*conditions)
        .order_by(Document.issued_at.desc(), Document.id.desc())
    )


def _formats(session: Session, documents: list[int]) -> dict[int, list[str]]:
    rows = session.execute(
        select(DocumentFile.document_id, DocumentFile.format)
        .join(Document, Document.id == DocumentFile.document_id)
        .where(Document.id.in_(documents), DocumentFile.made_from == Document.frozen_sha256)
        .where(DocumentFile.format != "sealed")
        .order_by(DocumentFile.id)
    )
    found: dict[int, list[str]] = {}
    for row in rows:
        made = ["docx", "pdf"] if row.format == "docx" else [row.format]
        formats = found.setdefault(row.document_id, [])
        formats += [one for one in made if one not in formats]
    return found


def _facet(session: Session, column: Any, conditions: list[ColumnElement[bool]]) -> list:
    return list(
        session.execute(
            select(column, func.count())
            .select_from(Document)
            .where(*conditions)
            .group_by(column)
            .order_by(column.desc())
        )
    )


def _highlights(text: str, words: list[str]) -> Iterator[list[tuple[str, bool]]]:
    """Yield pieces of the text around the words, the hits marked."""
    if not words:
        return
    pattern = re.compile("|".join(re.escape(word) for word in words), re.IGNORECASE)
    end = -1
    shown = 0
    for hit in pattern.finditer(text):
        if hit.start() < end:
            continue
        start = max(0, text.rfind("\n", 0, hit.start()) + 1, hit.start() - _AROUND)
        stop = text.find("\n", hit.end())
        end = min(len(text) if stop < 0 else stop, hit.end() + _AROUND)
        yield runs(text[start:end], words)
        shown += 1
        if shown == _SHOWN:
            return


def runs(text: str, words: list[str]) -> list[tuple[str, bool]]:
    """Cut a text into runs that are hits and runs that are not."""
    if not words:
        return [(text, False)]
    pattern = re.compile("(" + "|".join(re.escape(word) for word in words) + ")", re.IGNORECASE)
    return [(piece, i % 2 == 1) for i, piece in enumerate(pattern.split(text)) if piece]
