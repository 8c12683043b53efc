"""Show an application to whoever has to do with it, and let them act on it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext

from workflow import clock, desk, engine, lists
from workflow.applications import form_code
from workflow.applications.amendments import amendments
from workflow.applications.blank_form import blank_form
from workflow.applications.recommending import bodies_of, next_waiting
from workflow.describe import Description, movements, readable
from workflow.errors import ContentError, NotReady
from workflow.installation import here
from workflow.opinions import OWN_ACTS

from .. import office
from .. import uploads as requests
from ..auth import person
from ..documents.routes import once, version
from ..forms.sent_step import entered_with, step_sent
from ..forms.step import StepForm, step_form
from ..language import label, say, say_all
from .evidence import LARGEST_FILE
from .routes import blueprint, find

BEGUN = "draft"
ON_PAGES_OF_THEIR_OWN = ("score",)  # given on the assessors' sheets


@blueprint.get("/applications/<public_id>")
def show(public_id: str) -> str:
    """Show an application; whoever has it has opened it by this."""
    find(public_id)
    desk.opened(person(), public_id, every_kind=True)
    office.refresh()
    return _page(public_id)


@blueprint.post("/applications/<public_id>/steps/<action>")
@requests.takes(LARGEST_FILE)
def step(public_id: str, action: str) -> Any:
    """Take a step with what was entered; a refusal shows the page again with every reason."""
    before = find(public_id)
    recommends = before.case.state == "recommendation" and bool(bodies_of(person()))
    taken = step_sent(before, action)
    try:
        inputs = entered_with(taken)
        engine.advance(person().id, public_id, action, version(), inputs, once=once())
    except NotReady as refusal:
        office.refresh()
        return _page(public_id, action, say_all(refusal.reasons)), 422
    except ContentError as refusal:
        office.refresh()
        return _page(public_id, action, [say(problem) for problem in refusal.problems]), 422
    office.refresh()
    flash(_told(public_id), "success")
    following = next_waiting(office.session(), person()) if recommends else None
    if following:  # one after another
        return redirect(url_for("portal.show", public_id=following))
    if recommends:
        return redirect(url_for("portal.recommendations"))
    return redirect(url_for("portal.show", public_id=public_id))


def _told(public_id: str) -> str:
    after = find(public_id)
    title, stage = after.document["title"], label(after.state_label)
    return gettext("Done. %(title)s is now at %(stage)s.", title=title, stage=stage)


def _page(public_id: str, refused: str | None = None, wrong: list[str] | None = None) -> str:
    it, session, who = find(public_id), office.session(), person()
    passages = readable(who, it.document, movements(session, it.document["id"]))
    own = it.document["unit_id"] in {post.unit_id for post in who.posts if post.code == "applicant"}
    copy = desk.typed(session, who, public_id) if own and not it.may_not_edit else None
    waits = bool(bodies_of(who)) and it.case.state == "recommendation"
    return render_template(
        "portal/show.html",
        it=it,
        content=it.content,
        asks=blank_form(session, it.document, it.content),
        own=own,
        forms=_forms(it, refused, wrong or []),
        timeline=[(one, _act(it, one)) for one in reversed(passages)],
        asked=amendments(session, it.document["id"]),
        files={one.indicator: one for one in it.content.answers},
        code=form_code.current(it.content),
        form_standing=form_code.standing(it.content),
        unsaved_at=copy[1] if copy else None,
        now=clock.stamp(),
        holders=_holders(it) if who.in_office else (),
        after=next_waiting(session, who, public_id) if waits else None,
    )


def _forms(it: Description, refused: str | None, wrong: list[str]) -> list[StepForm]:
    """Return what may be done, as forms; what is for others is left out."""
    stage = it.procedure.stages[it.case.state]
    found = []
    for action in it.actions:
        forbidden = bool(action.step.forbidden(it.case, stage))
        if forbidden or action.name in ON_PAGES_OF_THEIR_OWN:
            continue
        mine = action.name == refused
        typed = request.form if mine else None
        found.append(step_form(action, False, tuple, tuple, typed, wrong if mine else []))
    return found


def _act(it: Description, passage: Any) -> str:
    """Return the name of the step that a movement was."""
    if passage.action == BEGUN:
        return gettext("Began to fill it in")
    for one in here().versions[it.document["procedure_hash"]].steps:
        if one.action == passage.action and passage.source in one.stages:
            return label(one.label)
    return label(OWN_ACTS[passage.action])


def _holders(it: Description) -> list[str]:
    session = office.session()
    return [one["name"] for one in lists.who_has(session, [it.document["id"]]).get(it.document["id"], [])]
