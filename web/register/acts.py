"""Let the registrar take a number without a document: set it aside, or enter that it is used outside."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from workflow import clock
from workflow.errors import NotAllowed, NotReady, Reason
from workflow.register import start
from workflow.register.outside import use_outside
from workflow.register.registrar import open_years
from workflow.register.reserved import reserve

from .. import office
from ..auth import person
from ..documents.routes import once
from ..language import say_all
from .routes import blueprint, day, whole, writes_in_register

USUAL_TIME = timedelta(days=30)


@blueprint.get("/register/reserve")
def reserving() -> Any:
    """Ask for whom and why the next number is to be set aside."""
    return _page("register/reserve.html")


@blueprint.post("/register/reserve")
def reserve_number() -> Any:
    """Set the next number aside."""
    given = request.form.get
    try:
        entry = reserve(
            person().id,
            whole("series"),
            whole("year"),
            given("for_whom", ""),
            given("reason", ""),
            day("until"),
            once=once(),
        )
    except NotReady as refusal:
        return _page("register/reserve.html", say_all(refusal.reasons)), 422
    flash(gettext("The number is reserved."), "success")
    return redirect(url_for("register.number", entry_id=entry))


@blueprint.get("/register/outside")
def outside() -> Any:
    """Ask what the next number was used for without the system."""
    return _page("register/outside.html")


@blueprint.post("/register/outside")
def enter_outside() -> Any:
    """Enter the next number as used outside the system."""
    given = request.form.get
    try:
        entry = use_outside(
            person().id,
            whole("series"),
            whole("year"),
            given("reason", ""),
            title=given("title", ""),
            classified="classified" in request.form,
            dated=day("dated"),
            once=once(),
        )
    except NotReady as refusal:
        return _page("register/outside.html", say_all(refusal.reasons)), 422
    flash(gettext("It is entered that the number was used outside the system."), "success")
    return redirect(url_for("register.number", entry_id=entry))


def _page(template: str, wrong: list[str] | None = None) -> str:
    if not writes_in_register():
        raise NotAllowed([Reason("Only the registrar writes in the register")])
    office.refresh()
    started = [one for one in start.starts(office.session()) if one.series.start_at is not None]
    return render_template(
        template,
        started=started,
        years=sorted({year for one in started for year in open_years(one.series)}, reverse=True),
        until=clock.today() + USUAL_TIME,
        wrong=wrong or [],
        typed=request.form,
    )
