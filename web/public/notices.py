"""Publish a campaign's candidates and confirm them, for the office."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from workflow.applications.candidates import Outcome, candidates
from workflow.campaigns.clerk import may_run, refuse_strangers
from workflow.campaigns.finding import find
from workflow.errors import NotReady
from workflow.public_notices import finding, objecting, publishing
from workflow.public_notices.verifying import STAGE as VERIFICATION
from workflow.public_notices.verifying import objections
from workflow.working_time import calendar

from .. import office
from ..auth import person
from ..campaigns.routes import act
from ..consulting.pages import told
from ..language import say_all
from .routes import blueprint, channel, channels, counter, standings


@blueprint.get("/campaigns/<public_id>/public-notice")
def campaign_notices(public_id: str) -> str:
    """Show a campaign's notices, its objections, and what waits."""
    return page(public_id)


@blueprint.post("/campaigns/<public_id>/public-notice")
def publish(public_id: str) -> Any:
    """Publish whatever waits to be made public."""
    return act(
        lambda: publishing.publish(person().id, public_id, request.form),
        gettext("The list is published."),
        url_for("public.campaign_notices", public_id=public_id),
        lambda wrong, problems: page(public_id, wrong, problems, "publish"),
    )


@blueprint.post("/campaigns/<public_id>/public-notice/confirm")
def confirm(public_id: str) -> Any:
    """Confirm everybody whose notice is over without an open objection."""
    return told(
        publishing.confirm(person().id, public_id),
        url_for("public.campaign_notices", public_id=public_id),
        lambda outcome: page(public_id, outcome=outcome),
    )


@blueprint.post("/campaigns/<public_id>/public-notice/objections")
def enter_objection(public_id: str) -> Any:
    """Enter an objection that came by telephone, letter or visit."""
    return act(
        lambda: objecting.enter(person().id, public_id, request.form),
        gettext("The objection is entered; its receipt stands in the list."),
        url_for("public.campaign_notices", public_id=public_id),
        lambda wrong, problems: page(public_id, wrong, problems, "enter"),
    )


def page(
    public_id: str,
    wrong: list[str] | None = None,
    problems: dict[str, list[str]] | None = None,
    section: str = "",
    outcome: Outcome | None = None,
) -> str:
    """Render the page; `section` is the form that was refused."""
    session, who = office.session(), person()
    refuse_strangers(who)
    campaign = find(session, public_id)
    at_stage = candidates(session, campaign, publishing.STAGE, VERIFICATION)
    return render_template(
        "campaigns/notices.html",
        one=campaign,
        found=finding.of_campaign(session, campaign),
        waiting=publishing.unlisted(session, campaign) if campaign.notice_days else [],
        periods=_periods(session, campaign),
        reasons=finding.struck_off(session, campaign),
        at_stage=at_stage,
        verifying=[each for each in at_stage if each.state == VERIFICATION],
        objections=objections(session, who, campaign),
        counter=counter,
        channel=channel,
        channels=channels(),
        standings=standings(),
        typed=request.form if section else {},
        usual=request.form if section == "publish" else publishing.proposed(campaign),
        runs=may_run(who),
        wrong=wrong or [],
        problems=problems or {},
        section=section,
        outcome=outcome,
    )


def _periods(session: Any, campaign: Any) -> list[tuple[str, Any, Any, list[str]]]:
    """Return for each start its first and last day, or why the last cannot be told."""
    return [
        (start, first, None, say_all(last.reasons))
        if isinstance(last, NotReady)
        else (start, first, last, [])
        for start, (first, last) in publishing.periods(calendar(session), campaign).items()
    ]
