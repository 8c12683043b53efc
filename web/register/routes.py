"""Hold the blueprint that the modules of this package hang their pages on, and read what they are asked."""

from datetime import date
from typing import Any

from flask import Blueprint, request
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from workflow.errors import NotReady, Reason
from workflow.register.book import Chosen
from workflow.register.registrar import POST, STATES

from ..auth import visitor

blueprint = Blueprint("register", __name__)

TONES = {"used": "done", "void": "back", "reserved": "now", "outside": "off", "missing": "back"}
LARGEST = 10**6  # serials and years beyond this are slips


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        number_state_name=state_name, number_tone=TONES.get, writes_in_register=writes_in_register
    )


def writes_in_register() -> bool:
    """Say whether the one who asks is the registrar."""
    who = visitor()
    return who is not None and who.holds(POST)


def state_name(state: str) -> str:
    """Return what a state of a number is called."""
    return {
        "used": gettext("Used"),
        "void": gettext("Void"),
        "reserved": gettext("Reserved"),
        "outside": gettext("Used outside the system"),
        "missing": gettext("Missing number"),
        "none": gettext("Not in the register"),
    }[state]


def chosen() -> Chosen:
    """Return what of the register the address asks for; what is none is as if not given."""
    state = request.args.get("state", "")
    return Chosen(
        request.args.get("series") or None,
        request.args.get("year", type=int),
        state if state in STATES else None,
        request.args.get("q", "").strip()[:100],
    )


def named(chosen: Chosen) -> dict[str, Any]:
    """Return what was chosen as addresses name it."""
    given = {"series": chosen.series, "year": chosen.year, "state": chosen.state, "q": chosen.words or None}
    return {name: value for name, value in given.items() if value is not None}


def whole(name: str) -> int:
    """Return a whole number that the form has; 0 when it is none."""
    value = request.form.get(name, "").strip()
    return int(value) if value.isascii() and value.isdigit() and len(value) <= len(str(LARGEST)) else 0


def day(name: str) -> date | None:
    """Return a day that the form has, or None where it is left open; raises NotReady."""
    value = request.form.get(name, "").strip()
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise NotReady([Reason("%(day)s is no day of the calendar", {"day": value[:20]})]) from None
