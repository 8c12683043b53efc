"""Move a document: take a step, pass over what does not apply, hand it to whoever is next."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from states.case import Case
from states.errors import NotReady
from states.outcomes import Fired
from states.reasons import Reason
from states.stage import Stage
from states.step import Step

from . import notices, tasks
from .directory import find_by_username
from .effects import EFFECTS
from .entered import clean_entries
from .models import Appointment, Post
from .proposals import propose, signing_stage, usernames
from .work import Work, case_of, layout_problems

SKIP = "skip"


def take(work: Work, action: str, raw: Mapping[str, Any]) -> None:
    """Take a step with what was entered for it; raises NoSuchStep, NotAllowed or NotReady."""
    procedure = work.procedure
    step = procedure.step(work.document["state"], action)
    case = case_of(work.session, work.directory, work.document, work.person.id)
    case.inputs, wrong = _read(work, step, case, raw)
    if any(call.name == "content_is_complete" for call in step.when):
        case.problems = layout_problems(work.content(), work.particulars())
    post = post_title(work, case)
    fired = procedure.fire(case, action, wrong)

    work.details = _details(work, step, case.inputs)
    for effect in step.effects:
        EFFECTS[effect](work, case.inputs)
    _close_tasks(work, fired)
    work.set(last_action=action, last_actor_id=work.person.id)
    if fired.step.direction == "back":
        _go_back(work, fired)
    elif not fired.stays:
        _go_on(work, fired)
    work.record(action, fired.source, fired.dest, comment=case.inputs["comment"], post=post)
    if fired.stays:
        _share(work)
    else:
        arrive(work, post)


def stay(work: Work, case: Case, action: str, comment: str) -> None:
    """Record an act that leaves the document where it is."""
    work.record(action, case.state, case.state, comment=comment, post=post_title(work, case))


def back_to_signing(work: Work, case: Case, reason: str) -> None:
    """Take a document whose substance was changed after sign-off back to its signatory (条例 art. 25(1))."""
    signing = signing_stage(work.procedure)
    post = post_title(work, case)
    tasks.close(work.session, work.id, work.person.id, "sent_back", work.at)
    clear_sign_off(work)
    work.set(state=signing, last_action="revise", last_actor_id=work.person.id)
    work.record("revise", case.state, signing, comment=reason, post=post)
    arrive(work, post)


def arrive(work: Work, post: str) -> None:
    """Pass over the stages that do not apply, and give the document to those who hold the next one."""
    while True:
        case = case_of(work.session, work.directory, work.document, work.person.id)
        skipped = work.procedure.skip(case)
        if skipped is None:
            break
        work.set(state=skipped.dest, resume_at=None)
        work.details = {"reason": skipped.reason.message}
        work.record(SKIP, skipped.source, skipped.dest, post=post)
    stage = work.procedure.stages[case.state]
    if stage.final:
        return
    people = work.procedure.holders(case)
    if not people:
        raise NotReady([Reason("Nobody is in post for the stage %(stage)s", {"stage": stage.label})])
    returner = work.document["resume_by"]
    if returner is not None and work.document["resume_at"] is None:
        work.set(resume_by=None)
        if returner in people and stage.consent == "any":
            people = (returner,)
    tasks.arm(work.session, work.id, case.state, work.document["round"], people, work.at)
    _tell_of_vacancies(work)


def _share(work: Work) -> None:
    """After an act that stays in its stage, let those have the document who now hold it."""
    case = case_of(work.session, work.directory, work.document, work.person.id)
    people = work.procedure.holders(case)
    tasks.share(work.session, work.id, case.state, work.document["round"], people, work.at)


def _close_tasks(work: Work, fired: Fired) -> None:
    outcome = "sent_back" if fired.step.direction == "back" else "done"
    if not fired.stays:
        tasks.close(work.session, work.id, work.person.id, outcome, work.at)
    elif work.procedure.stages[fired.source].consent == "all":
        tasks.close_own(work.session, work.id, work.person.id, outcome, work.at)


def _tell_of_vacancies(work: Work) -> None:
    """Tell the administrators of each post that only its stand-in could fill."""
    for code in work.directory.stood_in:
        administrators = work.session.execute(
            select(Appointment.user_id).join(Post, Post.id == Appointment.post_id).where(Post.code == "admin")
        ).scalars()
        for person in administrators.all():
            notices.tell(
                work.session, person, work.id, work.at, "Nobody is in the post %(post)s", {"post": code}
            )


def _go_on(work: Work, fired: Fired) -> None:
    work.set(state=fired.dest, resume_at=fired.resume_at)
    passed = work.document["passed"]
    if fired.source not in passed and not work.procedure.stages[fired.dest].final:
        work.set(passed=[*passed, fired.source])


def _go_back(work: Work, fired: Fired) -> None:
    """Keep where the document resumes; a return behind the sign-off undoes it."""
    line = [stage.name for stage in work.procedure.line]
    signing, to = signing_stage(work.procedure), line.index(fired.dest)
    resume_at, resume_by = fired.resume_at, work.person.id if fired.resume_at else None
    if work.document["signed_sha256"] is not None and to <= line.index(signing):
        clear_sign_off(work)
        resume_at = signing if resume_at and fired.dest != signing else None
    work.set(state=fired.dest, resume_at=resume_at, resume_by=resume_by, frozen_sha256=None, printed_on=None)
    if fired.resume_at is None:
        passed = [name for name in work.document["passed"] if line.index(name) < to]
        work.set(passed=passed, round=work.document["round"] + 1)


def clear_sign_off(work: Work) -> None:
    """Undo the sign-off: what follows needs a new one. The document's number stays with it (号随文走)."""
    work.set(
        signatory_id=None,
        signed_sha256=None,
        vouched_sha256=None,
        dated=None,
        correction="",
        frozen_sha256=None,
        printed_on=None,
    )


