"""Show the register of outgoing documents (发文登记簿): every number, and what became of it."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext

from workflow import lists

from . import office
from .auth import person

blueprint = Blueprint("register", __name__)

TONES = {"used": "done", "void": "back", "reserved": "now", "outside": "off"}


@blueprint.get("/register")
def index() -> Any:
    """Show the register, narrowed to a series and a year."""
    session = office.session()
    series, year = request.args.get("series") or None, request.args.get("year", type=int)
    chosen = {name: value for name, value in (("series", series), ("year", year)) if value is not None}
    return render_template(
        "register/index.html",
        page=lists.register(session, person(), series=series, year=year, cursor=request.args.get("cursor")),
        narrowed=chosen,
        series=lists.series_codes(session),
        years=lists.register_years(session),
        states=_states(),
        tones=TONES,
    )


def _states() -> dict[str, str]:
    return {
        "used": gettext("Used"),
        "void": gettext("Void"),
        "reserved": gettext("Reserved"),
        "outside": gettext("Used outside the system"),
    }
