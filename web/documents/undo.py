"""Take one's last step back, while nobody has opened the document since."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_babel import gettext

from workflow import undoing
from workflow.errors import NotReady

from .. import office
from ..auth import person
from ..language import say_all
from . import page
from .neighbours import carried
from .routes import blueprint, once


@blueprint.post("/documents/<public_id>/undo")
def undo(public_id: str) -> Any:
    """Take the step back that the form names, and show the document as it is again."""
    seq = request.form.get("seq", "")
    if not (seq.isascii() and seq.isdigit() and len(seq) < 10):
        abort(400)
    try:
        undoing.undo(person().id, public_id, int(seq), once=once())
    except NotReady as refusal:
        office.refresh()
        return page.render(public_id, not_undone=say_all(refusal.reasons)), 422
    flash(gettext("The step is taken back; the document is with you again as it was."), "success")
    return redirect(url_for("documents.show", public_id=public_id, **carried()))  # type: ignore[arg-type]
