"""Hand out a document's DOCX and PDF, and the files that go with its text."""

from typing import Any
from urllib.parse import quote

from flask import Response, render_template, request

from workflow import attached
from workflow.downloads import Download, fetch

from .. import office
from ..auth import person
from .routes import blueprint

WAIT_SECONDS = 2
NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'; sandbox"


@blueprint.get("/documents/<public_id>/files/<format_>")
def file(public_id: str, format_: str) -> Any:
    """Send the frozen file, or say that its PDF is being made."""
    found = fetch(office.session(), person(), public_id, format_)
    if found is None:
        page = render_template("documents/being_made.html", public_id=public_id, seconds=WAIT_SECONDS)
        return page, 202, {"Retry-After": str(WAIT_SECONDS), "Refresh": str(WAIT_SECONDS)}
    return send(found)


@blueprint.get("/documents/<public_id>/<any(attachments, references):group>/<int:number>")
def attached_file(public_id: str, group: str, number: int) -> Response:
    """Send a file of the present text, or of another `revision`."""
    revision = request.args.get("revision", type=int)
    return send(attached.fetch(office.session(), person(), public_id, group, number, revision))


def send(found: Download) -> Response:
    """Answer with a file under its own name, to be saved or to be looked at; its hash is its ETag."""
    response = Response(found.content, mimetype=found.mimetype)
    response.set_etag(found.sha256)
    response.headers["Content-Security-Policy"] = NOTHING_RUNS
    extension = found.name.rpartition(".")[2]
    name = quote(found.name, safe="")
    how = "inline" if found.inline else "attachment"
    response.headers["Content-Disposition"] = (
        f"{how}; filename=\"document.{extension}\"; filename*=UTF-8''{name}"
    )
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response
