"""Print the 发文稿纸: the sheet on which each opinion has its box, empty ones for the pen."""

from typing import Any

from flask import Response, abort, render_template, request

from workflow import clock, signatures
from workflow.describe import describe, movements
from workflow.errors import NotFound
from workflow.opinions import boxes
from workflow.path import drafting_unit

from .. import office
from ..auth import person
from ..language import day
from .files import NOTHING_RUNS
from .routes import blueprint


@blueprint.get("/documents/<public_id>/slip")
def slip(public_id: str) -> Any:
    description = describe(office.session(), person(), public_id)
    if description.document["origin"] != "here":
        raise NotFound  # nobody gave an opinion on a past document here
    passages = movements(office.session(), description.document["id"])
    return render_template(
        "documents/slip.html",
        it=description,
        row=description.document,
        rows=boxes(description, passages),
        signed=signatures.places(office.session(), description.document),
        passages=passages,
        drafted_in=drafting_unit(office.session(), description.document),
        in_full=in_full,
    )


@blueprint.get("/documents/<public_id>/slip/signatures/<int:seq>")
def signature(public_id: str, seq: int) -> Response:
    """Send the signature of who took a step, to be shown on the sheet and nowhere else."""
    if request.headers.get("Sec-Fetch-Dest", "image") != "image":
        abort(404)
    found = signatures.fetch(office.session(), person(), public_id, seq)
    response = Response(found.content, mimetype=found.mimetype)
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def in_full(stamped: str) -> str:
    """Return an instant with its year: the sheet is kept for decades."""
    local = clock.read(stamped)
    return f"{day(local.date())} {local:%H:%M}"
