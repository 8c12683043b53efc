"""Load the lists of holidays into the working calendar, and set the working hours."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from workflow import clock, deadlines, holiday_lists
from workflow.errors import NotReady
from workflow.office import working_calendar as verbs

from .. import office, uploads
from ..auth import person
from ..language import say_all
from .routes import blueprint

FILE_MB = 1


@blueprint.get("/calendar")
def working_calendar() -> Any:
    """Show which years are loaded, one year's list to be mended, and the working hours."""
    return _page()


@blueprint.post("/calendar")
@uploads.takes(2 * FILE_MB * uploads.MB)
def load_calendar() -> Any:
    """Check a list; load it where that is asked for and nothing is wrong with it."""
    text, source = request.form.get("list", ""), gettext("entered on the page")
    sent = request.files.get("file")
    try:
        if sent is not None and sent.filename:
            text, source = holiday_lists.text_of_file(sent.filename, sent.read()), sent.filename
    except NotReady as refusal:
        return _page(text=text, wrong=say_all(refusal.reasons)), 422
    reading = holiday_lists.read_list(text)
    if reading.faults or request.form.get("do") != "load":
        return _page(text=text, reading=reading), 422 if reading.faults else 200
    years = verbs.load(person().id, reading, source)
    flash(gettext("Loaded: %(years)s", years="、".join(map(str, years))), "success")
    return redirect(url_for("administration.working_calendar", year=years[-1]))


@blueprint.post("/calendar/hours")
def set_hours() -> Any:
    """Set the working hours."""
    try:
        verbs.set_hours(person().id, request.form)
    except NotReady as refusal:
        return _page(hours=request.form.to_dict(), hours_wrong=say_all(refusal.reasons)), 422
    flash(gettext("The working hours are changed; what is already due stays due when it was."), "success")
    return redirect(url_for("administration.working_calendar", _anchor="hours"))


def _page(text: str | None = None, reading: Any = None, wrong: list[str] | None = None, **hours: Any) -> str:
    session = office.session()
    years = verbs.years(session)
    unloaded = deadlines.unloaded_years(session)
    loaded = [one.year for one in years]
    year = request.args.get("year", type=int) or (clock.today().year if not unloaded else unloaded[-1])
    days = verbs.days_of(session, year)
    return render_template(
        "administration/working_calendar.html",
        years=years,
        year=year,
        is_loaded=year in loaded,
        unloaded=unloaded,
        days=days,
        list=holiday_lists.written(days) if text is None else text,
        reading=reading,
        wrong=wrong or [],
        hours=hours.get("hours") or verbs.hours_of(session),
        hours_wrong=hours.get("hours_wrong", []),
    )
