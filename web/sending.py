"""Show and enter to whom a document is sent, print the list to sign, and enter what came back signed."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext, ngettext

from workflow import clock, in_force
from workflow.describe import find
from workflow.errors import NotReady, Reason
from workflow.sending import receipts, recipients
from workflow.spreadsheets import Table, write_workbook

from . import office
from .auth import person
from .language import say_all

blueprint = Blueprint("sending", __name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BLANK_ROWS = 3


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(sent_from=recipients.SENT_FROM)


@blueprint.get("/sending")
def index() -> Any:
    """List the documents that somebody has not signed for."""
    return render_template("sending/index.html", documents=receipts.awaited(office.session(), person()))


@blueprint.get("/documents/<public_id>/sending")
def show(public_id: str) -> Any:
    return _page(public_id)


@blueprint.post("/documents/<public_id>/sending")
def settle(public_id: str) -> Any:
    """Keep the list of recipients and their copies."""
    names, copies = request.form.getlist("name"), request.form.getlist("copies")
    entered = list(zip(names, copies, strict=False))
    try:
        recipients.settle(person(), public_id, entered, _day(request.form.get("sent_on", "")))
    except NotReady as refusal:
        return _page(public_id, wrong=say_all(refusal.reasons), entered=entered), 422
    flash(gettext("The list is kept."), "info")
    return redirect(url_for("sending.show", public_id=public_id))


@blueprint.post("/documents/<public_id>/sending/receipts")
def enter(public_id: str) -> Any:
    """Enter the receipts of the list that came back; what is ticked takes the day and name given for all."""
    form = request.form
    try:
        entered = [_receipt(id_) for id_ in form.getlist("recipient") if id_.isascii() and id_.isdigit()]
        changed = receipts.enter(person(), public_id, entered)
    except NotReady as refusal:
        return _page(public_id, wrong=say_all(refusal.reasons)), 422
    flash(ngettext("%(num)s receipt was entered.", "%(num)s receipts were entered.", changed), "info")
    return redirect(url_for("sending.show", public_id=public_id))


@blueprint.get("/documents/<public_id>/sending/list")
def printed(public_id: str) -> Any:
    """Print the list with its column for signatures (分发签收单)."""
    return render_template(
        "sending/list.html",
        row=find(office.session(), person(), public_id),
        sending=recipients.sending(office.session(), person(), public_id),
    )


@blueprint.get("/documents/<public_id>/sending/list.xlsx")
def workbook(public_id: str) -> Any:
    found = recipients.sending(office.session(), person(), public_id)
    headings = ["序号", "收文单位", "份数", "分发日期", "签收日期", "签收人", "备注"]
    rows = [
        [n, line.name, line.copies, line.sent_on, line.received_on, line.received_by, line.remark]
        for n, line in enumerate(found.lines, start=1)
    ]
    data = write_workbook([Table("分发签收单", headings, rows, (6, 36, 8, 12, 12, 14, 24))])
    return Response(
        data, mimetype=XLSX, headers={"Content-Disposition": 'attachment; filename="distribution.xlsx"'}
    )


def _page(
    public_id: str, *, wrong: list[str] | None = None, entered: list[tuple[str, str]] | None = None
) -> str:
    office.refresh()
    found = recipients.sending(office.session(), person(), public_id)
    row = find(office.session(), person(), public_id)
    return render_template(
        "sending/show.html",
        row=row,
        marks=in_force.marks(office.session(), person(), [row["id"]])[row["id"]],
        sending=found,
        rows=entered or [(line.name, line.copies) for line in found.lines],
        blank_rows=BLANK_ROWS,
        sent_on=request.form.get("sent_on")
        or next((line.sent_on for line in found.lines), None)
        or clock.today(),
        may_enter=person().holds(recipients.POST),
        wrong=wrong or [],
    )


def _receipt(id_: str) -> receipts.Receipt:
    form = request.form
    for_all = id_ in form.getlist("ticked")
    received_on = form.get(f"received_on-{id_}", "") or (form.get("all_on", "") if for_all else "")
    received_by = form.get(f"received_by-{id_}", "") or (form.get("all_by", "") if for_all else "")
    return receipts.Receipt(int(id_), _day(received_on), received_by, form.get(f"remark-{id_}", ""))


def _day(given: str) -> date | None:
    if not given:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise NotReady([Reason("%(text)s is no date", {"text": given[:20]})]) from error
