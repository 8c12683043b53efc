"""Send files: each under its own name, and those that go with a document's text."""

from urllib.parse import quote

from flask import Response, request

from workflow import attached
from workflow.downloads import Download

from .. import office
from ..auth import person
from .routes import blueprint

NOTHING_RUNS = "default-src 'none'; frame-ancestors 'none'; sandbox"


@blueprint.get("/documents/<public_id>/<any(attachments, references, pictures):group>/<int:number>")
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
