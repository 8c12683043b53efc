"""Show one number: what became of it, what the log says of it, what the registrar may do with it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from workflow import in_force
from workflow.errors import NotFound, NotReady
from workflow.register import book
from workflow.register.outside import use_outside
from workflow.register.settling import explain, void

from .. import office
from ..auth import person
from ..documents.routes import once
from ..language import say_all
from .routes import blueprint, day

ACTS = {"missing": ("explain", "outside", "void"), "reserved": ("outside", "void")}


@blueprint.get("/register/numbers/<int:entry_id>")
def number(entry_id: int) -> Any:
    """Show a number of the register."""
    return _page(entry_id)


@blueprint.post("/register/numbers/<int:entry_id>/explain")
def explain_number(entry_id: int) -> Any:
    """Give a missing number its reason."""
    try:
        explain(person().id, entry_id, request.form.get("reason", ""), once=once())
    except NotReady as refusal:
        return _page(entry_id, "explain", say_all(refusal.reasons)), 422
    return _done(entry_id, gettext("The reason is entered."))


@blueprint.post("/register/numbers/<int:entry_id>/void")
def void_number(entry_id: int) -> Any:
    """Void a number that no document has."""
    try:
        void(person().id, entry_id, request.form.get("reason", ""), once=once())
    except NotReady as refusal:
        return _page(entry_id, "void", say_all(refusal.reasons)), 422
    return _done(entry_id, gettext("The number is void and will not be given again."))


@blueprint.post("/register/numbers/<int:entry_id>/outside")
def number_used_outside(entry_id: int) -> Any:
    """Enter that a missing or reserved number was used without the system."""
    line = _line(entry_id)
    try:
        use_outside(
            person().id,
            line["series_id"],
            line["year"],
            request.form.get("reason", ""),
            title=request.form.get("title", ""),
            classified="classified" in request.form,
            serial=line["serial"],
            dated=day("dated"),
            once=once(),
        )
    except NotReady as refusal:
        return _page(entry_id, "outside", say_all(refusal.reasons)), 422
    return _done(entry_id, gettext("It is entered that the number was used outside the system."))


def _line(entry_id: int) -> Any:
    line = book.entry(office.session(), person(), entry_id)
    if line is None:
        raise NotFound
    return line


def _page(entry_id: int, refused: str = "", wrong: list[str] | None = None) -> str:
    office.refresh()
    line = _line(entry_id)
    return render_template(
        "register/number.html",
        line=line,
        marks=in_force.marks(office.session(), person(), [line["of_document"] or 0])[line["of_document"]],
        acts=ACTS.get(line["state"], ()),
        history=book.history(office.session(), line["number"]),
        told=told,
        refused=refused,
        wrong=wrong or [],
        typed=request.form if refused else {},
    )


def _done(entry_id: int, message: str) -> Any:
    flash(message, "success")
    return redirect(url_for("register.number", entry_id=entry_id))


def told(action: str) -> str:
    """Return what the log's action is called."""
    words = {
        "number_reserved": gettext("Reserved"),
        "reserved_number_used": gettext("Used for a document"),
        "number_used_outside": gettext("Entered as used outside the system"),
        "number_voided": gettext("Voided"),
        "missing_number_explained": gettext("Reason entered"),
    }
    return words.get(action, action)