def _read(
    work: Work, step: Step, case: Case, raw: Mapping[str, Any]
) -> tuple[dict[str, Any], tuple[Reason, ...]]:
    """Return the inputs with people as ids, and what is wrong with them."""
    provided: Mapping[str, Any] = {}
    if step.inputs:
        provided = propose(work.session, work.procedure, step, case, work.document)
    clean, wrong = clean_entries(raw)
    try:
        inputs = step.read(clean, provided)
    except NotReady as refusal:
        return {"comment": ""}, (*wrong, *refusal.reasons)
    for name, field in step.inputs.items():
        if field.kind == "people":
            inputs[name] = tuple(_ids(work, inputs[name] or (), wrong))
        elif field.kind == "person" and inputs[name]:
            inputs[name] = next(iter(_ids(work, (inputs[name],), wrong)), None)
    return inputs, tuple(wrong)


def _ids(work: Work, names: tuple[str, ...], wrong: list[Reason]) -> list[int]:
    found = []
    for name in names:
        person = find_by_username(work.session, name)
        if person is None or not person.active or not person.in_office:
            wrong.append(Reason("There is nobody called %(name)s in the office", {"name": name}))
        elif person.id == work.document["drafter_id"]:
            wrong.append(Reason("The drafter cannot be chosen for this"))
        else:
            found.append(person.id)
    return found


def _details(work: Work, step: Step, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Return a step's inputs as the movement keeps them: people by user name."""
    details = {name: inputs[name] for name in step.inputs if inputs.get(name) not in (None, "", ())}
    for name, field in step.inputs.items():
        if name in details and field.kind in ("people", "person"):
            ids = details[name] if field.kind == "people" else (details[name],)
            details[name] = list(usernames(work.session, tuple(ids)).values())
    return details


def post_title(work: Work, case: Case) -> str:
    """Return the title of the post in which somebody acts at the present stage."""
    stage: Stage = work.procedure.stages[case.state]
    codes = [_POST_OF.get(call.name, call.args[0] if call.args else "") for call in stage.holders]
    held = next((code for code in codes if work.person.holds(code)), None)
    return work.person.title(held)


_POST_OF = {"head_of": "unit_head", "leader_in_charge": "deputy"}
