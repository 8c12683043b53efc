"""Find the places that a person has in a document under way, and put another in them."""

from collections.abc import Iterator, Mapping
from itertools import dropwhile
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from states.procedure import Procedure
from states.reasons import Label, Reason

from .. import notices, tasks
from ..circulation import inherit
from ..directory import Person
from ..installation import here
from ..models import EnteredOpinion, Task, Unit, table
from ..movements import HAND_OVER
from ..visibility import ISSUED
from ..work import Work
from .administrator import ADMINISTRATOR

DRAFTER, HOLDER, COUNTERSIGNER, SIGNER, RETURNER, OPINION, READER = (
    "drafter", "holder", "countersigner", "signer", "returner", "opinion", "reader",
)  # fmt: skip
_CHOSEN = {COUNTERSIGNER: ("chosen_by_drafter", "countersigners"), SIGNER: ("asked_signers", "asked_signers")}

_tasks = table(Task)
_opinions = table(EnteredOpinion)


def places(session: Session, document: Mapping[str, Any], user_id: int) -> tuple[str, ...]:
    """Return what a person still has to do with a document, as the names of this module."""
    found = []
    if document["state"] not in ISSUED and not _procedure(document).stages[document["state"]].final:
        if document["drafter_id"] == user_id:
            found.append(DRAFTER)
        found += [role for role in _CHOSEN if _is_chosen(session, document, user_id, role)]
        if document["resume_by"] == user_id and document["resume_at"] is not None:
            found.append(RETURNER)
    if session.execute(select(_tasks.c.id).where(*_open_task(document["id"], user_id))).first() is not None:
        found.append(HOLDER)
    if session.execute(select(_opinions.c.id).where(*open_opinion(document["id"], user_id))).first():
        found.append(OPINION)
    if inherit.waits_for(session, document["id"], user_id):
        found.append(READER)
    return tuple(found)


def _is_chosen(session: Session, document: Mapping[str, Any], user_id: int, role: str) -> bool:
    """Say whether a person was chosen for a stage that is here or still to come, and has not acted there."""
    rule, column = _CHOSEN[role]
    if user_id not in document[column]:
        return False
    line = _procedure(document).line
    to_act = next((s.name for s in line if any(call.name == rule for call in s.holders)), line[0].name)
    if to_act not in [stage.name for stage in dropwhile(lambda s: s.name != document["state"], line)]:
        return False
    there = tasks.at_stage(session, document["id"], to_act, document["round"])
    return all(task.outcome != "done" for task in there if task.user_id == user_id)


def _open_task(document_id: int, user_id: int) -> tuple[Any, ...]:
    return (
        _tasks.c.document_id == document_id,
        _tasks.c.user_id == user_id,
        _tasks.c.for_id.is_(None),  # what they hold for another is not theirs to hand over
        _tasks.c.closed_at.is_(None),
    )


def open_opinion(document_id: Any, user_id: int) -> tuple[Any, ...]:
    """Return the conditions of opinions that were entered by or for a person and are not made good (代录)."""
    theirs = (_opinions.c.for_id == user_id) | (_opinions.c.by_id == user_id)
    return (
        _opinions.c.document_id == document_id,
        _opinions.c.made_good_at.is_(None),
        (_opinions.c.handed_to_id == user_id) | (theirs & _opinions.c.handed_to_id.is_(None)),
    )


def replace(work: Work, leaver: Person, successor: Person, reason: str) -> Iterator[Reason]:
    """Put the successor into all places of the leaver, on the record; yield why that cannot be.

    The act is the administrator's who works on the document.
    """
    held = places(work.session, work.document, leaver.id)
    if not held:
        return
    yield from _conflicts(work, held, successor)
    document = work.document
    if DRAFTER in held:
        work.set(drafter_id=successor.id)
    for role, (_, column) in _CHOSEN.items():
        if role in held:
            now = [successor.id if person == leaver.id else person for person in document[column]]
            work.set(**{column: list(dict.fromkeys(now))})
    if document["turns"]:
        work.set(turns=[_in_place(one, leaver.id, successor.id) for one in document["turns"]])
    if HOLDER in held:
        _hand_turn(work, leaver.id, successor.id)
    if RETURNER in held:
        work.set(resume_by=successor.id)
    if OPINION in held:
        theirs = open_opinion(work.id, leaver.id)
        work.session.connection().execute(update(_opinions).where(*theirs).values(handed_to_id=successor.id))
    if READER in held:
        inherit.pass_to(work, leaver.id, successor.id)
    _hand_task(work, leaver.id, successor.id)
    yield from _fit(work)
    work.details = {"from": leaver.username, "to": successor.username, "places": list(held)}
    title = work.person.title(ADMINISTRATOR)
    work.record(HAND_OVER, document["state"], document["state"], comment=reason, post=title)
    if held == (READER,):
        work.save_record()  # nobody who decides on it need begin again; it stands on the reading list
        return
    told = {"name": leaver.name, "reason": reason}
    notices.tell(
        work.session,
        successor.id,
        work.id,
        work.at,
        "The work of %(name)s on this document was handed over to you: %(reason)s",
        told,
    )
    work.save()


