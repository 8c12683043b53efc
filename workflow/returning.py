"""Send a document on or back, and remember where it resumes."""

from states.outcomes import Fired

from .proposals import stage_of
from .work import Work


def go_on(work: Work, fired: Fired) -> None:
    jumps = work.document["resume_at"] == fired.dest and fired.resume_at is None
    work.set(state=fired.dest, resume_at=fired.resume_at)
    passed = work.document["passed"]
    if fired.source not in passed and not work.procedure.stages[fired.dest].final:
        work.set(passed=[*passed, fired.source])
    if jumps and (detour := _still_to_be_asked(work, fired)):
        work.set(state=detour, resume_at=fired.dest)


def _still_to_be_asked(work: Work, fired: Fired) -> str | None:
    """Return the stage that a jump may not leave out: somebody chosen since has not consented there."""
    line = work.procedure.line
    names = [stage.name for stage in line]
    for stage in line[names.index(fired.source) + 1 : names.index(fired.dest)]:
        if stage.consent == "all":
            work.set(state=stage.name)
            work.look_again()
            case = work.case()
            if stage.passed_over(case, work.procedure.opinions) is None and stage.waiting(case):
                return stage.name
            work.set(state=fired.dest)
    return None


def go_back(work: Work, fired: Fired) -> None:
    """Keep where the document resumes, and undo what stood on the stages behind which it goes.

    A sign-off and a file for printing that are undone are made again where they were made, so a document
    resumes there at the latest. Withdrawing undoes the submission and nothing else. Consents count for a
    round; going through all stages again begins one, and so does a return to those who consented.
    """
    line = [stage.name for stage in work.procedure.line]
    to = line.index(fired.dest)
    returned = "resume" in fired.step.inputs
    resume_at = fired.resume_at if returned else fired.source
    made_again = []
    if work.document["frozen_sha256"] is not None:
        made_again.append(stage_of(work.procedure, "freeze_file"))
        work.set(frozen_sha256=None, printed_on=None)
    if work.document["signed_sha256"] is not None:
        signing = stage_of(work.procedure, "sign_off")
        if to <= line.index(signing):
            made_again.append(signing)
            clear_sign_off(work)
    if resume_at is None or work.procedure.stages[fired.dest].consent == "all":
        work.set(round=work.document["round"] + 1)
    if resume_at is None:
        work.set(passed=[name for name in work.document["passed"] if line.index(name) < to])
    else:
        resume_at = min([resume_at, *made_again], key=line.index)
    if work.procedure.stages[fired.dest].consent == "agencies":
        work.set(co_signed=None)
    if resume_at == fired.dest:
        resume_at = None
    straight = returned and resume_at == fired.source
    work.set(state=fired.dest, resume_at=resume_at, resume_by=work.whose if straight else None)


def clear_sign_off(work: Work) -> None:
    """Undo the sign-off: what follows needs a new one. The document's number stays with it (号随文走)."""
    work.set(
        signatory_id=None,
        co_signed=None,
        signed_sha256=None,
        vouched_sha256=None,
        dated=None,
        correction="",
        frozen_sha256=None,
        printed_on=None,
    )
