"""Answer the points of a return on the document's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request, url_for
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from states.points import KINDS
from workflow.describe import Description, Passage
from workflow.errors import NotReady
from workflow.points import answering
from workflow.points.overview import Overview, overview
from workflow.points.places import blocks

from .. import office
from ..auth import person
from ..forms.points import answers_of, place_name
from ..language import say_all
from . import neighbours, page
from .routes import blueprint, once


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(place_name=place_name, point_kinds=KINDS)
    state.app.jinja_env.filters.update(blocks=blocks)


@dataclass(frozen=True)
class Refusal:
    """Why answers were not taken, and what they were."""

    reasons: Sequence[str]
    answers: Mapping[int, tuple[str, str]]


@dataclass(frozen=True)
class Points:
    """The points of a document as one person's page shows them."""

    found: Overview
    refusal: Refusal | None


def asked(description: Description, passages: Sequence[Passage], refusal: Refusal | None) -> Points:
    """Return what a person has to tick off, and what they had asked."""
    return Points(overview(office.session(), person(), description, passages), refusal)


@blueprint.post("/documents/<public_id>/points")
def answer_points(public_id: str) -> Any:
    """Keep the answers that were ticked; a refusal shows the page again with every reason."""
    given = answers_of(request.form)
    try:
        answering.answer(person().id, public_id, given, once=once())
    except NotReady as refusal:
        office.refresh()
        return page.render(public_id, unanswered=Refusal(say_all(refusal.reasons), given)), 422
    flash(gettext("The answers are kept."), "success")
    return redirect(url_for("documents.show", public_id=public_id, **neighbours.carried()))  # type: ignore[arg-type]
