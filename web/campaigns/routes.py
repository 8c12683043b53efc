"""Hold the blueprint that the modules of this package hang their pages on, and how they act."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect
from flask.blueprints import BlueprintSetupState

from workflow.campaigns.clerk import may_look, may_run, refuse_strangers
from workflow.campaigns.points import write_points
from workflow.errors import ContentError, NotReady

from .. import office
from ..auth import person, visitor
from ..forms.content import problems_by_field
from ..language import say_all
from . import words

Again = Callable[[list[str], dict[str, list[str]]], str]  # renders the page with what was refused

blueprint = Blueprint("campaigns", __name__)


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        runs_campaigns=runs_campaigns, looks_at_campaigns=looks_at_campaigns, of_campaigns=words
    )
    state.app.jinja_env.filters["points"] = write_points


@blueprint.before_request
def _guard() -> None:
    """Refuse everybody for whom the pages are not (NotAllowed); each verb asks again."""
    refuse_strangers(person())


def runs_campaigns() -> bool:
    """Say whether the one who asks sets up campaigns."""
    who = visitor()
    return who is not None and may_run(who)


def looks_at_campaigns() -> bool:
    """Say whether the pages of campaigns are for the one who asks."""
    who = visitor()
    return who is not None and may_look(who)


def act(verb: Callable[[], object], told: str, target: str, again: Again) -> Any:
    """Do something and go on; a refusal shows the page again with its reasons, as it was filled in."""
    try:
        verb()
    except ContentError as error:
        office.refresh()
        return again([], problems_by_field(error)), 422
    except NotReady as refusal:
        office.refresh()
        return again(say_all(refusal.reasons), {}), 422
    flash(told, "success")
    return redirect(target)
