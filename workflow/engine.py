"""The verbs that write: draft, revise, advance. Each owns its transaction; there is no other door."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from states.errors import NotAllowed, NotReady
from states.reasons import Reason
from states.stage import Stage

from . import answers, declared, entering, moves, notices, referred, revisions, undoing
from .answers import Once
from .clock import stamp
from .directory import OfficeDirectory, Person
from .entered import clean_entry
from .entering import Entered
from .installation import here, write_tx
from .kinds import kind_of
from .models import Document, table
from .work import Work, load_person, open_work

_documents = table(Document)
_BEGIN = _documents.insert().returning(_documents.c.id)


@dataclass(frozen=True)
class Done:
    """What a verb did: the document it concerns, and the answer kept for a repeated request."""

    document: str
    answer: Mapping[str, Any]


def draft(
    actor_id: int, kind: str, data: Mapping[str, Any], *, base: str = "", once: Once | None = None
) -> Done:
    """Begin a document of a kind with its first content, perhaps with another document's as its base.

    Raises ContentError, NotAllowed (only people of the office draft, only units apply), NotReady (unknown
    kind or agency, outside a campaign's hours).
    """
    with write_tx() as session:
        request = {"verb": "draft", "kind": kind, "content": dict(data)}
        if (first := _claim(session, actor_id, once, request)) is not None:
            return first
        work = draft_in(session, load_person(session, actor_id), kind, data, base=base)
        return _keep(session, actor_id, once, work.document["public_id"])


def draft_in(
    session: Session,
    person: Person,
    kind: str,
    data: Mapping[str, Any],
    *,
    base: str = "",
    hand: Person | None = None,
    came_from: str = "",
) -> Work:
    """Begin a document in the transaction of an act that writes more beside it; raises as `draft` does.

    hand: who brings it in for the person whose document it becomes; came_from: from where.
    """
    of_kind = kind_of(kind)
    home = of_kind.home(person)
    procedure = here().procedures.get(kind)
    if procedure is None:
        raise NotReady([Reason("There is no kind of document %(kind)s", {"kind": kind})])
    content, agency_id = of_kind.settle(session, person, data, None)
    owners = of_kind.owners(session, person, None)
    referred.refuse_strangers(session, person, content, owners=owners, base=base)
    at = stamp()
    row = {
        "public_id": secrets.token_hex(8),
        "kind": kind,
        "origin": "here",
        "procedure_hash": procedure.hash,
        "state": procedure.start,
        "version": 0,
        "drafter_id": person.id,
        "unit_id": home.unit_id,
        "agency_id": agency_id,
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
        **revisions.listed(content),
    }
    added = session.connection().execute(_BEGIN, row)
    blank = dict.fromkeys(column.name for column in _documents.columns)
    document = {**blank, **row, "id": added.scalar_one()}
    work = Work(session, person, document, at, OfficeDirectory(session))
    if came_from:
        work.details["brought_in"] = {"from": came_from}
        if hand is not None and hand.id != person.id:
            work.hand = hand
            work.details["brought_in"]["for"] = person.username
    of_kind.add_row(work, content)
    revisions.store(work, content, "draft", "")
    work.record("draft", "", procedure.start, post=home.title)
    moves.arrive(work, home.title)
    work.save()
    return work


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
        person = load_person(session, actor_id)
        work = open_work(session, person, public_id, version, stamp(), every_kind=True)
        case = work.case()
        if refusal := work.procedure.may_edit(case):
            raise NotAllowed(refusal)
        moves.acting_for(work, case, work.procedure.held_for(case)[actor_id])
        of_kind = kind_of(work.document["kind"])
        content, agency_id = of_kind.settle(session, work.person, data, work.document)
        reason = clean_entry(reason)
        if content.sha256() != work.document["content_sha256"]:
            owners = of_kind.owners(session, work.person, work.document)
            document = work.document
            referred.refuse_strangers(session, work.person, content, owners=owners, document=document)
            of_kind.fits(work, content, agency_id)
            stage = work.procedure.stages[case.state]
            if stage.edit == "declared":
                declared.check(work, content, change, reason)
            work.set(agency_id=agency_id)
            kind = {"free": "draft", "in_place": "in_place"}.get(stage.edit) or str(change)
            revisions.revise(work, content, kind, reason)
            if stage.edit == "declared":
                declared.settle(work, str(change), reason)
            elif stage.edit == "in_place":
                moves.stay(work, case, "revise", reason)
                _tell_the_drafter(work, stage)
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
    entered: Entered | None = None,
) -> Done:
    """Take a step; `inputs` holds what it asks for and the comment, people by their user names.

    `entered` says how it came in when it is another's step that the office clerk enters (代录).
    Raises NotFound, Stale, NoSuchStep, NotAllowed, NotReady (all reasons at once).
    """
    inputs = inputs or {}
    if entered is not None:
        entered = entering.stored(actor_id, entered)
    with write_tx() as session:
        request = {"verb": "advance", "document": public_id, "action": action, "inputs": dict(inputs)}
        if entered is not None:
            request["entered"] = entered.request()
        if (first := _claim(session, actor_id, once, request)) is not None:
            return first
        person = load_person(session, actor_id)
        work = open_work(session, person, public_id, version, stamp(), every_kind=True)
        if entered is None:
            seq = work.document["movements"] + 1
            moves.take(work, action, inputs)
            undoing.remember(work, seq)
        else:
            entering.take(work, action, inputs, entered)
        work.save()
        return _keep(session, actor_id, once, public_id)


def _tell_the_drafter(work: Work, stage: Stage) -> None:
    if work.person.id != work.document["drafter_id"]:
        notices.tell(
            work.session,
            work.document["drafter_id"],
            work.id,
            work.at,
            "%(name)s changed the text at the stage %(stage)s",
            {"name": work.person.name, "stage": stage.label},
        )


def _claim(session: Session, actor_id: int, once: Once | None, request: Mapping[str, Any]) -> Done | None:
    if once is None:
        return None
    first = answers.claim(session, actor_id, once, request)
    return None if first is None else Done(str(first["id"]), first)


def _keep(session: Session, actor_id: int, once: Once | None, document: str) -> Done:
    if once is None:
        return Done(document, {"id": document})
    return Done(document, answers.keep(session, actor_id, once, document))
