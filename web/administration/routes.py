"""Hold the blueprint that the modules of this package hang their pages on; it is the administrator's."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from workflow.office.administrator import may_administer, refuse_others

from ..auth import person, visitor

blueprint = Blueprint("administration", __name__, url_prefix="/administration")


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(administers=administers)


@blueprint.before_request
def _guard() -> None:
    """Refuse everybody else (NotAllowed); each verb asks again."""
    refuse_others(person())


def administers() -> bool:
    """Say whether the pages of the administration are for the one who asks."""
    who = visitor()
    return who is not None and may_administer(who)
