"""Say where a document's file is made for the printer, and who may change how it looks there."""

from states.case import Case
from states.procedure import Procedure
from states.reasons import Reason

FREEZES = "freeze_file"


def printing_stage(procedure: Procedure) -> str | None:
    """Return the stage at which a procedure makes the file for the printer, if it has one."""
    return next((step.stages[0] for step in procedure.steps if FREEZES in step.effects), None)


def refusals(procedure: Procedure, case: Case) -> tuple[Reason, ...]:
    """Return why the one who asks may not set the layout now, or ()."""
    name = printing_stage(procedure)
    if name is None or case.state != name:
        label = procedure.stages[name or case.state].label
        return (Reason("The layout is set at the stage %(stage)s", {"stage": label}),)
    if case.actor not in procedure.stages[name].held_for(case):
        return (Reason("Only those who hold the document set its layout"),)
    return ()
