"""Show a recommending body what waits for it, and the places that it has."""

from flask import render_template

from workflow.applications.recommending import recommendations as found_for

from .. import office
from ..auth import person
from .routes import blueprint


@blueprint.get("/recommendations")
def recommendations() -> str:
    """Show what waits, what became of the rest, and the places left by category."""
    return render_template("portal/recommendations.html", it=found_for(office.session(), person()))
