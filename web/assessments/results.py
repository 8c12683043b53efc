"""Show the office the results of a campaign, step by step, and let it freeze them."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from workflow.assessment import freezing, returning
from workflow.assessment.blind import refuse_judges
from workflow.assessment.results import results as reckon_all
from workflow.assessment.scores import scores_of
from workflow.campaigns.clerk import may_run, refuse_strangers
from workflow.campaigns.finding import find
from workflow.errors import NotReady

from .. import office
from ..auth import person
from ..language import say_all
from .assessors import result_of
from .routes import blueprint, page


@blueprint.get("/campaigns/<campaign_id>/results")
def results(campaign_id: str) -> str:
    """Show totals and ranks by category."""
    return _results(campaign_id)


@blueprint.post("/campaigns/<campaign_id>/freeze")
def freeze(campaign_id: str) -> Any:
    """Freeze the scores for deliberation."""
    try:
        count = freezing.freeze(person().id, campaign_id)
    except NotReady as refusal:
        return _results(campaign_id, say_all(refusal.reasons)), 422
    flash(gettext("The scores of %(n)s applications are frozen.", n=count), "success")
    return redirect(url_for("assessments.results", campaign_id=campaign_id))


@blueprint.get("/campaigns/<campaign_id>/results/<public_id>")
def result(campaign_id: str, public_id: str) -> str:
    """Show every score of one application side by side."""
    return _result(campaign_id, public_id)


@blueprint.post("/campaigns/<campaign_id>/results/<public_id>/return")
def send_back(campaign_id: str, public_id: str) -> Any:
    """Send a sheet back to its assessor."""
    form = request.form
    try:
        returning.send_back(
            person().id, public_id, form.get("method", ""), form.get("assessor", ""), form.get("reason", "")
        )
    except NotReady as refusal:
        return _result(campaign_id, public_id, say_all(refusal.reasons)), 422
    flash(gettext("The sheet is sent back."), "success")
    return redirect(url_for("assessments.result", campaign_id=campaign_id, public_id=public_id))


def _results(campaign_id: str, wrong: list[str] | None = None) -> str:
    office.refresh()
    refuse_strangers(person())
    campaign = find(office.session(), campaign_id)
    refuse_judges(office.session(), person(), campaign)
    found = reckon_all(office.session(), campaign)
    return page(
        "results",
        campaign=campaign,
        categories=found,
        may_freeze=may_run(person()) and campaign.frozen_at is None,
        not_yet=say_all(freezing.why_not(campaign, found)),
        wrong=wrong or [],
    )


def _result(campaign_id: str, public_id: str, wrong: list[str] | None = None) -> str:
    office.refresh()
    campaign, category, found = result_of(campaign_id, public_id)
    return page(
        "result",
        campaign=campaign,
        category=category,
        result=found,
        row=found.judged.row,
        given=scores_of(office.session(), person(), found.judged),
        may_change=may_run(person()) and campaign.frozen_at is None,
        wrong=wrong or [],
    )
