"""Show and change the units: their posts, who holds them, which leaders are in charge."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from workflow.errors import NotReady
from workflow.office import appointments, overview, people, post_codes, posts
from workflow.office import units as verbs

from .. import office
from ..addresses import inside
from ..auth import person
from ..language import say_all
from .routes import blueprint


@blueprint.get("/units")
def units() -> Any:
    """List the units in their order with posts and people, and the posts that stand in none."""
    return _list()


@blueprint.post("/units")
def add_unit() -> Any:
    """Add a unit and go on to it."""
    try:
        unit_id = verbs.add_unit(person().id, **_unit_form())
    except NotReady as refusal:
        return _list(say_all(refusal.reasons)), 422
    flash(gettext("The unit is added. Give it its posts."), "success")
    return redirect(url_for("administration.unit", unit_id=unit_id))


@blueprint.get("/units/<int:unit_id>")
def unit(unit_id: int) -> Any:
    """Show one unit with all that can be changed of it."""
    return _unit(unit_id)


@blueprint.post("/units/<int:unit_id>")
def change_unit(unit_id: int) -> Any:
    """Change a unit's name and agency."""
    return _change(
        lambda: verbs.change_unit(person().id, unit_id, **_unit_form()),
        gettext("The unit is changed."),
        unit_id,
    )


@blueprint.post("/units/<int:unit_id>/move")
def move_unit(unit_id: int) -> Any:
    """Move a unit one place up or down."""
    verbs.move_unit(person().id, unit_id, -1 if request.form.get("to") == "up" else 1)
    return redirect(url_for("administration.units", _anchor=f"unit-{unit_id}"))


@blueprint.post("/units/<int:unit_id>/leaders")
def put_in_charge(unit_id: int) -> Any:
    """Put a leader in charge of a unit."""
    username = request.form.get("username", "")
    return _change(
        lambda: appointments.put_in_charge(person().id, unit_id, username),
        gettext("The leader is in charge of the unit."),
        unit_id,
    )


@blueprint.post("/units/<int:unit_id>/leaders/<username>/relieve")
def relieve(unit_id: int, username: str) -> Any:
    """Take a unit out of a leader's charge."""
    appointments.relieve(person().id, unit_id, username)
    flash(gettext("The leader is no longer in charge of the unit."), "success")
    return _back(unit_id)


@blueprint.post("/posts")
def add_post() -> Any:
    """Add a post to a unit, or to none."""
    unit_id = request.form.get("unit_id", type=int)
    code, title = request.form.get("code", ""), request.form.get("title", "")
    return _change(
        lambda: posts.add_post(person().id, code, unit_id, title), gettext("The post is added."), unit_id
    )


@blueprint.post("/posts/<int:post_id>")
def change_post(post_id: int) -> Any:
    """Change a post's title and who stands in."""
    title, stand_in = request.form.get("title", ""), request.form.get("stand_in", "")
    return _change(
        lambda: posts.change_post(person().id, post_id, title, stand_in),
        gettext("The post is changed."),
        _unit_of(post_id),
    )


@blueprint.post("/posts/<int:post_id>/remove")
def remove_post(post_id: int) -> Any:
    """Take away a post that nobody holds."""
    unit_id = _unit_of(post_id)
    return _change(
        lambda: posts.remove_post(person().id, post_id), gettext("The post is taken away."), unit_id
    )


@blueprint.post("/posts/<int:post_id>/holders")
def appoint(post_id: int) -> Any:
    """Appoint somebody to a post."""
    username = request.form.get("username", "")
    return _change(
        lambda: appointments.appoint(person().id, post_id, username),
        gettext("The person holds the post now."),
        _unit_of(post_id),
    )


@blueprint.post("/posts/<int:post_id>/holders/<username>/dismiss")
def dismiss(post_id: int, username: str) -> Any:
    """Take a post from somebody."""
    return _change(
        lambda: appointments.dismiss(person().id, post_id, username),
        gettext("The person no longer holds the post; wherever they were signed in, that has ended."),
        _unit_of(post_id),
    )


def _unit_form() -> dict[str, Any]:
    return {
        "name": request.form.get("name", ""),
        "internal": request.form.get("internal") == "yes",
        "agency": request.form.get("agency", ""),
    }


def _unit_of(post_id: int) -> int | None:
    return posts.find_post(office.session(), post_id).unit_id


def _change(act: Callable[[], object], told: str, unit_id: int | None) -> Any:
    """Do something and go back; a refusal shows the page again, as it was filled in."""
    try:
        act()
    except NotReady as refusal:
        reasons = say_all(refusal.reasons)
        return (_list(reasons) if unit_id is None else _unit(unit_id, reasons)), 422
    flash(told, "success")
    return _back(unit_id)


def _back(unit_id: int | None) -> Response:
    """Go back to where the form stood: a person's page, or the unit's."""
    if target := inside(request.form.get("back", "")):
        return redirect(target)
    if unit_id is None:
        return redirect(url_for("administration.units", _anchor="system"))
    return redirect(url_for("administration.unit", unit_id=unit_id))


def _list(wrong: list[str] | None = None) -> str:
    office.refresh()
    session = office.session()
    return render_template(
        "administration/units.html",
        units=people.units(session),
        system=people.system_posts(session),
        agencies=overview.agencies(session),
        codes=post_codes.known(),
        everybody=_everybody(),
        wrong=wrong or [],
        typed=request.form,
    )


def _unit(unit_id: int, wrong: list[str] | None = None) -> str:
    office.refresh()
    session = office.session()
    return render_template(
        "administration/unit.html",
        it=people.unit(session, unit_id),
        agencies=overview.agencies(session),
        codes=post_codes.known(),
        everybody=_everybody(),
        wrong=wrong or [],
        typed=request.form,
    )


def _everybody() -> list[people.Account]:
    return [one for one in people.accounts(office.session()) if one.user.active]
