"""List the sets of indicators and their versions; begin one, copy one, drop one; workbooks of them."""

import base64
import binascii
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext

from workflow.campaigns import indicator_sets, tree_book, trees
from workflow.campaigns.clerk import refuse_others
from workflow.errors import NotReady, Reason

from .. import office, uploads
from ..auth import person
from ..imports.workbook import xlsx
from ..language import say_all
from .indicators import page
from .routes import act, blueprint

LARGEST_WORKBOOK = 2 * uploads.MB


@blueprint.get("/indicators")
def sets() -> Any:
    """List every version of every set."""
    return _list([], {})


def _list(wrong: list[str], problems: dict[str, list[str]]) -> str:
    return render_template(
        "campaigns/sets.html",
        sets=trees.sets(office.session()),
        wrong=wrong,
        problems=problems,
        typed=request.form,
    )


@blueprint.post("/indicators")
def new_set() -> Any:
    """Begin an empty set."""
    made: list[int] = []
    verb = lambda: made.append(indicator_sets.new_set(person().id, request.form))  # noqa: E731
    answer = act(verb, gettext("The set is begun."), "", _list)
    return redirect(url_for("campaigns.tree", set_id=made[0])) if made else answer


@blueprint.post("/indicators/<int(max=2147483647):set_id>/copy")
def new_version(set_id: int) -> Any:
    """Copy a version to the next one, which may be edited."""
    made = indicator_sets.new_version(person().id, set_id)
    told = gettext("This is the new version: it can be edited until a campaign is announced with it.")
    flash(told, "success")
    return redirect(url_for("campaigns.tree", set_id=made))


@blueprint.post("/indicators/<int(max=2147483647):set_id>/name")
def rename_set(set_id: int) -> Any:
    """Change what a version is called."""
    return act(
        lambda: indicator_sets.rename_set(person().id, set_id, request.form),
        gettext("The name is changed."),
        url_for("campaigns.tree", set_id=set_id),
        lambda wrong, problems: page(set_id, wrong, problems, "name"),
    )


@blueprint.post("/indicators/<int(max=2147483647):set_id>/drop")
def drop_set(set_id: int) -> Any:
    """Remove a version that nothing uses."""
    return act(
        lambda: indicator_sets.drop_set(person().id, set_id),
        gettext("The version is removed."),
        url_for("campaigns.sets"),
        lambda wrong, problems: page(set_id, wrong, problems),
    )


@blueprint.get("/indicators/<int(max=2147483647):set_id>/workbook.xlsx")
def export_tree(set_id: int) -> Response:
    """Send a version as a workbook."""
    name, content = tree_book.export(office.session(), person(), set_id)
    return xlsx(content, f"{name}.xlsx")


@blueprint.route("/indicators/<int(max=2147483647):set_id>/import", methods=["GET", "POST"])
@uploads.takes(LARGEST_WORKBOOK)
def import_tree(set_id: int) -> Any:
    """Take a workbook, say what it holds, and put it in the tree's place when that is confirmed."""
    refuse_others(person())
    if request.method == "GET":
        return _import(set_id)
    try:
        content = sent_workbook()
        if request.form.get("do") == "take_in":
            count = tree_book.take_in(person().id, set_id, content)
            flash(gettext("%(count)s scored indicators are taken in.", count=count), "success")
            return redirect(url_for("campaigns.tree", set_id=set_id))
        found = tree_book.read(content)
    except NotReady as refusal:
        return _import(set_id, wrong=say_all(refusal.reasons)), 422
    return _import(set_id, found=found, carried=carried(content)), 422 if found.findings else 200


def _import(set_id: int, **found: Any) -> str:
    blank: dict[str, Any] = {"wrong": [], "found": None, "carried": ""}
    tree = trees.tree_of(office.session(), set_id)
    columns = tree_book.FORM.columns
    return render_template("campaigns/import.html", tree=tree, columns=columns, **{**blank, **found})


def sent_workbook() -> bytes:
    """Return the workbook that was sent, or the one that the page of the dry run carries; raises NotReady."""
    if kept := request.form.get("workbook_kept", ""):
        try:
            return base64.b64decode(kept, validate=True)
        except (binascii.Error, ValueError) as error:
            raise NotReady([Reason("Choose the workbook first")]) from error
    sent = request.files.get("workbook")
    if sent is None or not sent.filename:
        raise NotReady([Reason("Choose the workbook first")])
    return sent.read()


def carried(content: bytes) -> str:
    """Return a workbook as the page of its dry run carries it: confirming reads and checks it again."""
    return base64.b64encode(content).decode()
