"""Hold one document open for one person within one write transaction."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from docgen.errors import DocgenError
from docgen.render import render
from docgen.sheet import Content, Particulars, read_content
from states.case import Case
from states.procedure import Procedure
from states.reasons import Reason

from . import movements, tasks
from .agencies import particulars
from .directory import OfficeDirectory, Person, find_person
from .errors import NotFound, Stale
from .installation import here
from .models import Agency, Document, Revision, table
from .visibility import visible_to

_documents = table(Document)
_revisions = table(Revision)


@dataclass
class Work:
    """A document's row as it stands and as it is about to be, and the one who works on it."""

    session: Session
    person: Person
    document: dict[str, Any]
    at: str
    directory: OfficeDirectory
    details: dict[str, Any] = field(default_factory=dict)  # what the movement keeps besides its columns
    changed: set[str] = field(default_factory=set)

    def set(self, **values: Any) -> None:
        self.document.update(values)
        self.changed.update(values)

    @property
    def id(self) -> int:
        return self.document["id"]

    @property
    def procedure(self) -> Procedure:
        return here().versions[self.document["procedure_hash"]]

    def content(self) -> Content:
        return load_content(self.session, self.id, self.document["revision"])

    def particulars(self) -> Particulars:
        """Return what the system would print on the document as it stands in this work."""
        agency = self.session.get_one(Agency, self.document["agency_id"])
        return particulars(self.session, self.document, agency)

    def record(self, action: str, source: str, dest: str, *, comment: str = "", post: str = "") -> None:
        """Append a movement."""
        seq = self.document["movements"] + 1
        record = {
            "document": self.document["public_id"],
            "seq": seq,
            "at": self.at,
            "actor": self.person.username,
            "name": self.person.name,
            "post": post,
            "on_behalf_of": None,
            "action": action,
            "from": source,
            "to": dest,
            "comment": comment,
            "content_sha256": self.document["content_sha256"],
            "details": self.details,
            "prev": self.document["last_hash"],
        }
        record_hash = movements.append(self.session, self.id, self.person.id, record)
        self.set(movements=seq, last_hash=record_hash)

    def save(self) -> None:
        """Write what was set, and raise the version."""
        version = self.document["version"]
        values = {name: self.document[name] for name in self.changed}
        written = self.session.connection().execute(
            update(_documents)
            .where(_documents.c.id == self.id, _documents.c.version == version)
            .values(**values, version=version + 1, updated_at=self.at)
        )
        if written.rowcount != 1:
            raise Stale(version)
        self.document["version"] = version + 1


def open_work(session: Session, person: Person, public_id: str, version: int, at: str) -> Work:
    """Lock a document for a step; raises NotFound when it is not to be seen, Stale when it moved on."""
    row = (
        session.connection()
        .execute(select(_documents).where(_documents.c.public_id == public_id).with_for_update())
        .first()
    )
    if row is None or not _sees(session, person, row):
        raise NotFound
    if row.version != version:
        raise Stale(row.version)
    return Work(session, person, dict(row._mapping), at, OfficeDirectory(session))


def _sees(session: Session, person: Person, row: Row[Any]) -> bool:
    if row.drafter_id == person.id and person.in_office:
        return True
    return (
        session.execute(select(Document.id).where(Document.id == row.id, visible_to(person))).first()
        is not None
    )


def load_person(session: Session, user_id: int) -> Person:
    """Return the one who acts; raises NotFound when the account is closed."""
    person = find_person(session, user_id)
    if person is None or not person.active:
        raise NotFound
    return person


def load_content(session: Session, document_id: int, revision: int) -> Content:
    """Return the content of one revision."""
    text = (
        session.connection()
        .execute(
            select(_revisions.c.content).where(
                _revisions.c.document_id == document_id, _revisions.c.n == revision
            )
        )
        .scalar_one()
    )
    return read_content(json.loads(text))


def case_of(
    session: Session,
    directory: OfficeDirectory,
    document: Mapping[str, Any],
    actor: int | None,
    inputs: Mapping[str, Any] | None = None,
    problems: tuple[Reason, ...] = (),
) -> Case:
    """Return a document as its procedure's rules see it."""
    here_now = tasks.at_stage(session, document["id"], document["state"], document["round"])
    return Case(
        state=document["state"],
        drafter=document["drafter_id"],
        unit=document["unit_id"],
        directory=directory,
        actor=actor,
        inputs=inputs or {},
        type=document["type"],
        urgency=document["urgency"],
        seal=document["seal"],
        countersigners=tuple(document["countersigners"]),
        consented=frozenset(task.user_id for task in here_now if task.outcome == "done"),
        asked_signers=tuple(document["asked_signers"]),
        passed=tuple(document["passed"]),
        resume_at=document["resume_at"],
        opened=any(task.opened_at for task in here_now if task.outcome is None),
        last_action=document["last_action"],
        last_actor=document["last_actor_id"],
        signed=document["signed_sha256"] is not None,
        changed_since_signing=document["content_sha256"] != document["signed_sha256"],
        undeclared_changes=document["content_sha256"] != document["vouched_sha256"],
        correction=document["correction"],
        numbered=document["number"] is not None,
        frozen=document["frozen_sha256"] is not None,
        problems=problems,
    )


@lru_cache(maxsize=512)
def layout_problems(content: Content, extra: Particulars) -> tuple[Reason, ...]:
    """Lay the document out on trial and return why that fails, so that nothing can fail at issuance."""
    try:
        render(content, extra)
    except DocgenError as error:
        return (Reason("The document cannot be laid out: %(why)s", {"why": str(error)}),)
    return ()
