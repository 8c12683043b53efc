"""Show a tree of indicators and edit it while it is not fixed."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext

from workflow.campaigns import indicators as verbs
from workflow.campaigns import trees

from .. import office
from ..auth import person
from .routes import act, blueprint


@blueprint.get("/indicators/<int(max=2147483647):set_id>")
def tree(set_id: int) -> Any:
    """Show a version with its points."""
    return page(set_id)


def page(
    set_id: int,
    wrong: list[str] | None = None,
    problems: dict[str, list[str]] | None = None,
    refused: str = "",
) -> str:
    """Render a version; `refused` says whose form was refused: an indicator's id, 'new' or 'name'."""
    session = office.session()
    found = trees.tree_of(session, set_id)
    return render_template(
        "campaigns/tree.html",
        tree=found,
        parents={
            str(node.id): f"{node.code} {node.text}" for node in found.nodes() if node.level < trees.LEVELS
        },
        used=next(titles for one, _, _, titles in trees.sets(session) if one.id == set_id),
        full=trees.FULL,
        wrong=wrong or [],
        problems=problems or {},
        refused=refused,
        typed={**request.form.to_dict(), "methods": request.form.getlist("methods")},
    )


@blueprint.post("/indicators/<int(max=2147483647):set_id>/<int(max=2147483647):indicator_id>")
def put_indicator(set_id: int, indicator_id: int) -> Any:
    """Add an indicator (0), or change one."""
    given = {**request.form.to_dict(), "methods": request.form.getlist("methods")}
    anchor = f"i-{indicator_id}" if indicator_id else "new"
    return act(
        lambda: verbs.put(person().id, set_id, indicator_id, given),
        gettext("The tree is changed."),
        url_for("campaigns.tree", set_id=set_id, _anchor=anchor),
        lambda wrong, problems: page(set_id, wrong, problems, str(indicator_id or "new")),
    )


@blueprint.post("/indicators/<int(max=2147483647):set_id>/<int(max=2147483647):indicator_id>/move")
def move_indicator(set_id: int, indicator_id: int) -> Any:
    """Move an indicator one place up or down, or take it off the tree."""
    to = request.form.get("to", "")
    if to == "remove":
        return act(
            lambda: verbs.remove(person().id, set_id, indicator_id),
            gettext("The indicator is removed."),
            url_for("campaigns.tree", set_id=set_id),
            lambda wrong, problems: page(set_id, wrong, problems),
        )
    verbs.move(person().id, set_id, indicator_id, -1 if to == "up" else 1)
    return redirect(url_for("campaigns.tree", set_id=set_id, _anchor=f"i-{indicator_id}"))
