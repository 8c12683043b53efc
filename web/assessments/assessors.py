"""Let the office assign assessors, one by one or evenly, and say who is recused from which unit."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from workflow.assessment import assigning, declaring, overview
from workflow.assessment.blind import refuse_judges
from workflow.assessment.results import Result, results
from workflow.campaigns.clerk import may_run, refuse_strangers
from workflow.campaigns.finding import find
from workflow.clock import today
from workflow.errors import NotFound, NotReady

from .. import office
from ..auth import person
from ..language import say_all
from .routes import blueprint, page


@blueprint.get("/campaigns/<campaign_id>/assessors")
def assessors(campaign_id: str) -> str:
    """Show who judges what in a campaign."""
    return _page(campaign_id)


@blueprint.post("/campaigns/<campaign_id>/assessors/evenly")
def assign_evenly(campaign_id: str) -> Any:
    """Give every application the assessors that it lacks."""
    form = request.form
    try:
        done = assigning.assign_evenly(person().id, campaign_id, form.getlist("expert"), form.get("seed", ""))
    except NotReady as refusal:
        return _page(campaign_id, say_all(refusal.reasons)), 422
    words = gettext("%(n)s assignments were made with the seed %(seed)s.", n=done.given, seed=done.seed)
    flash(words, "success")
    if done.lacking:
        flash(gettext("%(n)s places stay empty: nobody else may judge there.", n=done.lacking), "warning")
    return redirect(url_for("assessments.assessors", campaign_id=campaign_id))


@blueprint.post("/campaigns/<campaign_id>/assessors/recusals")
def declare(campaign_id: str) -> Any:
    """Say that an expert must not judge a unit."""
    form = request.form
    try:
        declaring.declare(
            person().id,
            campaign_id,
            form.get("expert", ""),
            form.get("unit", 0, type=int),
            form.get("reason", ""),
        )
    except NotReady as refusal:
        return _page(campaign_id, say_all(refusal.reasons)), 422
    flash(gettext("The recusal is declared."), "success")
    return redirect(url_for("assessments.assessors", campaign_id=campaign_id))


@blueprint.get("/campaigns/<campaign_id>/assessors/<public_id>")
def one(campaign_id: str, public_id: str) -> str:
    """Show who judges one application."""
    return _one(campaign_id, public_id)


@blueprint.post("/campaigns/<campaign_id>/assessors/<public_id>")
def change(campaign_id: str, public_id: str) -> Any:
    """Assign, reassign or take away."""
    form = request.form
    method, leaver, to = (form.get(name, "") for name in ("method", "leaver", "to"))
    try:
        if form.get("act") == "take_away":
            assigning.take_away(person().id, public_id, method, leaver, form.get("reason", ""))
        elif leaver:
            assigning.reassign(person().id, public_id, method, leaver, to, form.get("reason", ""))
        else:
            assigning.assign(person().id, public_id, method, to)
    except NotReady as refusal:
        return _one(campaign_id, public_id, say_all(refusal.reasons)), 422
    flash(gettext("The assignment is changed."), "success")
    return redirect(url_for("assessments.one", campaign_id=campaign_id, public_id=public_id))


def _page(campaign_id: str, wrong: list[str] | None = None) -> str:
    office.refresh()
    session, who = office.session(), person()
    refuse_strangers(who)
    campaign = find(session, campaign_id)
    return page(
        "assessors",
        campaign=campaign,
        loads=overview.expert_loads(session, who, campaign),
        declared=overview.declared(session, who, campaign),
        units=overview.applying_units(session, campaign),
        categories=results(session, campaign, reckoned=False),
        may_change=may_run(who) and campaign.frozen_at is None,
        seed=request.form.get("seed") or today().strftime("%Y%m%d"),
        chosen=request.form.getlist("expert"),
        wrong=wrong or [],
        typed=request.form if wrong else {},
    )


def result_of(campaign_id: str, public_id: str) -> tuple[Any, Any, Result]:
    """Return a campaign, one of its categories' results, and in it an application's; raises NotFound."""
    refuse_strangers(person())
    campaign = find(office.session(), campaign_id)
    refuse_judges(office.session(), person(), campaign)
    for category in results(office.session(), campaign, only=public_id):
        for result in category.results:
            if result.key == public_id:
                return campaign, category, result
    raise NotFound


def _one(campaign_id: str, public_id: str, wrong: list[str] | None = None) -> str:
    office.refresh()
    campaign, category, result = result_of(campaign_id, public_id)
    return page(
        "assigned",
        campaign=campaign,
        category=category,
        result=result,
        row=result.judged.row,
        experts=overview.expert_loads(office.session(), person(), campaign),
        may_change=may_run(person()) and campaign.frozen_at is None,
        wrong=wrong or [],
    )
