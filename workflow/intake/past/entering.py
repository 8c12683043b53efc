"""Enter one past document: what the register says of it, its file, and that somebody brought it in.

No approval is claimed: nobody signed it here, and its one movement says that it was taken in.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from sqlalchemy import bindparam, null, select, update
from sqlalchemy.orm import Session

from docgen.sheet import Content

from ... import archive, revisions, search
from ...agencies import name_of
from ...clock import SHANGHAI, stamp
from ...directory import OfficeDirectory, Person
from ...installation import here
from ...models import Document, DocumentFile, PastRecord, RegisterEntry, table
from ...movements import IMPORT
from ...numbering import format_number
from ...prepared import Prepared
from ...work import Work
from .rows import retention_of
from .source import Planned

KIND = "notice"
FREE = ("missing", "outside")  # states of a number that turns out to be a past document's

_documents = table(Document)
_register = table(RegisterEntry)
_BEGIN = Prepared(_documents.insert().returning(_documents.c.id))
_FILE = Prepared(table(DocumentFile).insert())
_RECORD = Prepared(table(PastRecord).insert())
_ENTRY = Prepared(
    select(_register.c.id, _register.c.state)
    .where(
        _register.c.series_id == bindparam("series"),
        _register.c.year == bindparam("of_year"),
        _register.c.serial == bindparam("of_serial"),
    )
    .with_for_update()
)
_USE = Prepared(
    update(_register)
    .where(_register.c.id == bindparam("entry"))
    .values(
        state="used",
        document_id=bindparam("document"),
        reason="",
        title="",
        dated=null(),
        by_id=bindparam("by"),
        registered_on=bindparam("day", type_=_register.c.registered_on.type),
    )
)


@dataclass(frozen=True)
class Bringing:
    """Who brings past documents in, from where, and to which unit they are put down."""

    person: Person
    post: str
    import_id: int
    workbook: str
    unit_id: int
    agencies: Mapping[int, int]  # by series


@dataclass(frozen=True)
class Ready:
    """A document that is planned, with the bytes of its files and the text of its own one."""

    planned: Planned
    files: Sequence[bytes]
    text: str


def enter(session: Session, bringing: Bringing, ready: Ready, at: str) -> None:
    """Enter a document in the caller's transaction; its files lie in the archive already."""
    planned = ready.planned
    agency_id = bringing.agencies[planned.series_id]
    content = Content(
        type=planned.type,
        title=planned.title,
        body=ready.text,
        addressees=planned.addressees,
        agency=name_of(session, agency_id, planned.dated).short,
    )
    entry = _free_entry(session, planned)
    number = format_number(planned.agency_code, planned.year, planned.serial)
    stored = [archive.put(session, data) for data in ready.files]
    row = _row(bringing, planned, content, at)
    row |= {"agency_id": agency_id, "number": number if entry else None}
    row |= {"frozen_sha256": stored[0] if stored else None}
    document_id = int(_BEGIN.first(session, row).id)
    blank = dict.fromkeys(column.name for column in _documents.columns)
    work = Work(session, bringing.person, {**blank, **row, "id": document_id}, at, OfficeDirectory(session))
    work.details = _details(bringing, planned, number if entry else None, stored)
    revisions.store(work, content, "draft", "")
    work.record(IMPORT, "", row["state"], post=bringing.post)
    work.save()
    _put_down(session, bringing, planned, document_id, stored, at, duplicate=entry is None)
    if entry is not None:
        day = planned.printed_on or planned.dated
        _USE.run(session, {"entry": entry, "document": document_id, "by": bringing.person.id, "day": day})
    search.add(session, document_id, f"{number} {planned.written}", content)


def _free_entry(session: Session, planned: Planned) -> int | None:
    """Return the register's row for a document's number; None where another document has that."""
    which = {"series": planned.series_id, "of_year": planned.year, "of_serial": planned.serial}
    row = _ENTRY.first(session, which)
    return row.id if row and row.state in FREE and not planned.duplicate else None


def _row(bringing: Bringing, planned: Planned, content: Content, at: str) -> dict[str, Any]:
    issued_on = planned.printed_on or planned.dated
    return {
        "public_id": secrets.token_hex(8),
        "kind": KIND,
        "origin": "imported",
        "procedure_hash": here().procedures[KIND].hash,
        "state": "archived" if planned.archival_code else "issued",
        "version": 0,
        "drafter_id": bringing.person.id,
        "unit_id": bringing.unit_id,
        "created_at": at,
        "updated_at": at,
        "submitted_at": at,
        "issued_at": stamp(datetime.combine(issued_on, time(), SHANGHAI)),
        "revision": 1,
        "round": 1,
        "passed": [],
        "countersigners": [],
        "asked_signers": [],
        "last_action": IMPORT,
        "last_actor_id": bringing.person.id,
        "correction": "",
        "dated": planned.dated,
        "printed_on": planned.printed_on,
        "copies": planned.copies,
        "distribution": "",
        "restricted": False,
        "archival_code": planned.archival_code,
        "retention": retention_of(planned.archival_code),
        "movements": 0,
        **revisions.listed(content),
    }


def _details(
    bringing: Bringing, planned: Planned, number: str | None, stored: Sequence[str]
) -> dict[str, Any]:
    """Return what the movement keeps of the register's row and of the files."""
    known: dict[str, Any] = {
        "number": number,
        "written": planned.written,
        "signatory": planned.signatory,
        "dated": planned.dated.isoformat(),
        "printed_on": planned.printed_on.isoformat() if planned.printed_on else None,
        "archival_code": planned.archival_code,
        "row": planned.row,
        "workbook": bringing.workbook,
        "file": stored[0] if stored else None,
        "beside": list(stored[1:]),
    }
    return {name: value for name, value in known.items() if value not in (None, "", [])}


def _put_down(
    session: Session,
    bringing: Bringing,
    planned: Planned,
    document_id: int,
    stored: Sequence[str],
    at: str,
    *,
    duplicate: bool,
) -> None:
    record = {
        "document_id": document_id,
        "import_id": bringing.import_id,
        "row": planned.row,
        "written_number": planned.written,
        "agency_code": planned.agency_code,
        "year": planned.year,
        "serial": planned.serial,
        "duplicate": duplicate,
        "signatory": planned.signatory,
        "addressees": planned.addressees,
        "source": planned.files[0].name[-200:] if planned.files else "",
    }
    _RECORD.run(session, record)
    for taken, sha256 in zip(planned.files, stored, strict=True):
        file = {"format": taken.kind, "sha256": sha256, "made_from": stored[0], "at": at}
        _FILE.run(session, {"document_id": document_id, **file})
