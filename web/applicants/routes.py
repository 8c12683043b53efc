"""Hold the blueprint that the modules of this package hang their pages on."""

from flask import Blueprint

from workflow.campaigns.clerk import refuse_strangers

from ..auth import person

blueprint = Blueprint("applicants", __name__, url_prefix="/applicants")


@blueprint.before_request
def _guard() -> None:
    """Refuse everybody for whom the pages are not (NotAllowed); each verb asks again."""
    refuse_strangers(person())
