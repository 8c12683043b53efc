"""Show what a meeting decides on, give out its sheet, record its decisions."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from workflow import clock
from workflow.applications.candidates import Outcome
from workflow.assessment import freezing
from workflow.assessment.results import results
from workflow.campaigns.clerk import may_run, refuse_strangers
from workflow.campaigns.finding import find
from workflow.deliberating import deciding, sheet, standing
from workflow.downloads import FORMATS
from workflow.errors import ContentError, NotReady

from .. import office
from ..auth import person
from ..consulting.pages import told
from ..forms.content import problems_by_field
from ..language import say_all
from ..register.printed import XLSX

DOCX = FORMATS["docx"]

blueprint = Blueprint("deliberating", __name__)


@blueprint.before_request
def _guard() -> None:
    """Refuse everybody for whom the pages are not (NotAllowed); each verb asks again."""
    refuse_strangers(person())


@blueprint.get("/campaigns/<public_id>/deliberation")
def deliberation(public_id: str) -> str:
    """Show ranks, scores, findings and decisions by category."""
    return _page(public_id)


@blueprint.post("/campaigns/<public_id>/deliberation")
def record(public_id: str) -> Any:
    """Record a meeting; places that would be exceeded are shown before anything is written."""
    try:
        outcome = deciding.record(person().id, public_id, _filled_in())
    except ContentError as error:
        return _page(public_id, [], problems_by_field(error)), 422
    except NotReady as refusal:
        return _page(public_id, say_all(refusal.reasons), beyond=True), 422
    target = url_for("deliberating.deliberation", public_id=public_id)
    return told(outcome, target, lambda of: _page(public_id, outcome=of))


@blueprint.get("/campaigns/<public_id>/deliberation.docx")
def sheet_docx(public_id: str) -> Response:
    """Give out the sheet for the printer."""
    return _send(*sheet.write_docx(office.session(), person(), public_id), DOCX)


@blueprint.get("/campaigns/<public_id>/deliberation.xlsx")
def sheet_xlsx(public_id: str) -> Response:
    """Give out the sheet as a workbook."""
    return _send(*sheet.write_xlsx(office.session(), person(), public_id), XLSX)


def _send(name: str, data: bytes, mimetype: str) -> Response:
    response = Response(data, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _filled_in() -> dict[str, Any]:
    """Return the form with each application's decision under its id."""
    form = request.form
    decisions = {
        name.removeprefix("decision."): {
            "decision": word,
            "reason": form.get(f"reason.{name.removeprefix('decision.')}", ""),
        }
        for name, word in form.items()
        if name.startswith("decision.")
    }
    return {**form.to_dict(), "decisions": decisions}


def _page(
    public_id: str,
    wrong: list[str] | None = None,
    problems: dict[str, list[str]] | None = None,
    *,
    beyond: bool = False,
    outcome: Outcome | None = None,
) -> str:
    office.refresh()
    session, who = office.session(), person()
    campaign = find(session, public_id)
    found = standing.standings(session, who, campaign)
    not_yet = [] if campaign.frozen_at else freezing.why_not(campaign, results(session, campaign))
    refused = bool(wrong or problems)
    return render_template(
        "campaigns/deliberation.html",
        one=campaign,
        categories=found,
        meetings=standing.meetings(session, campaign),
        words=decision_words(standing.decisions_of(campaign)),
        all_words=decision_words(standing.CREATION + standing.RECHECK),
        places=place_words(),
        chosen=request.form if refused else _by_places(found) if "by_places" in request.args else {},
        typed=request.form if refused else {"held_on": clock.today().isoformat()},
        not_yet=say_all(not_yet),
        runs=may_run(who),
        wrong=wrong or [],
        problems=problems or {},
        beyond=beyond,
        outcome=outcome,
    )


def _by_places(found: Sequence[standing.CategoryStanding]) -> dict[str, str]:
    """Propose whoever stands within the places as a candidate; nothing about ties at their end."""
    words = {standing.WITHIN: "candidate", standing.BEYOND: "declined", standing.VETOED: "declined"}
    return {
        f"decision.{one.candidate.public_id}": words[one.place]
        for category in found
        for one in category.standings
        if one.open and one.place in words
    }


def decision_words(decisions: Sequence[str]) -> dict[str, str]:
    """Return what decisions are called."""
    known = {
        "candidate": gettext("Put on the list"),
        "declined": gettext("Declined"),
        "keep": gettext("Keeps the title"),
        "remind": gettext("Reminded"),
        "warn": gettext("Warned"),
        "suspend": gettext("Suspended until mended"),
        "revoke": gettext("Title revoked"),
        "terminate": gettext("Title ends"),
    }
    return {name: known[name] for name in decisions}


def place_words() -> dict[str, str]:
    """Return how an application stands to its category's places."""
    return {
        standing.WITHIN: gettext("within the places"),
        standing.BEYOND: gettext("beyond the places"),
        standing.SPLIT: gettext("tied for the last places"),
        standing.VETOED: gettext("vetoed"),
    }
