"""Let documents under way follow the posts: who holds a stage now has them, who no longer does has not."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from states.stage import Stage

from .. import tasks
from ..applications.facts import APPLICANT, RECOMMENDER
from ..clock import stamp
from ..directory import LEADER_IN_CHARGE, UNIT_HEAD, OfficeDirectory
from ..installation import here
from ..models import Document, Task, table
from ..work import case_of

_documents = table(Document)
_tasks = table(Task)
_AT_THEIR_STAGES = (
    select(_tasks)
    .join(_documents, _documents.c.id == _tasks.c.document_id)
    .where(_tasks.c.stage == _documents.c.state, _tasks.c.round == _documents.c.round)
    .order_by(_tasks.c.id)
)
_POST_OF = {
    "head_of": UNIT_HEAD,
    "chosen_by_drafter": UNIT_HEAD,
    "leader_in_charge": LEADER_IN_CHARGE,
    "applicant": APPLICANT,
    "recommender": RECOMMENDER,
}


def follow(session: Session, user_id: int, code: str) -> None:
    """After a person took or left a post of that code, or a leader's charge, hand on what this changes."""
    directory, at = OfficeDirectory(session), stamp()
    for row, of_this in _locked(session, _concerned(user_id, code)):
        case = case_of(directory, row._asdict(), None, of_this)
        holders = here().versions[row.procedure_hash].held_for(case)
        has_it = {task.user_id for task in of_this if task.outcome is None}
        if holders and not has_it.issubset(holders):
            tasks.share(session, row.id, row.state, row.round, of_this, holders, at)
        elif user_id in holders and user_id not in has_it:
            new = {one: for_ for one, for_ in holders.items() if user_id in (one, for_) and one not in has_it}
            tasks.arm(session, row.id, row.state, row.round, new, at, tasks.due_there(of_this))


def follow_delegation(session: Session, principal_id: int) -> None:
    """Let what waits for somebody be with those to whom they delegate it now (委托), and with nobody else.

    Whoever has it in their own right keeps it.
    """
    directory, at = OfficeDirectory(session), stamp()
    theirs = select(_tasks.c.document_id).where(
        or_(_tasks.c.user_id == principal_id, _tasks.c.for_id == principal_id), _tasks.c.closed_at.is_(None)
    )
    for row, of_this in _locked(session, _documents.c.id.in_(theirs)):
        case = case_of(directory, row._asdict(), None, of_this)
        held = here().versions[row.procedure_hash].held_for(case)
        have_it = [task.user_id for task in of_this if task.outcome is None and task.for_id is None]
        own = [person for person in have_it if held.get(person) is None]
        now = dict.fromkeys(own) | {one: for_ for one, for_ in held.items() if for_ in own}
        tasks.share(session, row.id, row.state, row.round, of_this, now, at)


def follow_rule(session: Session, documents: Collection[int]) -> None:
    """Let documents be with just those whom their stage names now: who is assigned to judge has changed."""
    directory, at = OfficeDirectory(session), stamp()
    for row, of_this in _locked(session, _documents.c.id.in_(documents)):
        case = case_of(directory, row._asdict(), None, of_this)
        holders = here().versions[row.procedure_hash].held_for(case)
        tasks.share(session, row.id, row.state, row.round, of_this, holders, at)


def _locked(session: Session, concerned: ColumnElement[bool]) -> Iterator[tuple[Any, list[Any]]]:
    """Yield documents, locked in one order, each with its tasks at its stage in its round."""
    rows = session.connection().execute(
        select(_documents).where(concerned).order_by(_documents.c.id).with_for_update()
    )
    here_now: dict[int, list[Any]] = {}
    for task in session.connection().execute(_AT_THEIR_STAGES.where(concerned)):
        here_now.setdefault(task.document_id, []).append(task)
    for row in rows:
        yield row, here_now.get(row.id, [])


def _concerned(user_id: int, code: str) -> ColumnElement[bool]:
    """Choose the documents that the person has, and those at a stage whose holders are found by the post.

    What was brought in from former years waits for nobody.
    """
    theirs = select(_tasks.c.document_id).where(_tasks.c.user_id == user_id, _tasks.c.closed_at.is_(None))
    at_stages = [
        and_(_documents.c.procedure_hash == version, _documents.c.state.in_(stages))
        for version, procedure in here().versions.items()
        if (stages := [s.name for s in procedure.stages.values() if _is_held_by(s, code)])
    ]
    return or_(_documents.c.id.in_(theirs), and_(_documents.c.origin == "here", or_(false(), *at_stages)))


def _is_held_by(stage: Stage, code: str) -> bool:
    """Say whether a post may make somebody a holder of a stage; a right to sign goes with any post."""
    return any(
        call.name == "may_sign" or code in (*call.args, _POST_OF.get(call.name)) for call in stage.holders
    )
