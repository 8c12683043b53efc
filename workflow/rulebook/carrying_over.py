"""Let documents under way go on by the newest version of their procedure, as far as each can."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.procedure import Procedure
from states.reasons import Label, Reason

from ..arriving import share
from ..clock import stamp
from ..directory import OfficeDirectory
from ..errors import NotReady
from ..installation import here, read_tx, write_tx
from ..models import Document, Movement, table
from ..movements import CARRY_OVER
from ..office.administrator import administrator
from ..opinions import OWN_ACTS
from ..tasks import at_stage
from ..work import case_of, take_up

_documents = table(Document)
_TURNS = ("sign_off", "take_number", "freeze_file")
"""Effects that part the line: a document must stand on the same side of each in both versions."""


@dataclass(frozen=True)
class Candidate:
    """A document under way on an earlier version, and why it cannot go on by the newest one."""

    id: str
    title: str
    state: str
    reasons: tuple[Reason, ...]


def candidates(kind: str) -> list[Candidate]:
    """Return every document of a kind that is under way on an earlier version."""
    new = here().procedures[kind]
    with read_tx() as session:
        rows = session.execute(
            select(_documents)
            .where(_documents.c.kind == kind, _documents.c.procedure_hash != new.hash)
            .where(_documents.c.origin == "here")
            .order_by(_documents.c.id)
        ).all()
        under_way = [row._asdict() for row in rows if not _is_over(row._asdict())]
        return [
            Candidate(row["public_id"], row["title"], row["state"], tuple(_why_not(session, row, new)))
            for row in under_way
        ]


def carry_over(actor_id: int, public_id: str) -> None:
    """Move one document to the newest version of its procedure; who holds it is asked anew.

    Raises NotFound, NotAllowed (only the administrator does it), NotReady with every reason.
    """
    with write_tx() as session:
        person = administrator(session, actor_id)
        work = take_up(session, person, public_id, stamp())
        old, new = work.procedure, here().procedures[work.document["kind"]]
        if old.hash == new.hash:
            return
        if reasons := tuple(_why_not(session, work.document, new)):
            raise NotReady(reasons)
        known = [name for name in work.document["passed"] if name in new.stages]
        work.set(procedure_hash=new.hash, passed=known)
        work.details = {"from": old.hash, "to": new.hash}
        state = work.document["state"]
        work.record(CARRY_OVER, state, state, post=person.title())
        share(work, person.title())
        work.save()


def _is_over(document: Mapping[str, Any]) -> bool:
    return here().versions[document["procedure_hash"]].stages[document["state"]].final


def _why_not(session: Session, document: Mapping[str, Any], new: Procedure) -> Iterator[Reason]:
    old = here().versions[document["procedure_hash"]]
    label = old.stages[document["state"]].label
    if old.stages[document["state"]].final:
        yield Reason("The document is no longer under way")
        return
    if document["state"] not in new.stages:
        yield Reason("The new procedure has no stage %(stage)s", {"stage": label})
        return
    if (resumes := document["resume_at"]) is not None and resumes not in new.stages:
        yield Reason(
            "It is to resume at %(stage)s, which the new procedure has not",
            {"stage": old.stages[resumes].label},
        )
    for effect in _TURNS:
        if _is_behind(old, document["state"], effect) != _is_behind(new, document["state"], effect):
            turn = {"stage": label, "turn": _turn(old, effect) or _turn(new, effect) or label}
            yield Reason("In the new procedure %(stage)s stands on the other side of %(turn)s", turn)
    yield from _unknown_acts(session, document, old, new)
    if not _would_hold(session, document, new):
        yield Reason("By the new procedure nobody would have it at %(stage)s", {"stage": label})


def _is_behind(procedure: Procedure, state: str, effect: str) -> bool:
    """Tell whether a stage comes after the one where something is brought about."""
    passed = takewhile(lambda stage: stage.name != state, procedure.line)
    return _turn(procedure, effect) in [stage.label for stage in passed]


def _turn(procedure: Procedure, effect: str) -> Label | None:
    """Return the stage where something is brought about."""
    names = (step.stages[0] for step in procedure.steps if effect in step.effects)
    return next((procedure.stages[name].label for name in names), None)


def _unknown_acts(
    session: Session, document: Mapping[str, Any], old: Procedure, new: Procedure
) -> Iterator[Reason]:
    """Yield a reason for each act on record that the new version could not name any more."""
    acts = session.execute(
        select(Movement.source, Movement.action)
        .where(Movement.document_id == document["id"], Movement.action.not_in(OWN_ACTS))
        .distinct()
    )
    known = {(stage, step.action) for step in new.steps for stage in step.stages}
    for source, action in sorted(tuple(act) for act in acts):
        if (source, action) not in known:
            words = {"act": old.step(source, action).label, "stage": old.stages[source].label}
            yield Reason(
                "Its record has %(act)s at the stage %(stage)s, which the new procedure has not", words
            )


def _would_hold(session: Session, document: Mapping[str, Any], new: Procedure) -> tuple[int, ...]:
    here_now = at_stage(session, document["id"], document["state"], document["round"])
    case = case_of(OfficeDirectory(session), document, None, here_now)
    return new.holders(case)
