"""Take the last step back (撤销这一步) while nobody has opened what it sent on.

It is a movement of its own that leads back to where the step was taken; the step stays on the record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from states.errors import NoSuchStep, NotAllowed, NotReady
from states.reasons import Label, Reason
from states.step import Step

from . import answers, moves, tasks
from .answers import Once
from .arriving import SKIP
from .circulation.answering import ANSWER
from .clock import now, read, stamp
from .describe import Passage
from .directory import Person
from .installation import here, write_tx
from .models import Movement
from .movements import UNDO
from .points.keeping import take_back
from .work import Work, load_person, open_work

WITHIN = timedelta(minutes=10)
UNDOABLE = frozenset({"choose_countersigners", "sign_off", "state_correction", "ask_signer", "keep_points"})
"""What these effects bring about stands in the document's row, points beside it, and is put back."""

WHY_NOT = {
    "take_number": Reason("A number was taken by it, and the number stays with the document"),
    "defer": Reason("Others were told that it is put off: take it up again instead"),
    "resume": Reason("Others were told that it was taken up again"),
    "refuse": Reason("It ended the document, and the drafter was told"),
    "ask_drafter": Reason("The drafter was asked by it"),
    "answer_question": Reason("Those who asked were given the answer"),
    "void_number": Reason("It ended the document, and its number is spent"),
    "freeze_file": Reason("The file for printing was made by it"),
    "keep_proof_ticks": Reason("The proof was released by it"),
    "keep_co_signature": Reason("Another agency's signature was entered by it"),
    "publish": Reason("The document was issued by it"),
    "file_away": Reason("The document was filed by it"),
}
_OTHERWISE = Reason("What it brought about stands outside the document")
_MADE_ANEW = Reason("It undid a sign-off or a file for printing, which are made anew")
_FOR_ANOTHER = Reason("What was entered for another is not taken back here")
_ACTED_SINCE = Reason("Somebody has already acted on the document since")
_OPENED = Reason("Somebody who holds the document has already opened it")
_MADE_BY_STEPS = ("signed_sha256", "frozen_sha256", "dated", "printed_on")
_NOT_PUT_BACK = frozenset({"movements", "last_hash", "version", "updated_at", "last_step"})


@dataclass(frozen=True)
class Outlook:
    """The step that a person took last of all and just now, and why it cannot be taken back."""

    seq: int  # of its movement
    act: Label
    reasons: tuple[Reason, ...]


def remember(work: Work, seq: int) -> None:
    """Keep with the document how it stood before a step, where that can be put back."""
    former = {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in work.former.items()
        if name not in _NOT_PUT_BACK
    }
    if any(former.get(name) for name in _MADE_BY_STEPS):
        former = {}  # what it undid is made anew, never put back
    work.set(last_step={"seq": seq, "version": work.document["version"] + 1, "former": former})


def undo(actor_id: int, public_id: str, seq: int, *, once: Once | None = None) -> Mapping[str, Any]:
    """Take back the step of that movement; return what a repeated request is answered.

    Raises NotFound, NotAllowed, NotReady (all reasons at once).
    """
    with write_tx() as session:
        request = {"verb": UNDO, "document": public_id, "seq": seq}
        first = answers.claim(session, actor_id, once, request) if once is not None else None
        if first is not None:
            return first
        work = open_work(session, load_person(session, actor_id), public_id, None, stamp())
        found = outlook(session, work.person, work.document)
        if found is None or found.seq != seq:
            minutes = {"minutes": str(WITHIN.seconds // 60)}
            raise NotReady(
                [
                    Reason(
                        "Only the last step is taken back, by whoever took it, within %(minutes)s minutes",
                        minutes,
                    )
                ]
            )
        if found.reasons:
            raise NotReady(found.reasons)
        _take_back(work, seq)
        work.save()
        return answers.keep(session, actor_id, once, public_id) if once is not None else {"id": public_id}


def outlook(session: Session, person: Person, document: Mapping[str, Any]) -> Outlook | None:
    """Return a document's last step if this person took it, no longer ago than one may take it back."""
    last = session.execute(
        select(Movement.seq, Movement.actor_id, Movement.action, Movement.source, Movement.at)
        .where(Movement.document_id == document["id"], Movement.action.not_in((SKIP, ANSWER)))
        .order_by(Movement.seq.desc())
        .limit(1)
    ).first()
    if last is None or not last.source or last.actor_id != person.id or now() - read(last.at) > WITHIN:
        return None
    try:
        step = here().versions[document["procedure_hash"]].step(last.source, last.action)
    except NoSuchStep:
        return None
    return Outlook(last.seq, step.label, tuple(_why_not(session, person, document, last, step)))


def _why_not(
    session: Session, person: Person, document: Mapping[str, Any], last: Any, step: Step
) -> Sequence[Reason]:
    if lasting := [WHY_NOT.get(name, _OTHERWISE) for name in step.effects if name not in UNDOABLE]:
        return lasting
    kept = document["last_step"]
    if kept is None or kept["seq"] != last.seq:
        return [_FOR_ANOTHER]
    if not kept["former"]:
        return [_MADE_ANEW]
    if kept["version"] != document["version"]:
        return [_ACTED_SINCE]
    return [_OPENED] if tasks.opened_since(session, document["id"], person.id, last.at) else []


def _take_back(work: Work, seq: int) -> None:
    """Put the document's row and its tasks back as they were before the step."""
    step_at, action = work.session.execute(
        select(Movement.at, Movement.action).where(Movement.document_id == work.id, Movement.seq == seq)
    ).one()
    came_to = work.document["state"]
    former = dict(work.document["last_step"]["former"])
    if until := former.get("deferred_until"):
        former["deferred_until"] = date.fromisoformat(until)
    work.set(**former, last_step=None)
    take_back(work, seq)
    state, round_ = work.document["state"], work.document["round"]
    tasks.take_back(work.session, work.id, state, round_, step_at, work.at)
    work.tasks = tasks.at_stage(work.session, work.id, state, round_)
    case = work.case()
    step, stage = work.procedure.step(state, action), work.procedure.stages[state]
    if refusal := step.forbidden(case, stage):
        raise NotAllowed(refusal)  # they have left the post since
    moves.acting_for(work, case, step.acts_for(case, stage))
    holders = work.procedure.held_for(case)
    if not {task.user_id for task in work.tasks if task.outcome is None}.issubset(holders):
        tasks.share(work.session, work.id, state, round_, work.tasks, holders, work.at)
    work.details = {"undone": seq}
    work.record(UNDO, came_to, state, post=moves.post_title(work, case))


def taken_back(passages: Sequence[Passage]) -> frozenset[int]:
    """Return which movements of a document were taken back, by their places counted from 1."""
    found: set[int] = set()
    for one in passages:
        if one.action == UNDO:
            seq = int(one.details["undone"])
            found.add(seq)
            while passages[seq].action == SKIP:  # the movement after: `seq` counts from 1
                seq += 1
                found.add(seq)
    return frozenset(found)
