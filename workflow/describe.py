"""Describe one document for one person: what it is, what they may do with it, what happened to it."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.sheet import Content
from states.case import Case
from states.errors import NotReady
from states.outcomes import Offer
from states.procedure import Procedure
from states.reasons import Label, Reason
from states.step import Step

from . import tasks
from .applications.sight import shown
from .contents import APPLICATION
from .directory import OfficeDirectory, Person
from .errors import NotFound
from .installation import here
from .kinds import kind_of
from .models import Document, DocumentFile, Movement, Revision, StoredFile, User, table
from .points.given import Point, points_of
from .proposals import propose
from .visibility import seen_by, visible_to
from .work import case_of, load_content

_documents = table(Document)


@dataclass(frozen=True)
class Action:
    """A step of the present stage as it stands for one person."""

    name: str
    label: Label
    direction: str
    allowed: bool
    reasons: tuple[Reason, ...]
    step: Step
    provided: Mapping[str, Any]

    def inputs(self, language: str) -> dict[str, Any]:
        """Return the JSON Schema of what the step asks for."""
        return self.step.schema(self.provided, language)


@dataclass(frozen=True)
class Description:
    """A document as one person sees it."""

    id: str
    document: Mapping[str, Any]  # the row
    content: Content
    procedure: Procedure
    case: Case
    actions: Sequence[Action]
    may_not_edit: tuple[Reason, ...]  # empty when the person may change the text now
    files: Sequence[Mapping[str, Any]]  # format, sha256, size
    points: Sequence[Point]  # of every return (退回), what was asked and what was answered

    @property
    def state_label(self) -> Label:
        return self.procedure.stages[self.case.state].label

    @property
    def edit(self) -> str:
        """Say how the text is changed at this stage: none, free, in_place or declared."""
        return self.procedure.stages[self.case.state].edit


def find(session: Session, person: Person, public_id: str, *, every_kind: bool = False) -> Mapping[str, Any]:
    """Return a document's row; raises NotFound when there is none that this person may see.

    Applications are found only where `every_kind` is asked for.
    """
    seen = (seen_by if every_kind else visible_to)(person)
    row = session.execute(select(*_documents.c).where(_documents.c.public_id == public_id, seen)).first()
    if row is None:
        raise NotFound
    return dict(row._mapping)


def describe(session: Session, person: Person, public_id: str, *, every_kind: bool = False) -> Description:
    """Describe a document; raises NotFound when it is not to be seen by this person."""
    row = find(session, person, public_id, every_kind=every_kind)
    procedure = here().versions[row["procedure_hash"]]
    content = load_content(session, row["id"], row["revision"], row["kind"])
    problems: tuple[Reason, ...] = ()
    if row["signed_sha256"] is None and row["origin"] == "here":
        problems = kind_of(row["kind"]).problems(session, row, content)
    here_now = tasks.at_stage(session, row["id"], row["state"], row["round"])
    case = case_of(OfficeDirectory(session), row, person.id, here_now, problems)
    return Description(
        id=public_id,
        document=row,
        content=content,
        procedure=procedure,
        case=case,
        actions=[_action(session, procedure, offer, case, row) for offer in procedure.offers(case)],
        may_not_edit=procedure.may_edit(case),
        files=files(session, row),
        points=points_of(session, row["id"]) if row["open_points"] is not None else (),
    )


def _action(
    session: Session, procedure: Procedure, offer: Offer, case: Case, row: Mapping[str, Any]
) -> Action:
    """Return a step as it stands; one for which nothing can be proposed is not allowed, and says why."""
    step, allowed, reasons = offer.step, offer.allowed, offer.reasons
    try:
        provided = propose(session, procedure, step, case, row)
    except NotReady as refusal:
        provided = defaultdict(dict, procedure.provided(case))
        allowed, reasons = False, (*reasons, *refusal.reasons)
    return Action(step.action, step.label, step.direction, allowed, reasons, step, provided)


def files(session: Session, row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the files of a document as it is frozen now, the latest of each format: none before 送印."""
    if row["frozen_sha256"] is None:
        return []
    found = session.execute(
        select(DocumentFile.format, DocumentFile.sha256, StoredFile.size)
        .join(StoredFile, StoredFile.sha256 == DocumentFile.sha256)
        .where(DocumentFile.document_id == row["id"], DocumentFile.made_from == row["frozen_sha256"])
        .order_by(DocumentFile.id)
    )
    return list({file.format: dict(file._mapping) for file in found}.values())


@dataclass(frozen=True)
class Passage:
    """A movement as the timeline shows it."""

    at: str
    actor: str
    name: str
    post: str
    on_behalf_of: str | None
    action: str
    source: str
    dest: str
    comment: str
    content_sha256: str
    details: Mapping[str, Any]
    prev: str | None
    hash: str
    position: int


def movements(session: Session, document_id: int) -> list[Passage]:
    """Return a document's movements, first to last, as they were recorded."""
    rows = session.execute(
        select(Movement.canonical, Movement.hash, Movement.position)
        .where(Movement.document_id == document_id)
        .order_by(Movement.seq)
    )
    return [_passage(json.loads(row.canonical), row.hash, row.position) for row in rows]


def readable(person: Person, row: Mapping[str, Any], passages: list[Passage]) -> list[Passage]:
    """Return a document's movements as a person may read them."""
    return shown(person, passages) if row["kind"] == APPLICATION else passages


def _passage(record: Mapping[str, Any], record_hash: str, position: int) -> Passage:
    return Passage(
        at=record["at"],
        actor=record["actor"],
        name=record["name"],
        post=record["post"],
        on_behalf_of=record["on_behalf_of"],
        action=record["action"],
        source=record["from"],
        dest=record["to"],
        comment=record["comment"],
        content_sha256=record["content_sha256"],
        details=record["details"],
        prev=record["prev"],
        hash=record_hash,
        position=position,
    )


def revisions(session: Session, document_id: int) -> list[dict[str, Any]]:
    """Return every version of a document's content, first to last."""
    rows = session.execute(
        select(
            Revision.n,
            Revision.at,
            User.username.label("author"),
            User.name.label("author_name"),
            Revision.stage,
            Revision.kind,
            Revision.reason,
            Revision.content_sha256,
            Revision.content,
        )
        .join(User, User.id == Revision.author_id)
        .where(Revision.document_id == document_id)
        .order_by(Revision.n)
    )
    return [{**row._mapping, "content": json.loads(row.content)} for row in rows]
