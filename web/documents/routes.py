"""Hold the blueprint that the modules of this package hang their pages on, and read what all forms carry."""

import secrets

from flask import Blueprint, abort, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from workflow.answers import Once

blueprint = Blueprint("documents", __name__)

_KEY_LENGTHS = range(16, 65)


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(new_key=new_key, list_name=list_name, change_name=change_name)


def new_key() -> str:
    """Return a form's key: what is sent twice under one key is done once."""
    return secrets.token_hex(16)


def once(suffix: str = "") -> Once | None:
    """Return the form's key, so that a second click or a replayed request changes nothing."""
    key = request.form.get("key", "")
    return Once(key + suffix) if len(key) in _KEY_LENGTHS and key.isalnum() else None


def version() -> int:
    """Return the version that the person saw; a form without one is malformed."""
    given = request.form.get("version", "")
    if not (given.isascii() and given.isdigit() and len(given) < 10):
        abort(400)
    return int(given)


def list_name(origin: str) -> str:
    """Return what a list of the desk is called."""
    return {
        "tasks": gettext("To do"),
        "to_read": gettext("To read"),
        "circulated": gettext("Passed to me"),
        "drafts": gettext("My drafts"),
        "begun": gettext("Begun by me"),
        "handled": gettext("Handled"),
        "unscanned": gettext("Sealed file not back yet"),
    }[origin]


def change_name(kind: str) -> str:
    """Return what a kind of change to a text is called."""
    return {
        "draft": gettext("Draft"),
        "in_place": gettext("Change in place"),
        "layout": gettext("Layout only"),
        "wording": gettext("Wording (a slip mended)"),
        "substance": gettext("Substance (goes back to the signatory)"),
    }[kind]
