"""Take applications in from a workbook: what it would do first, then each as a draft of its unit."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import ngettext

from workflow.applications import importing
from workflow.campaigns.clerk import may_run
from workflow.campaigns.finding import find as find_campaign
from workflow.errors import NotReady

from .. import office, uploads
from ..auth import person
from ..campaigns.trees import LARGEST_WORKBOOK, carried, sent_workbook
from ..imports.workbook import xlsx
from ..language import say_all
from .routes import blueprint

UNNAMED = "XLSX"


@blueprint.get("/campaigns/<campaign>/import/template.xlsx")
def import_template(campaign: str) -> Response:
    """Send the campaign's workbook to be filled in."""
    return xlsx(importing.template(office.session(), person(), campaign), "申报.xlsx")


@blueprint.route("/campaigns/<campaign>/import", methods=["GET", "POST"])
@uploads.takes(LARGEST_WORKBOOK)
def import_applications(campaign: str) -> Any:
    """Check a workbook, or take in what was looked at and is confirmed: the office all, a unit its own."""
    importing.template(office.session(), person(), campaign)
    if request.method == "GET":
        return _page(campaign)
    try:
        content = sent_workbook()
        if request.form.get("do") == "take_in":
            return _taken_in(campaign, content)
        planned = importing.check(person().id, campaign, content)
    except NotReady as refusal:
        return _page(campaign, wrong=say_all(refusal.reasons)), 422
    sent = request.files.get("workbook")
    source = (sent.filename if sent else "") or UNNAMED
    page = _page(campaign, plan=planned, carried=carried(content), source=source)
    return page, 422 if planned.findings else 200


def _taken_in(campaign: str, content: bytes) -> Any:
    source = request.form.get("source", "") or UNNAMED
    done = importing.take_in(person().id, campaign, content, request.form.get("seen", ""), source)
    for entry, reasons in done.left_out:
        flash(f"{entry.row} {entry.unit}: " + "; ".join(say_all(reasons)), "warning")
    told = ngettext("%(num)s application is begun.", "%(num)s applications are begun.", done.begun)
    flash(told, "success")
    if may_run(person()):
        return redirect(url_for("campaigns.show", public_id=campaign))
    return redirect(url_for("portal.home"))


def _page(campaign: str, **found: Any) -> str:
    blank: dict[str, Any] = {"wrong": [], "plan": None, "carried": "", "source": ""}
    one = find_campaign(office.session(), campaign)
    all_ = may_run(person())
    return render_template("portal/import.html", campaign=one, for_all=all_, **{**blank, **found})
