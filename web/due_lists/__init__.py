"""Show what of applications and titles falls due: lines on the desk, a list each, workbooks."""

from typing import Any

from flask import Blueprint, Response, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from workflow.campaigns.clerk import refuse_others
from workflow.due_lists import counting, listing

from .. import office
from ..auth import person, visitor
from ..imports.workbook import xlsx

blueprint = Blueprint("due_lists", __name__, url_prefix="/due-lists")

OPENS = {
    "amendments": ("portal.show", "public_id"),
    "replies": ("consulting.consultation", "public_id"),
    "objections": ("public.campaign_notices", "public_id"),
    "put_right": ("title_acts.acts", "title_id"),
    "expiring": ("title_acts.acts", "title_id"),
    "closing": ("campaigns.show", "public_id"),
}


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(falling_due=falling_due)


@blueprint.before_request
def _guard() -> None:
    """Refuse everybody but the office clerk (NotAllowed); each list asks again."""
    refuse_others(person())


def names() -> dict[str, str]:
    """Return what the lists are called."""
    return {
        "amendments": gettext("Corrections overdue"),
        "replies": gettext("Replies overdue"),
        "objections": gettext("Objections not answered"),
        "put_right": gettext("Titles with something to put right"),
        "expiring": gettext("Titles that expire within %(days)s days", days=counting.EXPIRING_DAYS),
        "closing": gettext("Campaigns that close within %(days)s days", days=counting.CLOSING_DAYS),
    }


def headings() -> dict[str, tuple[str, str, str, str]]:
    """Return what stands above the columns of each list."""
    unit, holder, term = gettext("Unit"), gettext("Holder"), gettext("Term")
    campaign, due, last = gettext("Campaign"), gettext("Due"), gettext("Last day of the notice")
    return {
        "amendments": (unit, gettext("Application"), gettext("What is to be corrected"), due),
        "replies": (gettext("Body"), campaign, gettext("Letter"), due),
        "objections": (unit, gettext("Public notice"), gettext("Objection"), last),
        "put_right": (holder, gettext("Act"), gettext("Reason"), gettext("To be put right until")),
        "expiring": (holder, term, gettext("Number"), gettext("Valid until")),
        "closing": (campaign, term, gettext("Year"), gettext("Closes on")),
    }


def falling_due() -> list[tuple[str, int, str]]:
    """Return the lists of the visitor that have something: what each is called, how much, its address."""
    who = visitor()
    counted = counting.counts(office.session(), who) if who else {}
    if not counted:
        return []
    called = names()
    return [(called[name], number, url_for("due_lists.show", name=name)) for name, number in counted.items()]


@blueprint.get("/<name>")
def show(name: str) -> Any:
    """Show one list, what has waited longest on top."""
    session, who = office.session(), person()
    lines = listing.listed(session, who, name)
    endpoint, key = OPENS[name]
    places: list[dict[str, Any]] = [{key: line.target} for line in lines]
    return render_template(
        "due_lists/show.html",
        name=name,
        title=names()[name],
        headings=headings()[name],
        lines=[(line, url_for(endpoint, **place)) for line, place in zip(lines, places, strict=True)],
        total=counting.counts(session, who).get(name, 0),
    )


@blueprint.get("/<name>/list.xlsx")
def workbook(name: str) -> Response:
    """Send one list as a workbook."""
    content = listing.export(office.session(), person(), name)
    return xlsx(content, f"{listing.NAMES[name]}.xlsx")
