"""Urge whoever has a document (催办)."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from workflow.errors import NotReady
from workflow.urging import by_hand

from .. import office
from ..auth import person
from ..language import say_all
from . import page
from .neighbours import carried
from .routes import blueprint


@blueprint.post("/documents/<public_id>/urge")
def urge(public_id: str) -> Any:
    """Urge those who have the document."""
    try:
        urged = by_hand.urge(person().id, public_id, request.form.get("note", ""))
    except NotReady as refusal:
        office.refresh()
        return page.render(public_id, not_urged=say_all(refusal.reasons)), 422
    flash(gettext("Urged: %(names)s", names="、".join(one.name for one in urged)), "success")
    return redirect(url_for("documents.show", public_id=public_id, **carried()))  # type: ignore[arg-type]
