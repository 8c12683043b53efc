"""Show each procedure as a diagram: how many documents stand where, and how long they usually stay."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from markupsafe import Markup

from states.diagram import svg
from workflow.installation import here
from workflow.rulebook.counting import standing

from . import office
from .auth import person
from .language import language

blueprint = Blueprint("procedures", __name__)


@blueprint.get("/procedures")
def index() -> Any:
    """Show the procedure of what the office issues."""
    return redirect(url_for("procedures.show", kind="notice"))


@blueprint.get("/procedures/<kind>")
def show(kind: str) -> Any:
    """Show one procedure with what is under way on it."""
    procedure = here().procedures.get(kind)
    if procedure is None:
        abort(404)
    found = standing(office.session(), person(), kind)
    return render_template(
        "procedures/show.html",
        procedure=procedure,
        procedures=here().procedures,
        picture=Markup(svg(procedure, None, language(), found.counts)),  # noqa: S704 - escaped by svg
        standing=found,
    )
