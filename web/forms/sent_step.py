"""Read which step a form was sent for, and what was entered with it."""

from typing import Any

from flask import request

from states.step import Step
from workflow import uploads
from workflow.describe import Description
from workflow.errors import NoSuchStep

from ..auth import person
from .step import read_step


def step_sent(description: Description, action: str) -> Step:
    """Return the step that the form was made for: of the stage it names, else of the present one."""
    stage = request.form.get("stage", "")
    if stage in description.procedure.stages:
        try:
            return description.procedure.step(stage, action)
        except NoSuchStep:
            pass
    return description.procedure.step(description.case.state, action)


def entered_with(step: Step) -> dict[str, Any]:
    """Return what was entered, files kept and named by their hashes. Raises ContentError."""
    entered = read_step(step, request.form)
    for name in (name for name, wanted in step.inputs.items() if wanted.kind == "file"):
        if sent := request.files.get(name):
            entered[name] = uploads.keep(person().id, sent.filename or "", sent.read(), where=name).sha256
    return entered
