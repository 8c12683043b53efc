"""Take in what came back with the seal."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from workflow import sealed as sealing

from .. import office, uploads
from ..auth import person
from .attached import LARGEST_FILE
from .routes import blueprint, once, version


@blueprint.post("/documents/<public_id>/sealed")
@uploads.takes(LARGEST_FILE)
def bind_sealed(public_id: str) -> Any:
    """Bind the scan of the sealed paper, or a file sealed elsewhere, to its document."""
    file = request.files.get("file")
    name, data = (file.filename or "", file.read()) if file else ("", b"")
    sealing.bind(person().id, public_id, version(), name[-sealing.LONGEST_NAME :], data, once=once())
    office.refresh()
    flash(gettext("The sealed file is bound to the document."), "success")
    return redirect(url_for("documents.show", public_id=public_id))
