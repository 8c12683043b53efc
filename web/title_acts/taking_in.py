"""Take past titles in from a workbook: what it would do first, then all by one act."""

from typing import Any

from flask import Response, render_template, request

from workflow.campaigns.clerk import refuse_others
from workflow.errors import NotReady
from workflow.titles import import_form, importing

from .. import office, uploads
from ..auth import person
from ..campaigns.trees import LARGEST_WORKBOOK, carried, sent_workbook
from ..imports.workbook import xlsx
from ..language import say_all
from .routes import blueprint

MOST_SHOWN = 200


@blueprint.get("/import")
def import_titles() -> Any:
    """Say how past titles come in."""
    return _page()


@blueprint.get("/import/template.xlsx")
def import_template() -> Response:
    """Send the workbook to be filled in."""
    return xlsx(import_form.template(), f"{import_form.FORM.name}.xlsx")


@blueprint.post("/import")
@uploads.takes(LARGEST_WORKBOOK)
def take_in() -> Any:
    """Check a workbook, or take in what was looked at and is confirmed."""
    refuse_others(person())
    enter_units = request.form.get("enter_units") == "yes"
    try:
        content = sent_workbook()
        if request.form.get("do") == "take_in":
            seen = request.form.get("seen", "")
            planned = importing.take_in(person().id, content, enter_units, seen)
            office.refresh()
            return _page(plan=planned, done=True)
        planned = importing.check(person().id, content, enter_units)
    except NotReady as refusal:
        return _page(wrong=say_all(refusal.reasons), enter_units=enter_units), 422
    page = _page(plan=planned, carried=carried(content), enter_units=enter_units)
    return page, 422 if planned.findings else 200


def _page(**found: Any) -> str:
    blank: dict[str, Any] = {"plan": None, "wrong": [], "carried": "", "done": False, "enter_units": False}
    return render_template(
        "title_acts/import.html",
        columns=import_form.FORM.columns,
        headings=import_form,
        most=MOST_SHOWN,
        **{**blank, **found},
    )
