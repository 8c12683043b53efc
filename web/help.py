"""Show the words to stages, steps and fields where they are needed, and each role's two pages."""

from typing import Any

from flask import Blueprint, abort, render_template
from flask.blueprints import BlueprintSetupState

from states.help import Help, Subject
from workflow.installation import here

from .forms.content import field_label
from .language import label

blueprint = Blueprint("help", __name__)

KIND = "notice"


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(sentence=sentence)


def sentence(subject: Subject, name: str, kind: str = KIND) -> str:
    """Return the sentence to a stage, step, input or field in the reader's language, or nothing."""
    words = here().help.get(kind)
    found = words.sentence(subject, name) if words else None
    return label(found) if found else ""


@blueprint.get("/help")
def index() -> Any:
    """List the roles, and every field."""
    return render_template("help/index.html", words=_words())


@blueprint.get("/help/<role>")
def role(role: str) -> Any:
    """Show what a role does: two printed pages."""
    words = _words()
    found = next((one for one in words.roles if one.name == role), None)
    if found is None:
        abort(404)
    return render_template(
        "help/role.html",
        role=found,
        words=words,
        procedure=here().procedures[KIND],
        field_label=field_label,
    )


def _words() -> Help:
    return here().help.get(KIND) or abort(404)
