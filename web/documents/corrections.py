"""Ask for a correction after sign-off, and answer it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext

from workflow import corrections
from workflow.describe import Description
from workflow.errors import NotReady

from .. import office
from ..auth import person
from ..language import say_all
from . import page
from .neighbours import carried
from .routes import blueprint, once


@dataclass(frozen=True)
class Refusal:
    """What was asked or answered, why it was not taken, and what had been entered."""

    seq: int  # of the request that was answered; 0: a new one
    reasons: Sequence[str]
    form: Mapping[str, str]


@dataclass(frozen=True)
class Asked:
    """The requests of a document as one person's page shows them."""

    requests: Sequence[Mapping[Any, Any]]
    may_ask: bool
    may_answer: bool
    may_change: bool
    refusal: Refusal | None


def asked(description: Description, refusal: Refusal | None) -> Asked:
    found = corrections.outlook(office.session(), person(), description)
    may_change = not description.may_not_edit
    return Asked(found.requests, found.may_ask, found.may_answer, may_change, refusal)


@blueprint.post("/documents/<public_id>/corrections")
def ask_for_correction(public_id: str) -> Any:
    """Ask whoever has the document for a correction."""
    form = request.form
    try:
        corrections.request(person().id, public_id, form.get("place", ""), form.get("words", ""), once=once())
    except NotReady as refusal:
        return _refused(public_id, 0, refusal)
    flash(gettext("Whoever has the document was asked for the correction."), "success")
    return _back(public_id)


@blueprint.post("/documents/<public_id>/corrections/<int:seq>/accept")
def accept_correction(public_id: str, seq: int) -> Any:
    """Accept a correction, and go on to make it."""
    try:
        corrections.accept(person().id, public_id, seq, once=once())
    except NotReady as refusal:
        return _refused(public_id, seq, refusal)
    flash(gettext("Accepted: now make the correction and say of which kind it is."), "success")
    return redirect(url_for("documents.edit", public_id=public_id, correction=seq, **carried()))  # type: ignore[arg-type]


@blueprint.post("/documents/<public_id>/corrections/<int:seq>/decline")
def decline_correction(public_id: str, seq: int) -> Any:
    """Decline a correction with a reason."""
    try:
        corrections.decline(person().id, public_id, seq, request.form.get("answer", ""), once=once())
    except NotReady as refusal:
        return _refused(public_id, seq, refusal)
    flash(gettext("The drafter is told why."), "success")
    return _back(public_id)


def reason_for(description: Description) -> str:
    """Return the reason of the change that a correction asks for, where one is being made (`correction`)."""
    seq = request.args.get("correction", type=int)
    found = corrections.outlook(office.session(), person(), description).requests if seq else ()
    one = next((one for one in found if one["seq"] == seq), None)
    if one is None:
        return ""
    return gettext("Asked for by the drafter: %(place)s: %(words)s", place=one["place"], words=one["words"])


def _refused(public_id: str, seq: int, refusal: NotReady) -> Any:
    office.refresh()
    shown = Refusal(seq, say_all(refusal.reasons), request.form)
    return page.render(public_id, uncorrected=shown), 422


def _back(public_id: str) -> Any:
    return redirect(url_for("documents.show", public_id=public_id, **carried()))  # type: ignore[arg-type]
