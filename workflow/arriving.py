"""Bring a document to its stage: pass over what does not apply, hand it to whoever is next."""

from sqlalchemy import bindparam, select

from states.errors import NotReady
from states.reasons import Reason

from . import deadlines, notices, tasks
from .models import Appointment, Post
from .work import Work

SKIP = "skip"

_IN_POST = (
    select(Appointment.user_id)
    .join(Post, Post.id == Appointment.post_id)
    .where(Post.code == bindparam("code"))
)


def arrive(work: Work, post: str) -> None:
    """Pass over the stages that do not apply, and give the document to those who hold the next one."""
    work.acting = None
    while True:
        work.look_again()
        case = work.case()
        skipped = work.procedure.skip(case)
        if skipped is None:
            break
        work.set(state=skipped.dest, resume_at=None)
        work.details = {"reason": skipped.reason.message}
        work.record(SKIP, skipped.source, skipped.dest, post=post)
    stage = work.procedure.stages[case.state]
    if stage.final:
        return
    work.directory.stood_in.clear()
    people = work.procedure.held_for(case)
    if not people:
        raise NotReady([Reason("Nobody is in post for the stage %(stage)s", {"stage": stage.label})])
    _tell_of_vacancies(work)
    returner = work.document["resume_by"]
    if returner is not None and work.document["resume_at"] is None:
        work.set(resume_by=None)
        if returner in people and stage.consent == "any":
            people = {one: for_ for one, for_ in people.items() if returner in (one, for_)}
    due_at = deadlines.due(work.session, stage, work.document["urgency"], work.at)
    tasks.arm(work.session, work.id, case.state, work.document["round"], people, work.at, due_at)


def share(work: Work, post: str) -> None:
    """After an act that stays in its stage, let those have the document who now hold it.

    Where nobody is left to be asked (减签) it goes on.
    """
    state, round_ = work.document["state"], work.document["round"]
    work.tasks = tasks.at_stage(work.session, work.id, state, round_)
    case = work.case()
    people = work.procedure.held_for(case)
    tasks.share(work.session, work.id, state, round_, work.tasks, people, work.at)
    if work.document["deferred_until"] is not None:
        tasks.set_due(work.session, work.id, None)
    if not people:
        if case.consented and state not in work.document["passed"]:
            work.set(passed=[*work.document["passed"], state])
        arrive(work, post)


def _tell_of_vacancies(work: Work) -> None:
    """Tell the administrators of each post that only its stand-in could fill."""
    for code in work.directory.stood_in:
        administrators = work.session.connection().execute(_IN_POST, {"code": "admin"}).scalars()
        for person in administrators.all():
            notices.tell(
                work.session, person, work.id, work.at, "Nobody is in the post %(post)s", {"post": code}
            )
