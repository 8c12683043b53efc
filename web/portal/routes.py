"""Hold the blueprint that the modules of this package hang their pages on, and find applications."""

from typing import Any

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from workflow.applications.facts import APPLICANT, RECOMMENDER
from workflow.campaigns.points import read_points
from workflow.contents import APPLICATION
from workflow.describe import describe
from workflow.errors import NotFound

from .. import office
from ..auth import person, visitor
from ..forms import application
from . import words

blueprint = Blueprint("portal", __name__)


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals.update(
        applies=applies, recommends=recommends, portal_words=words, applying_field=application.field_label
    )
    state.app.jinja_env.filters["to_points"] = to_points


def to_points(typed: str) -> int:
    """Return typed points in hundredths, 0 where they are none."""
    return read_points(typed) or 0


def applies() -> bool:
    """Say whether the one who asks applies for a unit."""
    who = visitor()
    return who is not None and who.holds(APPLICANT)


def recommends() -> bool:
    """Say whether the one who asks recommends units."""
    who = visitor()
    return who is not None and who.holds(RECOMMENDER)


def find(public_id: str) -> Any:
    """Return the description of an application that the one who asks sees; raises NotFound."""
    found = describe(office.session(), person(), public_id, every_kind=True)
    if found.document["kind"] != APPLICATION:
        raise NotFound
    return found
