"""Print the 发文稿纸: the sheet on which each opinion has its box."""

from typing import Any

from flask import render_template

from workflow.describe import describe, movements
from workflow.opinions import boxes

from .. import office
from ..auth import person
from .page import drafted_in
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
        drafted_in=drafted_in(passages),
    )
