"""Tell what the register of former years says of a document that was brought in."""

from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from ...directory import Person
from ...errors import NotFound
from ...models import Document, Import, PastRecord, User
from ...numbering import format_number
from ...visibility import visible_to


@dataclass(frozen=True)
class Namesake:
    """Another document that was issued under the same number; it may be the one that the register names."""

    id: str
    title: str
    has_number: bool


@dataclass(frozen=True)
class Past:
    """A row of the register of former years, and who brought it in."""

    number: str  # in the form of today
    written: str
    duplicate: bool
    namesakes: list[Namesake]
    signatory: str
    addressees: str
    row: int
    workbook: str
    source: str  # the file's name, '' where none came with it
    import_id: str
    by: str | None  # none: a command


def record_of(session: Session, person: Person, document_id: int) -> Past:
    """Return the row of a document that was brought in; raises NotFound for any other."""
    row = session.execute(
        select(PastRecord, Import.name, Import.public_id, User.name.label("by"))
        .join(Import, Import.id == PastRecord.import_id)
        .outerjoin(User, User.id == Import.by_id)
        .where(PastRecord.document_id == document_id)
    ).first()
    if row is None:
        raise NotFound
    past: PastRecord = row.PastRecord
    number = format_number(past.agency_code, past.year, past.serial)
    return Past(
        number=number,
        written=past.written_number,
        duplicate=past.duplicate,
        namesakes=_namesakes(session, person, past, number),
        signatory=past.signatory,
        addressees=past.addressees,
        row=past.row,
        workbook=row.name,
        source=past.source,
        import_id=row.public_id,
        by=row.by,
    )


def _namesakes(session: Session, person: Person, past: PastRecord, number: str) -> list[Namesake]:
    same = and_(
        PastRecord.agency_code == past.agency_code,
        PastRecord.year == past.year,
        PastRecord.serial == past.serial,
    )
    rows = session.execute(
        select(Document.public_id, Document.title, Document.number)
        .outerjoin(PastRecord, PastRecord.document_id == Document.id)
        .where((Document.number == number) | same, Document.id != past.document_id, visible_to(person))
        .order_by(Document.id)
    )
    return [Namesake(row.public_id, row.title, row.number == number) for row in rows]
