"""Show a unit what it may apply for, its applications and its titles; begin an application."""

from typing import Any

from flask import redirect, render_template, url_for

from workflow import clock
from workflow.applications.beginning import begin_application
from workflow.applications.portal import portal
from workflow.errors import NotReady

from .. import office
from ..auth import person
from ..documents.routes import once
from ..language import say_all
from .routes import blueprint


@blueprint.get("/portal")
def home() -> str:
    """Show the unit's page."""
    return _home()


@blueprint.post("/portal/<campaign>/<category>")
def begin(campaign: str, category: str) -> Any:
    """Begin an application and go on to its form."""
    try:
        public_id = begin_application(person().id, campaign, category, once=once())
    except NotReady as refusal:
        office.refresh()
        return _home(say_all(refusal.reasons)), 422
    return redirect(url_for("portal.edit", public_id=public_id))


def _home(wrong: list[str] | None = None) -> str:
    return render_template(
        "portal/home.html", it=portal(office.session(), person()), wrong=wrong or [], now=clock.stamp()
    )
