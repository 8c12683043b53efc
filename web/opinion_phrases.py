"""Let each person keep their phrases for opinions (常用语), and offer them under each comment."""

from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from workflow import opinion_phrases
from workflow.errors import ContentError

from . import office
from .auth import person, visitor
from .forms.content import problems_by_field

blueprint = Blueprint("opinion_phrases", __name__)


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(own_phrases=own_phrases)


def own_phrases() -> tuple[str, ...]:
    """Return the visitor's phrases; a page asks for them under each comment and they are read once."""
    if "own_phrases" not in g:
        who = visitor()
        g.own_phrases = opinion_phrases.of(office.session(), who.id) if who else ()
    known: tuple[str, ...] = g.own_phrases
    return known


@blueprint.get("/opinion-phrases")
def mine() -> Any:
    """Show one's phrases, a line each."""
    return _page("\n".join(own_phrases()), {})


@blueprint.post("/opinion-phrases")
def keep() -> Any:
    """Keep one's phrases as they stand in the form."""
    lines = request.form.get("phrases", "")
    try:
        opinion_phrases.keep(person().id, lines)
    except ContentError as error:
        return _page(lines, problems_by_field(error)), 422
    flash(gettext("Your phrases are kept."), "success")
    return redirect(url_for("opinion_phrases.mine"))


def _page(lines: str, problems: dict[str, list[str]]) -> str:
    limits = {"most": opinion_phrases.MOST, "longest": opinion_phrases.LONGEST}
    return render_template("opinion_phrases/mine.html", lines=lines, problems=problems, **limits)
