"""Show the report that accounts for every number of a series and a year."""

from typing import Any

from flask import render_template

from workflow.register import book
from workflow.register.report import report as account

from .. import office
from ..auth import person
from .routes import blueprint, chosen


@blueprint.get("/register/report")
def report() -> Any:
    """Account for a series and a year; by default the first series, and the latest year with numbers."""
    session, wanted = office.session(), chosen()
    series, years = book.series_codes(session), book.years(session)
    code = wanted.series or next(iter(series), "")
    year = wanted.year or next(iter(years), 0)
    found = account(session, person(), code, year)
    return render_template("register/report.html", found=found, code=code, series=series, years=years)
