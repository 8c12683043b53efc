"""Hold the blueprint that the modules of this package hang their pages on."""

from flask import Blueprint

from workflow.campaigns.clerk import refuse_others

from ..auth import person

blueprint = Blueprint("title_acts", __name__, url_prefix="/titles")


@blueprint.before_request
def _guard() -> None:
    """Refuse everybody but the office clerk (NotAllowed); each verb asks again."""
    refuse_others(person())
