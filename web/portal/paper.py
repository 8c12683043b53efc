"""Send the 申报表 of an application, to be printed and sealed."""

from flask import Response

from workflow.applications import printing

from .. import office
from ..documents.files import send
from .routes import blueprint, find


@blueprint.get("/applications/<public_id>/form.docx")
def form(public_id: str) -> Response:
    """Send the form of the text as it is saved now."""
    return send(printing.form(office.session(), find(public_id)))
