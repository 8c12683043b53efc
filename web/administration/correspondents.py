"""Keep the bodies that documents usually go to, with the copies that each takes."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from workflow.errors import ContentError
from workflow.office import correspondents as verbs

from .. import office
from ..auth import person
from ..forms.content import problems_by_field
from .routes import blueprint


@blueprint.get("/correspondents")
def correspondents() -> Any:
    """List the bodies in the order in which the editor offers them."""
    return _page()


@blueprint.post("/correspondents")
def add_correspondent() -> Any:
    """Add a body."""
    return _change(
        0, lambda: verbs.add_correspondent(person().id, request.form), gettext("The body is in the list.")
    )


@blueprint.post("/correspondents/<int:correspondent_id>")
def change_correspondent(correspondent_id: int) -> Any:
    """Change a body's name, copies or place in the list."""
    return _change(
        correspondent_id,
        lambda: verbs.change_correspondent(person().id, correspondent_id, request.form),
        gettext("The body is changed."),
    )


@blueprint.post("/correspondents/<int:correspondent_id>/remove")
def remove_correspondent(correspondent_id: int) -> Any:
    """Offer a body no longer."""
    return _change(
        correspondent_id,
        lambda: verbs.remove_correspondent(person().id, correspondent_id),
        gettext("The body is offered no longer."),
    )


def _change(row: int, act: Callable[[], object], told: str) -> Any:
    try:
        act()
    except ContentError as error:
        return _page(row, error), 422
    flash(told, "success")
    return redirect(url_for("administration.correspondents"))


def _page(row: int | None = None, error: ContentError | None = None) -> str:
    """Render the list; `row` is the one that was refused, 0 the new one."""
    return render_template(
        "administration/correspondents.html",
        rows=verbs.listed(office.session()),
        refused=row,
        typed=request.form,
        problems=problems_by_field(error) if error else {},
    )
