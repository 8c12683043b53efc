"""List the imports: what was brought in by whom, and how far it came."""

from typing import Any

from flask import render_template
from flask_babel import gettext

from workflow.errors import NotAllowed, Reason
from workflow.intake import imports

from .. import office
from ..auth import person
from .routes import blueprint

# Where an import of a kind is begun, and where one is looked at.
PAGES = {
    "office": ("imports.office_workbook", "imports.office_import"),
    "past": ("imports.past", "imports.past_import"),
}
TONES = {"done": "done", "refused": "back", "failed": "back", "ready": "now", "running": "now"}


@blueprint.get("")
def index() -> Any:
    """Show the latest imports, and where to begin one."""
    kinds = imports.kinds_for(person())
    if not kinds:
        raise NotAllowed([Reason("This import is not for your post")])
    lines = imports.listed(office.session(), person())
    return render_template(
        "imports/index.html",
        lines=lines,
        kinds=[kind for kind in kinds if kind in PAGES],
        pages=PAGES,
        states=state_names(),
        names=kind_names(),
        tones=TONES,
    )


def kind_names() -> dict[str, str]:
    return {"office": gettext("Office workbook"), "past": gettext("Past documents")}


def state_names() -> dict[str, str]:
    """Name what may be said of an import's progress."""
    return {
        "collecting": gettext("Files are being collected"),
        "checking": gettext("Being checked"),
        "refused": gettext("Has errors, nothing was changed"),
        "ready": gettext("Ready to be taken in"),
        "running": gettext("Being taken in"),
        "done": gettext("Taken in"),
        "failed": gettext("Broken off"),
    }