def _in_place(turn: Mapping[str, Any], leaver: int, successor: int) -> dict[str, Any]:
    return {**turn, **{role: successor for role in ("by", "to") if turn[role] == leaver}}


def _hand_turn(work: Work, leaver: int, successor: int) -> None:
    """Ask the successor, not both, where each must consent and a rule still names the leaver by a post."""
    case = work.case()
    stage = work.procedure.stages[case.state]
    if stage.consent == "all" and leaver in stage.asked(case):
        turn = {"stage": case.state, "round": work.document["round"], "kind": "transfer"}
        work.set(turns=[*(work.document["turns"] or ()), {**turn, "by": leaver, "to": successor}])


def _conflicts(work: Work, held: tuple[str, ...], successor: Person) -> Iterator[Reason]:
    """Yield why this successor cannot take these places: one's own draft, a consent already given."""
    document, stage = work.document, work.procedure.stages[work.document["state"]]
    drafter = successor.id if DRAFTER in held else document["drafter_id"]
    about = {"name": successor.name, "document": called(work.session, document)}
    if DRAFTER in held and document["signatory_id"] == successor.id:
        yield Reason("%(document)s: %(name)s signed it and cannot become its drafter", about)
    judges = {COUNTERSIGNER, SIGNER} if stage.own == "allowed" else {COUNTERSIGNER, SIGNER, HOLDER}
    if drafter == successor.id and judges.intersection(held):
        yield Reason("%(document)s: %(name)s drafted it and may not judge it", about)
    for each in work.procedure.line:
        if each.consent == "all" and (COUNTERSIGNER in held or (each is stage and HOLDER in held)):
            there = tasks.at_stage(work.session, work.id, each.name, document["round"])
            if any(task.user_id == successor.id and task.outcome == "done" for task in there):
                yield Reason("%(document)s: %(name)s has already consented to it", about)


def _hand_task(work: Work, leaver: int, successor: int) -> None:
    """Close the leaver's open task and give the successor one, due as theirs was.

    One that the successor has already stays theirs; what they held for another (委托) is their own now.
    """
    connection, document = work.session.connection(), work.document
    closed = update(_tasks).where(*_open_task(work.id, leaver)).returning(_tasks.c.stage, _tasks.c.due_at)
    was = connection.execute(closed.values(closed_at=work.at, outcome="cancelled")).first()
    if was is None:
        return
    has_it = (
        _tasks.c.document_id == work.id,
        _tasks.c.user_id == successor,
        _tasks.c.closed_at.is_(None),
    )
    task = connection.execute(select(_tasks.c.id, _tasks.c.for_id).where(*has_it)).first()
    if task is None:
        row = {"document_id": work.id, "user_id": successor, "stage": was.stage, "round": document["round"]}
        row |= {"since": work.at, "handed_from_id": leaver, "due_at": was.due_at}
        connection.execute(_tasks.insert().values(**row))
    elif task.for_id is not None:
        own = {"for_id": None, "handed_from_id": leaver, "due_at": was.due_at}
        connection.execute(update(_tasks).where(_tasks.c.id == task.id).values(**own))


def _fit(work: Work) -> Iterator[Reason]:
    """Take the document from those who may not hold it any more; yield a reason when nobody is left.

    Whom the successor delegates to (委托) has it with them.
    """
    state, round_ = work.document["state"], work.document["round"]
    if work.procedure.stages[state].final:
        return
    work.tasks = tasks.at_stage(work.session, work.id, state, round_)
    holders = work.procedure.held_for(work.case())
    if not holders:
        stage: dict[str, str | Label] = {"stage": work.procedure.stages[state].label}
        about = {"document": called(work.session, work.document), **stage}
        yield Reason("%(document)s: nobody else could act at the stage %(stage)s", about)
        return
    has_it = {task.user_id for task in work.tasks if task.outcome is None}
    if has_it.issubset(holders):
        holders = {one: for_ for one, for_ in holders.items() if one in has_it or for_ in has_it}
    tasks.share(work.session, work.id, state, round_, work.tasks, holders, work.at)


def called(session: Session, document: Mapping[str, Any]) -> str:
    """Return what to call a document before somebody who may not know its title."""
    unit = session.get_one(Unit, document["unit_id"]).name
    return document["number"] or f"{unit} {document['type']}"


def _procedure(document: Mapping[str, Any]) -> Procedure:
    return here().versions[document["procedure_hash"]]
