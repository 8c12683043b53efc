"""Print the 发文稿纸: the sheet on which each opinion has its box."""

from typing import Any

from flask import render_template

from workflow import clock
from workflow.describe import describe, movements
from workflow.opinions import boxes
from workflow.path import drafting_unit

from .. import office
from ..auth import person
from ..language import day
from .routes import blueprint

BROAD = ("signing", "countersign")  # boxes that take half the sheet


@blueprint.get("/documents/<public_id>/slip")
def slip(public_id: str) -> Any:
    description = describe(office.session(), person(), public_id)
    passages = movements(office.session(), description.document["id"])
    found = boxes(description, passages)
    return render_template(
        "documents/slip.html",
        it=description,
        row=description.document,
        broad=[box for name in BROAD for box in found if box.stage == name],
        others=[box for box in found if box.stage not in BROAD],
        passages=passages,
        drafted_in=drafting_unit(office.session(), description.document),
        in_full=in_full,
    )


def in_full(stamped: str) -> str:
    """Return an instant with its year: the sheet is kept for decades."""
    local = clock.read(stamped)
    return f"{day(local.date())} {local:%H:%M}"
