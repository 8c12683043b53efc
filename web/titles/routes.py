"""Hold the blueprint of the register of titles, and what its pages call things."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from states.reasons import Label
from workflow.titles import events
from workflow.titles.register import may_look_at_all

from ..auth import visitor

blueprint = Blueprint("titles", __name__)

TONES = {"valid": "done", "suspended": "now", "revoked": "back", "expired": "off", "terminated": "off"}


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        looks_at_titles=looks_at_titles, title_states=events.STATES, title_tones=TONES
    )


def looks_at_titles() -> bool:
    """Say whether the register of titles is for the one who asks."""
    who = visitor()
    return who is not None and may_look_at_all(who)


def levels() -> dict[str, str]:
    """Return what the levels of titles are called."""
    return {
        "own": gettext("The office's own"),
        "provincial": gettext("Provincial"),
        "national": gettext("National"),
    }


def kinds() -> dict[str, Label]:
    """Return what the things are called that can befall a title."""
    return events.KINDS
