"""Hold the blueprint that the modules of this package hang their pages on."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from workflow.intake import imports

from ..auth import visitor

blueprint = Blueprint("imports", __name__, url_prefix="/imports")


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(imports_for_visitor=imports_for_visitor)


def imports_for_visitor() -> list[str]:
    """Return the kinds of import that are for the one who asks."""
    who = visitor()
    return imports.kinds_for(who) if who else []
