"""Print the 发文稿纸: the sheet on which each opinion has its box, empty ones for the pen."""

from datetime import date
from typing import Any

from flask import Response, abort, render_template, request
from flask_babel import force_locale

from states.reasons import Label, Reason
from workflow import clock, signatures, slips
from workflow.describe import describe, movements

from .. import language, office
from ..auth import person
from ..words import urgency_name
from .files import NOTHING_RUNS, send
from .routes import blueprint

PAPER_LANGUAGE = "zh"  # whatever its reader speaks: the sheet goes into the archive with the document


class Spoken:
    """Says what stands on the sheet in the language of the request, or of the paper."""

    def say(self, reason: Reason) -> str:
        return language.say(reason)

    def label(self, names: Label) -> str:
        return language.label(names)

    def day(self, day: date | None) -> str:
        return language.day(day)

    def instant(self, stamped: str) -> str:
        """Return an instant with its year: the sheet is kept for decades."""
        local = clock.read(stamped)
        return f"{language.day(local.date())} {local:%H:%M}"

    def urgency(self, urgency: str) -> str:
        return urgency_name(urgency)


@blueprint.get("/documents/<public_id>/slip")
def slip(public_id: str) -> Any:
    description = describe(office.session(), person(), public_id)
    passages = movements(office.session(), description.document["id"])
    sheet = slips.sheet_of(office.session(), description, passages, Spoken())
    return render_template("documents/slip.html", it=description, row=description.document, sheet=sheet)


@blueprint.get("/documents/<public_id>/slip.docx")
def slip_docx(public_id: str) -> Any:
    """Send the sheet as a DOCX."""
    with force_locale(PAPER_LANGUAGE):
        return send(slips.docx(office.session(), person(), public_id, Spoken()))


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
