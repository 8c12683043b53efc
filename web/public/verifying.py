"""Take a candidate aside to be verified, and conclude it: for the office."""

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext

from workflow.applications.candidates import candidates
from workflow.campaigns.clerk import refuse_others
from workflow.campaigns.finding import find
from workflow.errors import NotFound
from workflow.public_notices import publishing, verifying

from .. import office
from ..auth import person
from ..campaigns.routes import act
from .notices import page
from .routes import blueprint, channel

PARTS = ("finding", "answer", "outcome")


@blueprint.post("/campaigns/<public_id>/public-notice/<application>/verify")
def verify(public_id: str, application: str) -> Any:
    """Take a candidate aside to be verified."""
    return act(
        lambda: publishing.verify(person().id, public_id, application),
        gettext("It is being verified: enter what the verification found."),
        url_for("public.verification", public_id=public_id, application=application),
        lambda wrong, problems: page(public_id, wrong, problems),
    )


@blueprint.get("/campaigns/<public_id>/public-notice/<application>")
def verification(public_id: str, application: str) -> str:
    """Show what is to be answered about a candidate."""
    return _verification(public_id, application)


@blueprint.post("/campaigns/<public_id>/public-notice/<application>")
def conclude(public_id: str, application: str) -> Any:
    """Answer the objections and keep the candidate on the list, or strike it off."""
    return act(
        lambda: verifying.conclude(person().id, public_id, application, _filled_in()),
        gettext("The verification is concluded."),
        url_for("public.campaign_notices", public_id=public_id),
        lambda wrong, problems: _verification(public_id, application, wrong, problems),
    )


def _filled_in() -> dict[str, Any]:
    """Return the form with each objection's parts under its receipt."""
    form = request.form
    receipts = {name.rpartition(".")[0] for name in form if name.rpartition(".")[2] in PARTS} - {""}
    answers = {one: {part: form.get(f"{one}.{part}", "") for part in PARTS} for one in receipts}
    return {**form.to_dict(), "answers": answers}


def _verification(
    public_id: str,
    application: str,
    wrong: list[str] | None = None,
    problems: dict[str, list[str]] | None = None,
) -> str:
    session, who = office.session(), person()
    refuse_others(who)
    campaign = find(session, public_id)
    waiting = candidates(session, campaign, verifying.STAGE)
    it = next((each for each in waiting if each.public_id == application), None)
    if it is None:
        raise NotFound
    every = verifying.objections(session, who, campaign)
    return render_template(
        "campaigns/verification.html",
        one=campaign,
        it=it,
        open=[each for each in every if each.application == application and not each.row.outcome],
        channel=channel,
        typed=request.form,
        wrong=wrong or [],
        problems=problems or {},
    )
