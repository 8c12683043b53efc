"""Move a document: take a step, or record an act that is none."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from states.calls import Call
from states.case import Case
from states.outcomes import Fired
from states.reasons import Reason

from . import deferring, questions, tasks
from .arriving import arrive, share
from .countersigning import has_spoken
from .directory import OFFICE_CLERK, Person, find_person
from .effects import EFFECTS
from .entered import kept, read_entries
from .kinds import kind_of
from .points.keeping import let_be
from .proposals import stage_of
from .returning import clear_sign_off, go_back, go_on
from .work import Acting, Work


def take(
    work: Work,
    action: str,
    raw: Mapping[str, Any],
    *,
    entered: Mapping[str, Any] | None = None,
    unfit: Sequence[Reason] = (),
) -> None:
    """Take a step with what was entered for it; raises NoSuchStep, NotAllowed or NotReady.

    entered: what the movement says of a step that somebody enters for another, and `unfit` what is wrong
    with that.
    """
    procedure = work.procedure
    step = procedure.step(work.document["state"], action)
    case = work.case()
    case.inputs, wrong = read_entries(work, step, case, raw)
    if any(call.name == "content_is_complete" for call in step.when):
        of_kind = kind_of(work.document["kind"])
        case.problems = of_kind.problems(work.session, work.document, work.content())
    post = post_title(work, case)
    acting_for(work, case, step.acts_for(case, procedure.stages[case.state]))
    fired = procedure.fire(case, action, (*wrong, *unfit))

    work.details = kept(work, step, case.inputs)
    if entered is not None and work.hand is not None:
        work.details["entered"] = {**entered, "post": post}
        post = work.hand.title(OFFICE_CLERK)
    stage = procedure.stages[fired.source]
    if fired.stays and step.direction == "forward" and work.whose in stage.asked_first(case):
        has_spoken(work, work.whose)
        tasks.close_own(work.session, work.id, work.person.id, "done", work.at)
    else:
        for effect in step.effects:
            EFFECTS[effect](work, case.inputs)
    if not fired.stays:
        deferring.lapse(work)
        questions.lapse(work)
    _close_tasks(work, fired)
    work.set(last_action=action, last_actor_id=work.whose)
    if fired.step.direction == "back":
        go_back(work, fired)
    elif not fired.stays:
        if work.document["open_points"]:
            let_be(work)
        go_on(work, fired)
    work.record(action, fired.source, work.document["state"], comment=case.inputs["comment"], post=post)
    if fired.stays:
        share(work, post)
    else:
        arrive(work, post)


def stay(work: Work, case: Case, action: str, comment: str) -> None:
    """Record an act that leaves the document where it is."""
    work.record(action, case.state, case.state, comment=comment, post=post_title(work, case))


def back_to_signing(work: Work, case: Case, reason: str) -> None:
    """Take a document whose substance was changed after sign-off back to its signatory (条例 art. 25(1))."""
    signing = stage_of(work.procedure, "sign_off")
    post = post_title(work, case)
    tasks.close(work.session, work.id, work.person.id, "sent_back", work.at)
    clear_sign_off(work)
    work.set(
        state=signing, resume_at=None, resume_by=None, last_action="revise", last_actor_id=work.person.id
    )
    work.record("revise", case.state, signing, comment=reason, post=post)
    arrive(work, post)


def _close_tasks(work: Work, fired: Fired) -> None:
    outcome = "sent_back" if fired.step.direction == "back" else "done"
    _hold_it(work, fired.source)
    if not fired.stays:
        tasks.close(work.session, work.id, work.person.id, outcome, work.at)
    elif fired.step.direction == "forward" and work.procedure.stages[fired.source].consent == "all":
        tasks.close_own(work.session, work.id, work.person.id, outcome, work.at)


def acting_for(work: Work, case: Case, principal: int | None) -> None:
    """Write down for whom somebody is about to act by delegation (委托), if for anybody."""
    if principal is None or (person := find_person(work.session, principal)) is None:
        return
    known = (principal, case.actor)
    mine = [one for one in work.directory.delegations() if (one.principal, one.delegate) == known]
    used = next(one.id for one in mine if one.covers(case.kind, case.urgency))
    work.acting = Acting(person, post_title(work, case, person), used)


def _hold_it(work: Work, stage: str) -> None:
    """Let the task of the one who acts say for whom; who stands in without one yet is given it."""
    here_now = [task for task in work.tasks if task.outcome is None]
    mine = next((task for task in here_now if task.user_id == work.person.id), None)
    for_ = work.acting.principal.id if work.acting else None
    if mine is not None:
        tasks.stand_for(work.session, mine, for_)
    elif for_ is not None:
        due_at, round_ = tasks.due_there(here_now), work.document["round"]
        tasks.arm(work.session, work.id, stage, round_, {work.person.id: for_}, work.at, due_at)


def post_title(work: Work, case: Case, person: Person | None = None) -> str:
    """Return the title of the post in which somebody acts at the present stage."""
    who, stage = person or work.person, work.procedure.stages[case.state]
    codes = [code for call in stage.holders for code in _codes(work, case, call)]
    held = next((code for code in codes if who.holds(code)), None)
    return who.title(held)


def _codes(work: Work, case: Case, call: Call) -> Iterable[str]:
    if call.name == "may_sign":
        return work.directory.signing_posts(case.agency, case.type, case.upward)
    return [_POST_OF.get(call.name, call.args[0] if call.args else "")]


_POST_OF = {
    "head_of": "unit_head",
    "leader_in_charge": "deputy",
    "applicant": "applicant",
    "recommender": "recommender",
    "assessors": "expert",
}
