"""Take units in from a workbook: what it would do first, then all by one act, the passwords once."""

from typing import Any

from flask import Response, current_app, render_template, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from workflow.applicants import import_form, importing
from workflow.campaigns.clerk import refuse_others
from workflow.errors import NotFound, NotReady
from workflow.intake.office import Newcomer, passwords_workbook

from .. import office, uploads
from ..auth import person
from ..campaigns.trees import LARGEST_WORKBOOK, carried, sent_workbook
from ..imports.workbook import OFFERED_SECONDS, xlsx
from ..language import say_all
from .routes import blueprint

MOST_SHOWN = 200


@blueprint.get("/import")
def import_units() -> Any:
    """Say how units come in."""
    return _page()


@blueprint.get("/import/template.xlsx")
def import_template() -> Response:
    """Send the workbook to be filled in."""
    return xlsx(import_form.template(), "单位名录.xlsx")


@blueprint.post("/import")
@uploads.takes(LARGEST_WORKBOOK)
def take_in() -> Any:
    """Check a workbook, or take in what was looked at and is confirmed."""
    refuse_others(person())
    try:
        content = sent_workbook()
        if request.form.get("do") == "take_in":
            planned, newcomers = importing.take_in(person().id, content, request.form.get("seen", ""))
            office.refresh()
            rows = [[one.username, one.name, one.password] for one in newcomers]
            return _page(plan=planned, done=True, passwords=_signer().dumps([person().username, rows]))
        planned = importing.check(person().id, content)
    except NotReady as refusal:
        return _page(wrong=say_all(refusal.reasons)), 422
    return _page(plan=planned, carried=carried(content)), 422 if planned.findings else 200


@blueprint.post("/import/passwords")
@uploads.takes(LARGEST_WORKBOOK)
def passwords() -> Response:
    """Send the passwords that the page of the import holds: they are nowhere else."""
    refuse_others(person())
    try:
        whose, rows = _signer().loads(request.form.get("passwords", ""), max_age=OFFERED_SECONDS)
    except (BadSignature, ValueError) as error:
        raise NotFound from error
    if whose != person().username:
        raise NotFound
    return xlsx(passwords_workbook(Newcomer(*row) for row in rows), "初始口令.xlsx")


def _page(**found: Any) -> str:
    refuse_others(person())
    blank: dict[str, Any] = {"plan": None, "wrong": [], "carried": "", "done": False, "passwords": ""}
    columns = import_form.FORM.columns
    return render_template("applicants/import.html", columns=columns, most=MOST_SHOWN, **{**blank, **found})


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="applicants' passwords")
