"""Let the registrar confirm with which number each series starts."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from workflow.errors import NotAllowed, NotReady, Reason
from workflow.register.start import confirm_start, holes_below, starts

from .. import office
from ..auth import person
from ..documents.routes import once
from ..language import say_all
from .routes import blueprint, whole


@blueprint.get("/register/start")
def start() -> Any:
    """Show with which number each series starts, and what is proposed where that is open."""
    return _page()


@blueprint.post("/register/start/<int:series_id>")
def confirm(series_id: int) -> Any:
    """Confirm a start; what that leaves without paper is asked about first."""
    year, serial, reason = whole("year"), whole("serial"), request.form.get("reason", "")
    holes = holes_below(office.session(), series_id, year, serial)
    if holes > 0 and request.form.get("sure") != f"{year} {serial}":
        return _page(series_id, holes=holes), 422
    try:
        confirm_start(person().id, series_id, year, serial, reason, once=once())
    except NotReady as refusal:
        return _page(series_id, wrong=say_all(refusal.reasons)), 422
    flash(gettext("The start is confirmed."), "success")
    return redirect(url_for("register.start", _anchor=f"series-{series_id}"))


def _page(asked: int = 0, *, holes: int = 0, wrong: list[str] | None = None) -> str:
    if not person().in_office:
        raise NotAllowed([Reason("The register is for the people of the office")])
    office.refresh()
    return render_template(
        "register/start.html",
        starts=starts(office.session()),
        asked=asked,
        holes=holes,
        wrong=wrong or [],
        typed=request.form,
    )
