"""Recheck the titles of a campaign in the browser: begin one, see what came of each, draft the document."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext

from workflow.campaigns.finding import find
from workflow.conferring.people import may_draft, refuse_strangers
from workflow.models import Campaign
from workflow.rechecking import beginning, drafting, expected, outcome

from .. import office
from ..auth import person
from ..campaigns.routes import act

blueprint = Blueprint("rechecking", __name__, url_prefix="/campaigns/<public_id>/recheck")


@blueprint.before_request
def _guard() -> None:
    """Refuse everybody for whom the pages are not (NotAllowed); each verb asks again."""
    refuse_strangers(person())


def unfiled() -> dict[str, str]:
    """Return what may be decided on those who hand nothing in."""
    return {
        "terminate": gettext("Their titles end by themselves"),
        "revoke": gettext("Their titles are revoked"),
        "suspend": gettext("Their titles are suspended"),
        "warn": gettext("They are warned"),
        "remind": gettext("They are reminded"),
    }


@blueprint.get("")
def show(public_id: str) -> Any:
    """Show a recheck, or how the titles of a campaign are rechecked."""
    return _page(public_id)


@blueprint.post("")
def begin(public_id: str) -> Any:
    """Begin a recheck and go on to its campaign."""
    made: list[str] = []
    told = gettext("The recheck is made. Announce it, and who holds a title hands in a report.")
    answer = act(
        lambda: made.append(beginning.start(person().id, public_id, request.form)),
        told,
        "",
        lambda wrong, problems: _page(public_id, wrong, problems),
    )
    return redirect(url_for("campaigns.show", public_id=made[0])) if made else answer


@blueprint.post("/document")
def draft(public_id: str) -> Any:
    """Draft the document that says what the recheck found, and go on to it."""
    made: list[str] = []
    answer = act(
        lambda: made.append(drafting.draft(person().id, public_id, request.form)),
        gettext("The document is drafted, with the list as its annex."),
        "",
        lambda wrong, problems: _page(public_id, wrong, problems),
    )
    return redirect(url_for("documents.show", public_id=made[0])) if made else answer


@blueprint.post("/document/renew")
def renew(public_id: str) -> Any:
    """Put the present list into the document that is under way."""
    return act(
        lambda: drafting.renew(person().id, public_id),
        gettext("The present list stands in the document."),
        url_for("rechecking.show", public_id=public_id),
        lambda wrong, problems: _page(public_id, wrong, problems),
    )


def _page(
    public_id: str, wrong: list[str] | None = None, problems: dict[str, list[str]] | None = None
) -> str:
    session = office.session()
    campaign = find(session, public_id)
    common: dict[str, Any] = {
        "one": campaign,
        "may": may_draft(person()),
        "unfiled": unfiled(),
        "wrong": wrong or [],
        "problems": problems or {},
        "typed": request.form,
    }
    if campaign.kind != expected.RECHECK:
        blank = beginning.proposed(campaign)
        why_not = beginning.why_not(session, campaign)
        return render_template("rechecking/begin.html", blank=blank, why_not=why_not, **common)
    found = outcome.outcomes(session, campaign)
    decided = outcome.decided(found)
    return render_template(
        "rechecking/show.html",
        found=found,
        counts=outcome.counts(found),
        decisions=outcome.DECISIONS,
        document=drafting.open_one(session, campaign),
        done=drafting.issued(session, campaign),
        why_not=drafting.why_not(session, campaign, found),
        blank=_blank(campaign, decided),
        **common,
    )


def _blank(campaign: Campaign, decided: Sequence[outcome.Outcome]) -> dict[str, str]:
    return drafting.proposed(campaign, decided) if decided else {}
