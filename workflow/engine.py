"""The verbs that write: draft, revise, advance. Each owns its transaction; there is no other door."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from docgen.errors import Problem
from docgen.sheet import Content, read_content
from states.errors import NotAllowed, NotReady
from states.reasons import Reason

from . import answers, declared, moves
from .agencies import find_agency, name_of
from .answers import Once
from .clock import stamp, today
from .directory import OfficeDirectory, Person
from .entered import clean_entry
from .errors import ContentError
from .installation import here, write_tx
from .models import Agency, Document, Revision, table
from .work import Work, load_person, open_work

_documents = table(Document)
_revisions = table(Revision)
_BEGIN = _documents.insert().returning(_documents.c.id)
_KEEP = _revisions.insert()


@dataclass(frozen=True)
class Done:
    """What a verb did: the document it concerns, and the answer kept for a repeated request."""

    document: str
    answer: Mapping[str, Any]


def draft(actor_id: int, kind: str, data: Mapping[str, Any], *, once: Once | None = None) -> Done:
    """Begin a document of a kind with its first content.

    Raises ContentError, NotAllowed (only people of the office draft), NotReady (unknown kind or agency).
    """
    with write_tx() as session:
        request = {"verb": "draft", "kind": kind, "content": dict(data)}
        if (first := _claim(session, actor_id, once, request)) is not None:
            return first
        person = load_person(session, actor_id)
        if person.home is None:
            raise NotAllowed([Reason("Only people of the office draft documents")])
        procedure = here().procedures.get(kind)
        if procedure is None:
            raise NotReady([Reason("There is no kind of document %(kind)s", {"kind": kind})])
        content, agency = _settle_agency(session, person, read_content(data))
        at = stamp()
        row = {
            "public_id": secrets.token_hex(8),
            "kind": kind,
            "procedure_hash": procedure.hash,
            "state": procedure.start,
            "version": 0,
            "drafter_id": person.id,
            "unit_id": person.home.unit_id,
            "agency_id": agency.id,
            "created_at": at,
            "updated_at": at,
            "revision": 1,
            "round": 1,
            "passed": [],
            "countersigners": [],
            "asked_signers": [],
            "correction": "",
            "distribution": "",
            "restricted": False,
            "movements": 0,
            **_listed(content),
        }
        added = session.connection().execute(_BEGIN, row)
        blank = dict.fromkeys(column.name for column in _documents.columns)
        document = {**blank, **row, "id": added.scalar_one()}
        work = Work(session, person, document, at, OfficeDirectory(session))
        _store_revision(work, content, "draft", "")
        work.record("draft", "", procedure.start, post=person.home.title)
        moves.arrive(work, person.home.title)
        work.save()
        return _keep(session, actor_id, once, document["public_id"])


def revise(
    actor_id: int,
    public_id: str,
    version: int,
    data: Mapping[str, Any],
    *,
    change: str | None = None,
    reason: str = "",
    once: Once | None = None,
) -> Done:
    """Change a document's text at its present stage; the same text again changes nothing.

    After sign-off `change` says of which kind it is: layout, wording or substance; the last sends the
    document back to the signatory. Raises NotFound, Stale, NotAllowed, NotReady, ContentError.
    """
    with write_tx() as session:
        request = {
            "verb": "revise",
            "document": public_id,
            "content": dict(data),
            "change": change,
            "reason": reason,
        }
        if (first := _claim(session, actor_id, once, request)) is not None:
            return first
        work = open_work(session, load_person(session, actor_id), public_id, version, stamp())
        case = work.case()
        if refusal := work.procedure.may_edit(case):
            raise NotAllowed(refusal)
        content, agency = _settle_agency(session, work.person, read_content(data))
        reason = clean_entry(reason)
        if content.sha256() != work.document["content_sha256"]:
            stage = work.procedure.stages[case.state]
            if stage.edit == "declared":
                declared.check(work, content, change, reason)
            work.set(agency_id=agency.id)
            kind = {"free": "draft", "in_place": "in_place"}.get(stage.edit) or str(change)
            _revise(work, content, kind, reason)
            if stage.edit == "declared":
                declared.settle(work, str(change), reason)
            elif stage.edit == "in_place":
                moves.stay(work, case, "revise", reason)
            work.save()
        return _keep(session, actor_id, once, public_id)


def advance(
    actor_id: int,
    public_id: str,
    action: str,
    version: int,
    inputs: Mapping[str, Any] | None = None,
    *,
    once: Once | None = None,
) -> Done:
    """Take a step; `inputs` holds what it asks for and the comment, people by their user names.

    Raises NotFound, Stale, NoSuchStep, NotAllowed, NotReady (all reasons at once).
    """
    inputs = inputs or {}
    with write_tx() as session:
        request = {"verb": "advance", "document": public_id, "action": action, "inputs": dict(inputs)}
        if (first := _claim(session, actor_id, once, request)) is not None:
            return first
        work = open_work(session, load_person(session, actor_id), public_id, version, stamp())
        moves.take(work, action, inputs)
        work.save()
        return _keep(session, actor_id, once, public_id)


def _claim(session: Session, actor_id: int, once: Once | None, request: Mapping[str, Any]) -> Done | None:
    if once is None:
        return None
    first = answers.claim(session, actor_id, once, request)
    return None if first is None else Done(str(first["id"]), first)


def _keep(session: Session, actor_id: int, once: Once | None, document: str) -> Done:
    if once is None:
        return Done(document, {"id": document})
    return Done(document, answers.keep(session, actor_id, once, document))


def _settle_agency(session: Session, person: Person, content: Content) -> tuple[Content, Agency]:
    """Name the agency and say whether it seals, where the drafter left that open."""
    if content.agency:
        agency = find_agency(session, content.agency, today())
        if agency is None:
            raise ContentError([Problem("agency", "There is no agency %(name)s.", {"name": content.agency})])
    else:
        agency = session.get_one(Agency, person.home.agency_id)  # type: ignore[union-attr]
    seal = agency.seal if content.seal is None else content.seal
    return replace(content, agency=name_of(session, agency.id, today()).short, seal=seal), agency


def _listed(content: Content) -> dict[str, Any]:
    """Return what lists show of a content."""
    return {
        "type": content.type,
        "title": content.title,
        "urgency": content.urgency,
        "seal": bool(content.seal),
        "content_sha256": content.sha256(),
    }


def _revise(work: Work, content: Content, kind: str, reason: str) -> None:
    work.set(revision=work.document["revision"] + 1, **_listed(content))
    _store_revision(work, content, kind, reason)


def _store_revision(work: Work, content: Content, kind: str, reason: str) -> None:
    row = {
        "document_id": work.id,
        "n": work.document["revision"],
        "content": content.canonical(),
        "content_sha256": work.document["content_sha256"],
        "author_id": work.person.id,
        "at": work.at,
        "stage": work.document["state"],
        "kind": kind,
        "reason": reason,
    }
    work.session.connection().execute(_KEEP, row)
