"""Move a document: take a step, or record an act that is none."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from states.calls import Call
from states.case import Case
from states.outcomes import Fired
from states.reasons import Reason
from states.stage import Stage

from . import tasks
from .arriving import arrive, share
from .directory import OFFICE_CLERK
from .effects import EFFECTS
from .entered import kept, read_entries
from .laying import problems_of
from .proposals import stage_of
from .returning import clear_sign_off, go_back, go_on
from .work import Work


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
        case.problems = problems_of(work.paper())
    post = post_title(work, case)
    fired = procedure.fire(case, action, (*wrong, *unfit))

    work.details = kept(work, step, case.inputs)
    if entered is not None and work.hand is not None:
        work.details["entered"] = {**entered, "post": post}
        post = work.hand.title(OFFICE_CLERK)
    for effect in step.effects:
        EFFECTS[effect](work, case.inputs)
    _close_tasks(work, fired)
    work.set(last_action=action, last_actor_id=work.person.id)
    if fired.step.direction == "back":
        go_back(work, fired)
    elif not fired.stays:
        go_on(work, fired)
    work.record(action, fired.source, work.document["state"], comment=case.inputs["comment"], post=post)
    if fired.stays:
        share(work)
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
    if not fired.stays:
        tasks.close(work.session, work.id, work.person.id, outcome, work.at)
    elif work.procedure.stages[fired.source].consent == "all":
        tasks.close_own(work.session, work.id, work.person.id, outcome, work.at)


def post_title(work: Work, case: Case) -> str:
    """Return the title of the post in which somebody acts at the present stage."""
    stage: Stage = work.procedure.stages[case.state]
    codes = [code for call in stage.holders for code in _codes(work, case, call)]
    held = next((code for code in codes if work.person.holds(code)), None)
    return work.person.title(held)


def _codes(work: Work, case: Case, call: Call) -> Iterable[str]:
    if call.name == "may_sign":
        return work.directory.signing_posts(case.agency, case.type, case.upward)
    return [_POST_OF.get(call.name, call.args[0] if call.args else "")]


_POST_OF = {"head_of": "unit_head", "leader_in_charge": "deputy"}
