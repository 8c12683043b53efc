"""Show who changed what between two revisions of a document."""

from typing import Any

from flask import render_template, request

from workflow import comparison
from workflow.describe import describe, revisions

from .. import office
from ..auth import person
from ..forms.content import field_label
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
    return render_template(
        "documents/changes.html",
        it=description,
        versions=versions,
        before=before,
        after=after,
        changes=comparison.compare(before["content"], after["content"]),
        field_label=field_label,
    )
