"""Hand out a document's files, and take in those that its text refers to."""

from io import BytesIO
from typing import Any

from flask import abort, request, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from workflow import attached, downloads, uploads
from workflow.downloads import Download
from workflow.errors import ConverterMissing, NotFound, PdfError

from .. import office
from ..uploads import MB, takes
from . import body
from .bearer import person
from .refusal import refuse

SECONDS_FOR_A_PDF = "3"
LARGEST_FILE = 21 * MB  # a file of 20 MB, and the form around it
MOST_REVISIONS = 9_999_999


@takes(LARGEST_FILE)
def take_in() -> ResponseReturnValue:
    """Keep the file in the form's field `file`; answers 201 with what a content says of it.

    With `as=picture` it is kept as a picture for the text: turned upright, without what cameras write.
    """
    if request.mimetype != "multipart/form-data":
        abort(415)
    sent = request.files.get("file")
    if sent is None:
        refuse(400, gettext("The form has no field named file."))
    as_picture = request.form.get("as") == "picture"
    file = uploads.keep(person().id, sent.filename or "", sent.read(), as_picture=as_picture)
    return {"sha256": file.sha256, "name": file.name, "size": file.size}, 201


def attachment(id: str, n: str) -> Any:
    return _attached(id, "attachments", n)


def reference(id: str, n: str) -> Any:
    return _attached(id, "references", n)


def picture(id: str, n: str) -> Any:
    return _attached(id, "pictures", n)


def _attached(id: str, group: str, n: str) -> Any:
    if not (n.isascii() and n.isdigit() and len(n) < 3):
        raise NotFound
    revision = body.number("revision", 1, MOST_REVISIONS)
    return _send(attached.fetch(office.session(), person(), id, group, int(n), revision))


def file(id: str, format: str) -> Any:
    """Answer with the bytes, 202 while a PDF is being made, 404 before 送印."""
    try:
        found = downloads.fetch(office.session(), person(), id, format)
    except ConverterMissing:
        raise
    except PdfError as error:
        refuse(503, gettext("The PDF could not be made: %(why)s", why=str(error)))
    if found is None:
        return (
            {"reasons": [gettext("The PDF is being made; please ask again in a moment.")]},
            202,
            {"Retry-After": SECONDS_FOR_A_PDF},
        )
    return _send(found)


def _send(found: Download) -> Any:
    return send_file(
        BytesIO(found.content),
        mimetype=found.mimetype,
        as_attachment=True,
        download_name=found.name,
        etag=found.sha256,
    )
