"""Hand out a document's files."""

from io import BytesIO
from typing import Any

from flask import send_file
from flask_babel import gettext

from workflow import downloads
from workflow.errors import ConverterMissing, PdfError

from .. import office
from .bearer import person
from .refusal import refuse

SECONDS_FOR_A_PDF = "3"


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
    return send_file(
        BytesIO(found.content),
        mimetype=found.mimetype,
        as_attachment=True,
        download_name=found.name,
        etag=found.sha256,
    )
