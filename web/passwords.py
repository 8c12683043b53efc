"""Change one's own password; whoever was given one to begin with does that before anything else."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_login import current_user

from workflow import passwords
from workflow.errors import NotReady

from .auth import person
from .language import say_all

blueprint = Blueprint("passwords", __name__)


@blueprint.route("/password", methods=["GET", "POST"])
def change() -> Any:
    """Ask for the present password and, twice, for the new one."""
    if request.method == "GET":
        return _ask([])
    new = request.form.get("new_password", "")
    if new != request.form.get("again", ""):
        return _ask([gettext("The new password was not typed the same twice.")]), 422
    try:
        passwords.change(person(), current_user.secret, request.form.get("password", ""), new)
    except NotReady as refusal:
        return _ask(say_all(refusal.reasons)), 422
    flash(gettext("Your password is changed. Wherever else you were signed in, that has ended."), "success")
    return redirect(url_for("desk.tasks"))


def _ask(wrong: list[str]) -> str:
    lengths = {"least": passwords.SHORTEST, "most": passwords.LONGEST}
    return render_template("passwords/change.html", wrong=wrong, first=person().must_change, **lengths)
