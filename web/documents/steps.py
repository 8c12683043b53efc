"""Take a step of a document, and go on to what comes next."""

from typing import Any

from flask import flash, redirect
from flask_babel import gettext

from workflow import engine, undoing
from workflow.describe import Description, describe
from workflow.errors import ContentError, NotReady
from workflow.path import names_of_holders

from .. import office
from ..auth import person
from ..forms.sent_step import entered_with, step_sent
from ..language import label, say, say_all
from ..uploads import takes
from . import neighbours
from .attached import LARGEST_FILE
from .page import render
from .routes import blueprint, once, version


@blueprint.post("/documents/<public_id>/steps/<action>")
@takes(LARGEST_FILE)
def step(public_id: str, action: str) -> Any:
    """Take a step with what was entered; a refusal shows the page again with every reason."""
    before = describe(office.session(), person(), public_id)
    was = neighbours.place(office.session(), person(), public_id)
    taken = step_sent(before, action)
    try:
        inputs = entered_with(taken)
        engine.advance(person().id, public_id, action, version(), inputs, once=once())
    except NotReady as refusal:
        office.refresh()
        return render(public_id, refused=action, wrong=say_all(refusal.reasons)), 422
    except ContentError as refusal:
        office.refresh()
        return render(public_id, refused=action, wrong=[say(problem) for problem in refusal.problems]), 422
    office.refresh()
    after = describe(office.session(), person(), public_id)
    _tell_with_undo(before, after)
    return redirect(neighbours.onward(public_id, was))


def _tell_with_undo(before: Description, after: Description) -> None:
    """Say what happened, with the way back on the same line while there is one (撤销这一步)."""
    step = undoing.outlook(office.session(), person(), after.document)
    if step is None or step.reasons:
        tell(before, after)
        return
    way_back = {"id": after.id, "seq": step.seq, "act": step.act, "carried": neighbours.carried()}
    flash({"told": _told(before, after), **way_back}, "undo")  # type: ignore[arg-type]


def tell(before: Description, after: Description) -> None:
    """Say what happened: what was done, under which number, who has the document now."""
    flash(_told(before, after), "success")


def _told(before: Description, after: Description) -> str:
    title = after.document["title"]
    number = after.document["number"]
    if number and number != before.document["number"]:
        return gettext("%(title)s is registered as %(number)s.", title=title, number=number)
    where = {"title": title, "stage": label(after.state_label)}
    if names := "、".join(names_of_holders(after)):
        return gettext("Done. %(title)s is now at %(stage)s with %(names)s.", **where, names=names)
    return gettext("Done. %(title)s is now at %(stage)s.", **where)
