"""Show who changed what between two revisions of a document."""

from typing import Any

from flask import Response, render_template, request

from workflow import comparison, redlines
from workflow.describe import describe, revisions

from .. import office
from ..auth import person
from ..forms.content import field_label
from .files import send
from .page import revision
from .routes import blueprint


@blueprint.get("/documents/<public_id>/changes")
def changes(public_id: str) -> Any:
    """Compare two revisions (`from`, `to`), by default the last with the one before it."""
    description = describe(office.session(), person(), public_id)
    versions = revisions(office.session(), description.document["id"])
    last = versions[-1]["n"]
    to = request.args.get("to", last, type=int)
    from_ = request.args.get("from", max(to - 1, 1), type=int)
    before, after = revision(versions, from_), revision(versions, to)
    laid_out = description.document["origin"] == "here"
    return render_template(
        "documents/changes.html",
        it=description,
        versions=versions,
        before=before,
        after=after,
        changes=comparison.compare(before["content"], after["content"]),
        field_label=field_label,
        standing=redlines.standing(office.session(), description.document, versions) if laid_out else None,
    )


@blueprint.get("/documents/<public_id>/revisions/<int:n>/redline.docx")
def redline(public_id: str, n: int) -> Response:
    """Send what changed up to a revision (`from` another, by default the one before it) as Word shows it."""
    from_ = request.args.get("from", n - 1, type=int)
    return send(redlines.redline_of(office.session(), person(), public_id, from_, n))


@blueprint.get("/documents/<public_id>/revisions/<int:n>/paper.docx")
def revision_on_paper(public_id: str, n: int) -> Response:
    """Send a revision laid out: 送审稿, 定稿 or a text between."""
    return send(redlines.paper_docx(office.session(), person(), public_id, n))
