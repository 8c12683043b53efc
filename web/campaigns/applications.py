"""List the applications of a campaign, by stage, with the way to each."""

from typing import Any

from flask import render_template, request, url_for

from workflow.applications.candidates import by_category, candidates
from workflow.campaigns import finding, overview

from .. import office
from .routes import blueprint


@blueprint.get("/campaigns/<public_id>/applications")
def applications(public_id: str) -> Any:
    """Show every application that was submitted, or those at one stage (`stage`)."""
    session = office.session()
    campaign = finding.find(session, public_id)
    every = candidates(session, campaign)
    stage = request.args.get("stage", "")
    shown = [one for one in every if stage in ("", one.state)]
    counts = [
        (one, sum(each.state == one.stage for each in every))
        for one in overview.counts(session, campaign.id).get(campaign.id, [])
    ]
    return render_template(
        "campaigns/applications.html",
        one=campaign,
        groups=by_category(shown),
        shown=shown,
        total=len(every),
        stages=[
            (count.stage, count.label, number, _address(public_id, count.stage))
            for count, number in counts
            if number
        ],
        stage=stage,
        everywhere=_address(public_id, ""),
    )


def _address(public_id: str, stage: str) -> str:
    return url_for("campaigns.applications", public_id=public_id, stage=stage or None)
