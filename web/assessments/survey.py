"""Let the office enter the results of a survey: by hand, or from the workbook that is given out here."""

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from workflow.assessment import surveying
from workflow.assessment.blind import refuse_judges
from workflow.assessment.results import results
from workflow.campaigns.clerk import may_run, refuse_strangers
from workflow.campaigns.finding import find
from workflow.errors import ContentError, NotReady

from .. import office
from ..auth import person
from ..errors import reasons_of
from ..language import say_all
from ..uploads import MB, takes
from .export import spreadsheet
from .routes import blueprint

LARGEST = 8 * MB


@blueprint.get("/campaigns/<campaign_id>/survey")
def survey(campaign_id: str) -> str:
    """Show which applications have their survey's results."""
    return _page(campaign_id)


@blueprint.get("/campaigns/<campaign_id>/survey.xlsx")
def survey_form(campaign_id: str) -> Response:
    """Give out the workbook to be filled in."""
    session = office.session()
    refuse_strangers(person())
    campaign = find(session, campaign_id)
    tables = surveying.forms(session, person(), campaign)
    return spreadsheet(tables, f"{campaign.title} {gettext('Survey')}.xlsx")


@blueprint.post("/campaigns/<campaign_id>/survey")
@takes(LARGEST)
def bring_in(campaign_id: str) -> Any:
    """Enter what a filled-in workbook says."""
    sent = request.files.get("file")
    try:
        count = surveying.bring_in(person().id, campaign_id, sent.read() if sent else b"")
    except (NotReady, ContentError) as refusal:
        return _page(campaign_id, reasons_of(refusal)), 422
    flash(gettext("The results of %(n)s applications are entered.", n=count), "success")
    return redirect(url_for("assessments.survey", campaign_id=campaign_id))


@blueprint.post("/campaigns/<campaign_id>/survey/<public_id>")
def by_hand(campaign_id: str, public_id: str) -> Any:
    """Begin to enter one application's results by hand."""
    try:
        surveying.enter_by_hand(person().id, public_id)
    except NotReady as refusal:
        return _page(campaign_id, say_all(refusal.reasons)), 422
    return redirect(url_for("assessments.sheet", public_id=public_id, method=surveying.SURVEY))


def _page(campaign_id: str, wrong: list[str] | None = None) -> str:
    office.refresh()
    refuse_strangers(person())
    campaign = find(office.session(), campaign_id)
    refuse_judges(office.session(), person(), campaign)
    return render_template(
        "assessments/survey.html",
        campaign=campaign,
        categories=results(office.session(), campaign, reckoned=False),
        may_change=may_run(person()) and campaign.frozen_at is None,
        me=person(),
        wrong=wrong or [],
    )
