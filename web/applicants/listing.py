"""List the units that apply, and send the list as a workbook."""

from typing import Any

from flask import Response, render_template, request, url_for
from flask_babel import gettext

from workflow.applicants import listing
from workflow.applicants.listing import Wanted
from workflow.campaigns.rules import natures

from .. import office
from ..auth import person
from ..campaigns import words
from ..imports.workbook import xlsx
from .routes import blueprint

MOST_PAGES = 10_000


def wanted() -> Wanted:
    """Return what the address narrows the list to."""
    given = request.args
    return Wanted(
        given.get("q", "").strip()[:60],
        given.get("nature", ""),
        given.get("recommender", ""),
        given.get("state", ""),
    )


@blueprint.get("")
def index() -> Any:
    """List the units, a page at a time."""
    session, narrow = office.session(), wanted()
    page = min(max(request.args.get("page", 1, type=int), 1), MOST_PAGES)
    lines, total = listing.listed(session, person(), narrow, page)
    counted = listing.counts(session, narrow)
    narrowed: dict[str, Any] = dict(narrow.narrowed())
    others = {name: value for name, value in narrowed.items() if name != "state"}
    names = {"": gettext("All units"), **words.states()}
    states = [
        {
            "text": text,
            "count": counted[state],
            "chosen": state == narrow.state,
            "href": url_for("applicants.index", **{**others, **({"state": state} if state else {})}),
        }
        for state, text in names.items()
    ]
    more = page * listing.PAGE < total
    return render_template(
        "applicants/index.html",
        lines=lines,
        total=total,
        shown=len(lines),
        wanted=narrow,
        narrowed=narrowed,
        filters=states,
        natures=natures(session),
        recommenders=listing.recommenders(session),
        first=url_for("applicants.index", **narrowed) if page > 1 else None,
        next=url_for("applicants.index", **narrowed, page=page + 1) if more else None,
    )


@blueprint.get("/list.xlsx")
def workbook() -> Response:
    """Send the list, narrowed as it is shown, as a workbook."""
    return xlsx(listing.export(office.session(), person(), wanted()), f"{gettext('Units that apply')}.xlsx")
