"""Show the register of a campaign's consultation, and act on it."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from workflow import clock
from workflow.applications.candidates import Outcome, candidates
from workflow.campaigns.clerk import may_run, refuse_others, refuse_strangers
from workflow.campaigns.finding import find
from workflow.consulting import letters, register, replying
from workflow.consulting.sight import findings, is_hidden
from workflow.errors import NotFound

from .. import office
from ..auth import person
from ..campaigns.routes import act
from ..documents.files import send
from ..uploads import MB, takes

USUAL_DAYS = 14  # until a reply is wanted
BLANK_LINES = 3  # for findings, below those that are there

blueprint = Blueprint("consulting", __name__)


@blueprint.before_request
def _guard() -> None:
    """Refuse everybody for whom the pages are not (NotAllowed); each verb asks again."""
    refuse_strangers(person())


@blueprint.get("/campaigns/<public_id>/consultation")
def consultation(public_id: str) -> str:
    """Show who was written to, who has replied, and what waits to be concluded."""
    return _page(public_id)


@blueprint.post("/campaigns/<public_id>/consultation/letters")
def draft_letters(public_id: str) -> Any:
    """Draft a letter to each body that has none."""
    return act(
        lambda: letters.draft_letters(person().id, public_id, request.form),
        gettext("The letters are drafted: each is a draft of yours now, to be submitted as usual."),
        url_for("consulting.consultation", public_id=public_id),
        lambda wrong, problems: _page(public_id, wrong, problems, "letters"),
    )


@blueprint.post("/campaigns/<public_id>/consultation/conclude")
def conclude(public_id: str) -> Any:
    """Conclude the consultation about all of which nothing was found, or about the others."""
    found = request.form.get("found") == "yes"
    return told(
        replying.conclude(person().id, public_id, found=found),
        url_for("consulting.consultation", public_id=public_id),
        lambda outcome: _page(public_id, outcome=outcome),
    )


@blueprint.get("/campaigns/<public_id>/consultation/reply")
def reply(public_id: str) -> str:
    """Show the form for a body's reply."""
    return _reply(public_id)


@blueprint.post("/campaigns/<public_id>/consultation/reply")
@takes(24 * MB)
def enter_reply(public_id: str) -> Any:
    """Enter a body's reply, perhaps with the file that came."""
    sent = request.files.get("file")
    file = (sent.filename or "", sent.read()) if sent and sent.filename else None
    given = {**request.form.to_dict(), "findings": _lines(request.form)}
    body = request.form.get("body", "")
    return act(
        lambda: replying.enter_reply(person().id, public_id, body, given, file),
        gettext("The reply of %(body)s is entered.", body=body),
        url_for("consulting.consultation", public_id=public_id),
        lambda wrong, problems: _reply(public_id, wrong, problems, "reply"),
    )


@blueprint.post("/campaigns/<public_id>/consultation/give-up")
def give_up(public_id: str) -> Any:
    """Wait no longer for a body's reply."""
    body = request.form.get("body", "")
    return act(
        lambda: replying.give_up(person().id, public_id, body, request.form),
        gettext("The reply of %(body)s is no longer waited for.", body=body),
        url_for("consulting.consultation", public_id=public_id),
        lambda wrong, problems: _reply(public_id, wrong, problems, "given_up"),
    )


@blueprint.get("/campaigns/<public_id>/consultation/file")
def reply_file(public_id: str) -> Response:
    """Give out the file that came as a reply."""
    return send(replying.fetch_file(office.session(), person(), public_id, request.args.get("body", "")))


def told(outcome: Outcome, target: str, again: Any) -> Any:
    """Say for how many a step was taken; where some were refused, the page says why of each."""
    office.refresh()
    if outcome.failed:
        return again(outcome), 422
    flash(gettext("%(n)s applications went on.", n=outcome.done), "success")
    return redirect(target)


def _page(
    public_id: str,
    wrong: list[str] | None = None,
    problems: dict[str, list[str]] | None = None,
    section: str = "",
    outcome: Outcome | None = None,
) -> str:
    session, who = office.session(), person()
    campaign = find(session, public_id)
    asked = register.asked(session, who, campaign)
    plain, marked = replying.apart(session, who, campaign)
    usual = {
        "text": letters.proposed_text(campaign, len(plain) + len(marked)),
        "due_on": (clock.today() + timedelta(days=USUAL_DAYS)).isoformat(),
    }
    return render_template(
        "campaigns/consultation.html",
        one=campaign,
        asked=asked,
        to_write=[each for each in asked if each.wants_letter],
        units={each.id: each.unit for each in candidates(session, campaign)},
        plain=plain,
        marked=marked,
        findings=findings(session, who, campaign),
        typed=request.form if section == "letters" else usual,
        runs=may_run(who),
        hidden=is_hidden(session, who, campaign),
        wrong=wrong or [],
        problems=problems or {},
        outcome=outcome,
    )


def _reply(
    public_id: str,
    wrong: list[str] | None = None,
    problems: dict[str, list[str]] | None = None,
    section: str = "",
) -> str:
    session, who = office.session(), person()
    refuse_others(who)
    campaign = find(session, public_id)
    body = request.values.get("body", "")
    it = next((each for each in register.asked(session, who, campaign) if each.body == body), None)
    if it is None:
        raise NotFound
    every = candidates(session, campaign)
    known = {each.id: each.public_id for each in every}
    written = [{"application": known[of], "text": text} for of, text in it.found if of in known]
    lines = _lines(request.form) if section == "reply" else written
    return render_template(
        "campaigns/reply.html",
        one=campaign,
        it=it,
        applications={each.public_id: f"{each.unit} · {each.category_name}" for each in every},
        lines=[*lines, *({"application": "", "text": ""} for _ in range(BLANK_LINES))],
        typed=request.form if section else _written(it),
        wrong=wrong or [],
        problems=problems or {},
        section=section,
    )


def _written(it: register.Asked) -> dict[str, Any]:
    row = it.row
    if row is None or row.reply is None:
        return {"replied_on": clock.today().isoformat()}
    return {"reply": row.reply, "replied_on": (row.replied_on or clock.today()).isoformat(), "text": row.text}


def _lines(form: MultiDict[str, str]) -> list[dict[str, str]]:
    """Return the findings of the form, without the lines that were left empty."""
    pairs = zip(form.getlist("finding_of"), form.getlist("finding"), strict=False)
    return [{"application": of, "text": text} for of, text in pairs if of or text.strip()]
