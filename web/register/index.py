"""Show the register: every number, and what became of it."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from workflow import in_force
from workflow.register import book, reserved, start
from workflow.register.book import Chosen
from workflow.register.registrar import STATES

from .. import office
from ..auth import person
from .routes import blueprint, chosen, named, state_name, writes_in_register


@blueprint.get("/register")
def index() -> Any:
    """Show the register, narrowed to a series, a year, a state and words."""
    session, wanted = office.session(), chosen()
    narrowed = named(wanted)
    in_office = person().in_office
    page = book.entries(session, person(), wanted, cursor=request.args.get("cursor"))
    bearing = [line["of_document"] for line in page.items if line["of_document"]]
    return render_template(
        "register/index.html",
        page=page,
        marks=in_force.marks(session, person(), bearing),
        narrowed=narrowed,
        wanted=wanted,
        states=_states(wanted, narrowed),
        series=book.series_codes(session),
        years=book.years(session),
        unstarted=start.unstarted(session) if in_office else [],
        expired=reserved.expired(session) if in_office else [],
    )


def _states(wanted: Chosen, narrowed: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the filters of states with how many numbers each lets through; empty ones are left out."""
    found = book.counts(office.session(), person(), wanted)
    others = {name: value for name, value in narrowed.items() if name != "state"}
    filters = [
        {"text": gettext("All"), "count": found[""], "chosen": wanted.state is None, "href": _at(others)}
    ]
    filters += [
        {
            "text": state_name(state),
            "count": found[state],
            "chosen": wanted.state == state,
            "href": _at({**others, "state": state}),
        }
        for state in STATES
        if found[state] or wanted.state == state
    ]
    return filters if writes_in_register() or len(filters) > 2 else []


def _at(narrowed: dict[str, Any]) -> str:
    return url_for("register.index", **narrowed)
