"""Let each person say whether reminders reach them by e-mail."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from workflow.errors import ContentError
from workflow.installation import here
from workflow.urging import choice

from . import office
from .auth import person
from .forms.content import problems_by_field

blueprint = Blueprint("reminders", __name__)


@blueprint.get("/reminders")
def mine() -> Any:
    """Show one's address and whether reminders go there."""
    email, on = choice.of(office.session(), person())
    return _page({"email": email, "email_on": "yes" if on else ""}, {})


@blueprint.post("/reminders")
def choose() -> Any:
    """Keep one's address and choice."""
    try:
        choice.choose(person().id, request.form)
    except ContentError as error:
        return _page(request.form.to_dict(), problems_by_field(error)), 422
    flash(gettext("Your choice is kept."), "success")
    return redirect(url_for("reminders.mine"))


def _page(typed: dict[str, str], problems: dict[str, list[str]]) -> str:
    channels = here().channels
    return render_template("reminders/mine.html", typed=typed, problems=problems, channels=channels)
