"""Hand a person's work over to another (工作交接), by line or whole."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext

from workflow import choices
from workflow.errors import NotReady
from workflow.office import handed, handover, people

from .. import office
from ..auth import person
from ..language import say_all
from .routes import blueprint


@blueprint.route("/people/<username>/handover", methods=["GET", "POST"])
def hand_over(username: str) -> Any:
    """Show what a person would leave behind, and hand over what is ticked or all of it."""
    wrong: list[str] = []
    if request.method == "POST":
        keys = None if request.form.get("do") == "all" else set(request.form.getlist("line"))
        successor, reason = request.form.get("successor", ""), request.form.get("reason", "")
        close = "close" in request.form
        try:
            handover.hand_over(person().id, username, successor, keys, reason, close=close)
        except NotReady as refusal:
            wrong = say_all(refusal.reasons)
        else:
            return _done(username, closed=close)
    office.refresh()
    session = office.session()
    it = people.account(session, username)
    page = render_template(
        "administration/handover.html",
        it=it,
        lines=handover.work_of(session, username, person()),
        colleagues=choices.colleagues(session, but=it.user.id),
        places=place_names(),
        kinds=kind_names(),
        wrong=wrong,
        typed=request.form,
    )
    return page, 422 if wrong else 200


def _done(username: str, *, closed: bool) -> Any:
    office.refresh()
    latest = handed.handovers(office.session(), 1)[0]
    count = len(latest.lines)
    flash(
        ngettext("%(num)s line went to %(to)s.", "%(num)s lines went to %(to)s.", count, to=latest.to),
        "success",
    )
    if closed:
        flash(gettext("The account is closed; wherever they were signed in, that has ended."), "success")
    return redirect(url_for("administration.one_person", username=username))


@blueprint.get("/handovers")
def handovers() -> Any:
    """List what was handed over, by whom to whom, and why."""
    return render_template(
        "administration/handovers.html",
        handovers=handed.handovers(office.session()),
        places=place_names(),
        kinds=kind_names(),
    )


def place_names() -> dict[str, str]:
    """Return what each place that a person may have in a document is called."""
    return {
        "drafter": gettext("drafted it"),
        "holder": gettext("has it now"),
        "countersigner": gettext("is to countersign"),
        "signer": gettext("was asked to sign"),
        "returner": gettext("gets it back after mending"),
        "opinion": gettext("an entered opinion waits to be made good"),
        "reader": gettext("was given it to read"),
    }


def kind_names() -> dict[str, str]:
    """Return what each kind of duty is called."""
    return {
        "document": gettext("Document"),
        "post": gettext("Post"),
        "charge": gettext("Unit in charge"),
        "stand_in": gettext("Stands in for the post"),
    }
