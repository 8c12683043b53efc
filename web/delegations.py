"""Delegate one's acts to a colleague (委托), end that, and read what was done meanwhile."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from workflow import choices
from workflow.delegation import end as ending
from workflow.delegation import grant as granting
from workflow.delegation import listing
from workflow.delegation.done import Act
from workflow.errors import ContentError
from workflow.installation import here
from workflow.opinions import OWN_ACTS

from . import office
from .auth import person
from .forms.content import problems_by_field
from .language import label

blueprint = Blueprint("delegations", __name__)


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    environment = state.app.jinja_env
    environment.globals.update(kind_label=kind_label, stage_name=stage_name)
    environment.filters.update(delegated_act=act_name)


def kind_label(kind: str) -> str:
    """Return the name of a kind of document."""
    procedure = here().procedures.get(kind)
    return label(procedure.label) if procedure else kind


def stage_name(act: Act) -> str:
    """Return the name of the stage at which an act was taken."""
    return label(here().versions[act.procedure_hash].stages[act.source or act.dest].label)


def act_name(act: Act) -> str:
    """Return the name of an act."""
    if act.action in OWN_ACTS:
        return label(OWN_ACTS[act.action])
    return label(here().versions[act.procedure_hash].step(act.source, act.action).label)


@blueprint.get("/delegations")
def index() -> Any:
    """List what is delegated, and offer to delegate."""
    return _page({"kinds": list(here().procedures), "urgencies": "all", "principal": person().username}, {})


@blueprint.post("/delegations")
def grant() -> Any:
    """Delegate; a refusal shows the form again with every problem."""
    typed = {**request.form.to_dict(), "kinds": request.form.getlist("kinds")}
    try:
        granting.grant(person().id, typed)
    except ContentError as error:
        office.refresh()
        return _page(typed, problems_by_field(error)), 422
    flash(gettext("Delegated. It ends by itself after its last day."), "success")
    return redirect(url_for("delegations.index"))


@blueprint.post("/delegations/<int:number>/end")
def end(number: int) -> Any:
    """End a delegation now."""
    ending.end(person().id, number)
    flash(gettext("The delegation is ended; what waits is with its principal alone."), "success")
    return redirect(url_for("delegations.index"))


@blueprint.get("/delegations/<int:number>")
def summary(number: int) -> Any:
    """Show on one page what was done; the principal has read it by that."""
    found = listing.summary(office.session(), person(), number)
    listing.mark_read(person(), found)
    office.refresh()
    return render_template("delegations/summary.html", it=found)


def _page(typed: dict[str, Any], problems: dict[str, list[str]]) -> str:
    session, me = office.session(), person()
    people = [(one.username, f"{one.name} · {one.title}") for one in choices.colleagues(session, but=me.id)]
    own = [(me.username, gettext("My own"))] if me.in_office else []
    for_others = granting.may_for_others(me)
    return render_template(
        "delegations/index.html",
        given=listing.given(session, me),
        received=listing.received(session, me),
        others=listing.of_others(session, me),
        colleagues=[("", gettext("Choose…")), *people] if own or for_others else [],
        principals=[*(own or [("", gettext("Choose…"))]), *people],
        for_others=for_others,
        kinds=[(kind, label(procedure.label)) for kind, procedure in here().procedures.items()],
        typed=typed,
        problems=problems,
    )
