"""Bind to a document what came back with the seal: the scan of its paper, or a file sealed elsewhere."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from states.errors import NotAllowed, NotReady
from states.procedure import Procedure
from states.reasons import Reason

from . import answers, moves, scans
from .answers import Once
from .clock import stamp
from .directory import OFFICE_CLERK, Person
from .entered import clean_entry
from .installation import read_tx, write_tx
from .models import DocumentFile, table
from .proposals import stage_of
from .work import load_person, open_work

BIND = "bind_sealed"
FORMAT = "sealed"
LONGEST_NAME = 200

_files = table(DocumentFile)


def bind(
    actor_id: int, public_id: str, version: int, name: str, data: bytes, *, once: Once | None = None
) -> None:
    """Bind a sealed file to the document that was printed; a later one counts instead, and both stay.

    Raises NotFound, Stale, NotAllowed (registrars and clerks bind), NotReady (all reasons at once).
    """
    with read_tx() as session:
        _refuse_others(load_person(session, actor_id))
    name = clean_entry(name, limit=LONGEST_NAME, lines=False)
    unfit = scans.why_not(data, scans.SEALED)
    sha256 = "" if unfit else scans.keep(data)
    request = {"verb": BIND, "document": public_id, "file": sha256, "name": name}
    with write_tx() as session:
        if once is not None and answers.claim(session, actor_id, once, request) is not None:
            return
        work = open_work(session, load_person(session, actor_id), public_id, version, stamp())
        _refuse_others(work.person)
        known = select(DocumentFile.id).where(
            DocumentFile.document_id == work.id, DocumentFile.format == FORMAT, DocumentFile.sha256 == sha256
        )
        if session.execute(known).first() is not None:
            unfit.append(Reason("This very file is bound already"))
        if reasons := (*refusals(work.procedure, work.document), *unfit):
            raise NotReady(reasons)
        row = {
            "document_id": work.id,
            "format": FORMAT,
            "sha256": sha256,
            "made_from": work.document["frozen_sha256"],
            "at": work.at,
        }
        session.connection().execute(_files.insert().values(row))
        work.set(scanned_of=work.document["frozen_sha256"])
        work.details = {"sealed": sha256, "name": name}
        moves.stay(work, work.case(), BIND, "")
        work.save()
        if once is not None:
            answers.keep(session, actor_id, once, public_id)


def may_bind(person: Person) -> bool:
    return person.holds("registrar", OFFICE_CLERK)


def refusals(procedure: Procedure, document: Mapping[str, Any]) -> tuple[Reason, ...]:
    """Return why nothing that is sealed can belong to a document as it stands."""
    if not document["seal"]:
        return (Reason("The document is issued without a seal"),)
    line = [stage.name for stage in procedure.line]
    printed = line.index(stage_of(procedure, "freeze_file"))
    if document["frozen_sha256"] is None or document["state"] not in line[printed + 1 :]:
        return (Reason("A sealed file comes back only after the document is printed"),)
    return ()


def _refuse_others(person: Person) -> None:
    if not may_bind(person):
        raise NotAllowed([Reason("Only registrars and office clerks bind what came back with the seal")])
