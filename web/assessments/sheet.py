"""Show an assessor their list and their sheets; keep what they give as they type it."""

from typing import Any

from flask import Response, abort, flash, redirect, request, url_for
from flask_babel import gettext

from states.applying import METHODS
from workflow.assessment import declaring, evidence, scoring, sheets
from workflow.assessment.gaps import INDICATOR_PERCENT
from workflow.campaigns.trees import tree_of
from workflow.errors import NotReady, Refused
from workflow.installation import here

from .. import office
from ..auth import person
from ..documents.files import send
from ..language import label, say, say_all
from .routes import blueprint, page

_METHOD = f"<any({', '.join(METHODS)}):method>"


@blueprint.get("/assessments")
def index() -> str:
    """Show what is assigned to the one who asks, what is to be handed in first."""
    session = office.session()
    rows = sheets.my_list(session, person())
    trees = {row.set_id: tree_of(session, row.set_id) for row in rows}
    return page(
        "index",
        rows=rows,
        of={row.id: sum(row.method in leaf.methods for leaf in trees[row.set_id].leaves) for row in rows},
        stages={row.id: label(here().versions[row.procedure_hash].stages[row.state].label) for row in rows},
    )


@blueprint.get(f"/assessments/<public_id>/{_METHOD}")
def sheet(public_id: str, method: str) -> str:
    """Show one sheet."""
    return _sheet(public_id, method)


@blueprint.post(f"/assessments/<public_id>/{_METHOD}")
def keep(public_id: str, method: str) -> Any:
    """Keep a whole sheet, and hand it in when that is what was pressed."""
    saved = _save(public_id, method)
    wrong = {problem.where: say(problem) for problem in saved.problems}
    refused: list[str] = []
    if request.form.get("act") == "hand_in" and not wrong:
        try:
            scoring.hand_in(person().id, public_id, method)
        except Refused as refusal:
            refused = say_all(refusal.reasons)
        else:
            flash(gettext("The scores are handed in."), "success")
            return redirect(url_for("assessments.index"))
    if wrong or refused:
        return _sheet(public_id, method, wrong, refused), 422
    flash(gettext("Saved."), "success")
    return redirect(url_for("assessments.sheet", public_id=public_id, method=method))


@blueprint.post(f"/assessments/<public_id>/{_METHOD}/typed")
def typed(public_id: str, method: str) -> Any:
    """Keep what the sheet's script sends as somebody types."""
    try:
        saved = _save(public_id, method)
    except NotReady as refusal:
        return {"reasons": say_all(refusal.reasons)}, 422
    return {
        "scored": saved.scored,
        "of": saved.of,
        "total": saved.total,
        "wrong": {problem.where: say(problem) for problem in saved.problems},
    }


@blueprint.post("/assessments/<public_id>/recuse")
def recuse(public_id: str) -> Any:
    """Let an assessor say that they must not judge the unit."""
    try:
        declaring.recuse_oneself(person().id, public_id, request.form.get("reason", ""))
    except NotReady as refusal:
        method = request.form.get("method", "")
        if method not in METHODS:
            abort(400)
        return _sheet(public_id, method, {}, say_all(refusal.reasons)), 422
    flash(gettext("You are recused; the application goes to somebody else."), "success")
    return redirect(url_for("assessments.index"))


@blueprint.get("/assessments/<public_id>/evidence/<indicator>/<int:number>")
def evidence_file(public_id: str, indicator: str, number: int) -> Response:
    """Send a file of the application, or a small copy of a picture."""
    small = "small" in request.args
    return send(evidence.fetch(office.session(), person(), public_id, indicator, number, small=small))


def _save(public_id: str, method: str) -> scoring.Saved:
    form = request.form
    codes = {name.partition(".")[2] for name in form if name.startswith(("points.", "reason."))}
    given = {code: (form.get(f"points.{code}", ""), form.get(f"reason.{code}", "")) for code in codes}
    return scoring.save(
        person().id, public_id, method, given, remark=form.get("remark"), veto=form.get("veto")
    )


def _sheet(
    public_id: str, method: str, wrong: dict[str, str] | None = None, refused: list[str] | None = None
) -> str:
    office.refresh()
    found = sheets.my_sheet(office.session(), person(), public_id, method)
    return page(
        "sheet",
        sheet=found,
        judged=found.judged,
        row=found.judged.row,
        method=method,
        wrong=wrong or {},
        refused=refused or [],
        typed=request.form if wrong else {},
        open=found.assignment.handed_in_at is None and found.judged.campaign.frozen_at is None,
        percent=INDICATOR_PERCENT,
    )
