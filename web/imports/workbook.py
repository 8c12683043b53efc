"""Take the office in from its workbook: a template, the dry run, the confirmation, the passwords once."""

from typing import Any
from urllib.parse import quote

from flask import Response, current_app, redirect, render_template, request, url_for
from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeTimedSerializer

from workflow.errors import NotFound, NotReady, Reason
from workflow.intake import book, imports
from workflow.intake import office as verbs
from workflow.intake.findings import read_finding

from .. import office, uploads
from ..auth import person
from ..language import say_all
from .listing import TONES, state_names
from .routes import blueprint

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFERED_SECONDS = 3600  # for which the page with the passwords is good


@blueprint.get("/office")
def office_workbook() -> Any:
    """Say how the office comes in, and take its workbook."""
    return _start()


@blueprint.get("/office/template.xlsx")
def office_template() -> Response:
    """Send the workbook to be filled in."""
    imports.demand(person(), verbs.KIND)
    return xlsx(book.template(), "开办表.xlsx")


@blueprint.get("/office/present.xlsx")
def office_present() -> Response:
    """Send the workbook with the office as it is."""
    return xlsx(book.export(office.session(), person()), "开办表（现状）.xlsx")


@blueprint.post("/office")
@uploads.takes(8 * uploads.MB)
def submit_office() -> Any:
    """Check a workbook and go on to what it would do."""
    sent = request.files.get("workbook")
    try:
        if sent is None or not sent.filename:
            raise NotReady([Reason("Choose the workbook first")])
        public_id = verbs.submit(person(), sent.filename, sent.read())
    except NotReady as refusal:
        return _start(say_all(refusal.reasons)), 422
    return redirect(url_for("imports.office_import", public_id=public_id))


@blueprint.get("/office/<public_id>")
def office_import(public_id: str) -> Any:
    """Show what is wrong with a workbook, or what it would do, or has done."""
    return _show(public_id)


@blueprint.post("/office/<public_id>/confirm")
def confirm_office(public_id: str) -> Any:
    """Change the office, and offer the passwords of those who are new, here and never again."""
    try:
        outcome = verbs.confirm(person(), public_id, request.form.get("seen", ""))
    except NotReady as refusal:
        return _show(public_id, told=say_all(refusal.reasons)), 409
    if outcome is None:
        return redirect(url_for("imports.office_import", public_id=public_id))
    office.refresh()
    rows = [[one.username, one.name, one.password] for one in outcome.newcomers]
    return _show(public_id, passwords=_signer().dumps([person().username, rows]) if rows else None)


@blueprint.post("/office/<public_id>/passwords")
def office_passwords(public_id: str) -> Response:
    """Send the passwords that the page of the confirmation holds: they are nowhere else."""
    imports.demand(person(), verbs.KIND)
    try:
        whose, rows = _signer().loads(request.form.get("passwords", ""), max_age=OFFERED_SECONDS)
    except (BadSignature, ValueError) as error:
        raise NotFound from error
    if whose != person().username:
        raise NotFound
    return xlsx(verbs.passwords_workbook(verbs.Newcomer(*row) for row in rows), "初始口令.xlsx")


def _start(problems: list[str] | None = None) -> str:
    imports.demand(person(), verbs.KIND)
    return render_template("imports/office.html", problems=problems or [])


def _show(public_id: str, told: list[str] | None = None, passwords: str | None = None) -> str:
    found = imports.find(office.session(), person(), verbs.KIND, public_id, lock=False)
    return render_template(
        "imports/office_import.html",
        one=found,
        told=told or [],
        passwords=passwords,
        findings=[read_finding(kept) for kept in found.report["findings"]],
        states=state_names(),
        tones=TONES,
        counted=(gettext("Added"), gettext("Changed"), gettext("As it is")),
    )


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="passwords")


def xlsx(content: bytes, name: str) -> Response:
    """Answer with a workbook under its name."""
    response = Response(content, mimetype=XLSX)
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"office.xlsx\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    return response
