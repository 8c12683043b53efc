"""Show one unit that applies: what is known of it, its accounts, its former names, its end."""

from collections.abc import Callable
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext

from workflow.applicants import accounts, keeping, listing
from workflow.campaigns.clerk import refuse_others
from workflow.campaigns.rules import natures
from workflow.clock import today
from workflow.errors import NotReady

from .. import office
from ..auth import person
from ..campaigns.routes import act
from ..language import say_all
from .routes import blueprint


@blueprint.route("/new", methods=["GET", "POST"])
def new() -> Any:
    """Enter a unit and go on to it."""
    refuse_others(person())
    if request.method == "GET":
        return _new([], {})
    made: list[int] = []
    told = gettext("The unit is entered. Open an account for it.")
    answer = act(lambda: made.append(keeping.add(person().id, request.form)), told, "", _new)
    return redirect(url_for("applicants.unit", unit_id=made[0])) if made else answer


def _new(wrong: list[str], problems: dict[str, list[str]]) -> str:
    session = office.session()
    return render_template(
        "applicants/new.html",
        typed=request.form,
        wrong=wrong,
        problems=problems,
        natures=natures(session),
        recommenders=listing.recommenders(session),
    )


@blueprint.get("/<int(max=2147483647):unit_id>")
def unit(unit_id: int) -> Any:
    """Show one unit."""
    return _page(unit_id)


@blueprint.post("/<int(max=2147483647):unit_id>")
def change(unit_id: int) -> Any:
    """Change what is known of a unit."""
    told = gettext("The unit is changed.")
    return _take(unit_id, lambda: keeping.change(person().id, unit_id, request.form), told, "unit")


@blueprint.post("/<int(max=2147483647):unit_id>/name")
def rename(unit_id: int) -> Any:
    """Give a unit another name."""
    told = gettext("The unit has its new name; the former one is kept.")
    return _take(unit_id, lambda: keeping.rename(person().id, unit_id, request.form), told, "name")


@blueprint.post("/<int(max=2147483647):unit_id>/end")
def end(unit_id: int) -> Any:
    """Note that a unit has ended."""
    told = gettext("The end of the unit is noted.")
    return _take(unit_id, lambda: keeping.end(person().id, unit_id, request.form), told, "end")


@blueprint.post("/<int(max=2147483647):unit_id>/end/take-back")
def take_back_end(unit_id: int) -> Any:
    """Take back that a unit has ended."""
    told = gettext("The unit goes on.")
    return _take(unit_id, lambda: keeping.take_back_end(person().id, unit_id), told, "end")


@blueprint.post("/<int(max=2147483647):unit_id>/accounts")
def open_account(unit_id: int) -> Any:
    """Open an account for a unit, and show its one-time password, this once."""
    username, name = request.form.get("username", "").strip(), request.form.get("name", "")
    roles = request.form.getlist("roles")
    return _given(
        unit_id, username, lambda: accounts.open_account(person().id, unit_id, username, name, roles)
    )


@blueprint.post("/<int(max=2147483647):unit_id>/accounts/<username>/password")
def new_password(unit_id: int, username: str) -> Any:
    """Give one of a unit's people a one-time password, and show it, this once."""
    return _given(unit_id, username, lambda: accounts.new_password(person().id, unit_id, username))


@blueprint.post("/<int(max=2147483647):unit_id>/accounts/<username>/close")
def close_account(unit_id: int, username: str) -> Any:
    """Close the account of somebody who no longer acts for a unit."""
    told = gettext("The account is closed; wherever they were signed in, that has ended.")
    return _take(unit_id, lambda: accounts.close_account(person().id, unit_id, username), told, "accounts")


def _take(unit_id: int, verb: Callable[[], object], told: str, section: str) -> Any:
    return act(
        verb,
        told,
        url_for("applicants.unit", unit_id=unit_id),
        lambda wrong, problems: _page(unit_id, wrong, problems, section),
    )


def _given(unit_id: int, username: str, verb: Callable[[], str]) -> Any:
    try:
        password = verb()
    except NotReady as refusal:
        return _page(unit_id, say_all(refusal.reasons), {}, "accounts"), 422
    office.refresh()
    return _page(unit_id, given=(username, password))


def _page(
    unit_id: int,
    wrong: list[str] | None = None,
    problems: dict[str, list[str]] | None = None,
    section: str = "",
    given: tuple[str, str] | None = None,
) -> str:
    """Render a unit; `section` is the one whose form was refused, `given` a password to be handed out."""
    session = office.session()
    return render_template(
        "applicants/show.html",
        it=listing.one(session, person(), unit_id),
        natures=natures(session),
        recommenders=listing.recommenders(session),
        wrong=wrong or [],
        problems=problems or {},
        section=section,
        typed=request.form,
        given=given,
        today=today(),
    )
