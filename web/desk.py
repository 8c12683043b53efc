"""Show what waits for a person, what they should read, what they began and what they did."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from states.reasons import Label
from workflow import consents, counting, deadlines, lists, questions, sealed, unsigned, waiting
from workflow.assessment.experts import EXPERT
from workflow.delegation import listing
from workflow.delegation.settle import settle_due
from workflow.installation import here
from workflow.opinions import OWN_ACTS

from . import office
from .auth import person, visitor
from .language import label
from .words import urgency_name

blueprint = Blueprint("desk", __name__)


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    environment = state.app.jinja_env
    environment.globals.update(desk_counts=counts)
    environment.filters.update(stage=stage_label, act=act_label)


def counts() -> dict[str, int]:
    """Return what the sidebar shows beside each list."""
    who = visitor()
    return counting.counts(office.session(), who) if who else {}


def stage_label(line: lists.Line) -> str:
    """Return the name of the stage that a listed document is at."""
    return label(here().versions[line["procedure_hash"]].stages[line["state"]].label)


def act_label(line: lists.Line) -> str:
    """Return the name of the step that a listed movement was."""
    for step in here().versions[line["procedure_hash"]].steps:
        if step.action == line["action"] and line["source"] in step.stages:
            return label(step.label)
    return label(OWN_ACTS[line["action"]])


@blueprint.get("/")
def tasks() -> Any:
    """待办: the most urgent or the first due on top, narrowed to an urgency, a stage, to what is overdue."""
    who = person()
    if who.holds(EXPERT) and not who.in_office:
        return redirect(url_for("assessments.index"))
    settle_due()
    session = office.session()
    only, order = request.args.get("only", ""), request.args.get("order", "")
    cursor = request.args.get("cursor")
    found = waiting.task_counts(session, who)
    page = waiting.tasks(session, who, cursor=cursor, only=only, order=order, total=found[only])
    return render_template(
        "desk/tasks.html",
        page=page,
        consents=consents.tallies(session, page.items),
        total=found[""],
        filters=list(_filters(found, only, order)),
        narrowed={name: value for name, value in (("only", only), ("order", order)) if value},
        by_due=waiting.BY_DUE,
        unloaded=deadlines.unloaded(session, who),
        delegations=listing.on_desk(session, who),
        asked=questions.asked_of(session, who),
        to_confirm=unsigned.to_confirm(session, who),
        unscanned=lists.unscanned(session, who, 1).total if sealed.may_bind(who) else 0,
    )


def _filters(found: Counter[str], only: str, order: str) -> Iterator[dict[str, Any]]:
    """Yield the filters that let something through, and the chosen one in any case."""
    names = {"": gettext("All"), waiting.OVERDUE: gettext("Overdue"), waiting.DUE_TODAY: gettext("Due today")}
    names.update({value: urgency_name(value) for value in waiting.URGENCIES})
    names.update(_stages())
    names[waiting.RETURNED] = gettext("Sent back to me")
    names[waiting.DEFERRED] = gettext("Put off")
    for value, text in names.items():
        if found[value] or value in ("", only):
            href = url_for("desk.tasks", only=value or None, order=order or None)
            yield {"text": text, "count": found[value], "chosen": value == only, "href": href}


def _stages() -> dict[str, str]:
    labels: dict[str, Label] = {}
    for procedure in here().versions.values():
        for stage in procedure.stages.values():
            labels.setdefault(stage.name, stage.label)
    return {name: label(names) for name, names in labels.items()}


@blueprint.get("/to-read")
def to_read() -> Any:
    """待阅: what was passed to a person, and what they were told; opening takes off what was told."""
    session, who = office.session(), person()
    cursor = request.args.get("cursor")
    return render_template(
        "desk/to_read.html",
        page=lists.to_read(session, who, cursor=cursor),
        passed=lists.circulated(session, who, lists.MOST),
        narrowed={},
    )


@blueprint.get("/drafts")
def drafts() -> Any:
    """我的草稿."""
    return _show("drafts")


@blueprint.get("/begun")
def begun() -> Any:
    """我发起的: who holds each, since when, and whether it was opened."""
    return _show("begun")


@blueprint.get("/handled")
def handled() -> Any:
    """已办."""
    return _show("handled")


@blueprint.get("/unscanned")
def unscanned() -> Any:
    """Issued with a seal, and no sealed file has come back."""
    return _show("unscanned")


def _show(name: str) -> str:
    session = office.session()
    page = getattr(lists, name)(session, person(), cursor=request.args.get("cursor"))
    asked = consents.tallies(session, page.items)
    return render_template(f"desk/{name}.html", page=page, consents=asked, narrowed={})
