"""List what was entered for others, make it good (补签), and show the scans that came in."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from workflow import making_good, unsigned
from workflow.downloads import fetch_scan

from .. import office, uploads
from ..auth import person, visitor
from .attached import LARGEST_FILE
from .files import send
from .routes import blueprint, once


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(unsigned=open_ones)


def open_ones() -> int:
    """Return how many opinions wait to be made good, for the sidebar."""
    who = visitor()
    return unsigned.open_ones(office.session(), who) if who else 0


@blueprint.get("/entered")
def entered() -> Any:
    """Show what was entered for others, open ones first."""
    page = unsigned.entered(office.session(), person(), cursor=request.args.get("cursor"))
    return render_template("entered/index.html", page=page)


@blueprint.post("/documents/<public_id>/entered/<int:seq>/confirm")
def confirm_opinion(public_id: str, seq: int) -> Any:
    making_good.confirm(person().id, public_id, seq, once=once())
    flash(gettext("Confirmed: it is your opinion."), "success")
    return _back(public_id)


@blueprint.post("/documents/<public_id>/entered/<int:seq>/dispute")
def dispute_opinion(public_id: str, seq: int) -> Any:
    making_good.dispute(person().id, public_id, seq, request.form.get("words", ""), once=once())
    flash(gettext("It is recorded, and those concerned are told."), "success")
    return _back(public_id)


@blueprint.post("/documents/<public_id>/entered/<int:seq>/sheet")
@uploads.takes(LARGEST_FILE)
def add_signed_sheet(public_id: str, seq: int) -> Any:
    sheet = request.files.get("scan")
    making_good.add_sheet(person().id, public_id, seq, sheet.read() if sheet else b"", once=once())
    flash(gettext("The signed sheet is added; the opinion is made good."), "success")
    return _back(public_id)


@blueprint.get("/documents/<public_id>/scans/<sha256>")
def scan(public_id: str, sha256: str) -> Any:
    """Show a scan that belongs to a document, in the browser where it can."""
    return send(fetch_scan(office.session(), person(), public_id, sha256))


def _back(public_id: str) -> Any:
    places = {"desk": "desk.tasks", "list": "documents.entered"}
    place = places.get(request.form.get("back", ""))
    return redirect(url_for(place) if place else url_for("documents.show", public_id=public_id))
