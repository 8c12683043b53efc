"""Hold the blueprint that the modules of this package hang their pages on, and say points in words."""

from fractions import Fraction
from typing import Any

from flask import Blueprint, render_template
from flask.blueprints import BlueprintSetupState
from flask_babel import gettext

from states.applying import METHODS
from workflow.assessment.experts import EXPERT
from workflow.campaigns.points import write_points

from ..auth import visitor
from ..language import label

blueprint = Blueprint("assessments", __name__)

PLACES = 10**4  # of a point that a fraction is shown with


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.jinja_env.filters.update(
        points=write_points, fraction=fraction, equals=equals, method_name=method_name
    )
    state.app.jinja_env.globals.update(judges=judges)


def judges() -> bool:
    """Say whether the one who asks is an expert."""
    who = visitor()
    return who is not None and who.holds(EXPERT)


def method_name(method: str) -> str:
    """Return what a method is called."""
    return label(METHODS[method])


def fraction(text: str) -> str:
    """Return hundredths that are kept as a fraction, as points: exact where four decimals are enough."""
    value = Fraction(text) / 100
    scaled = value * PLACES
    whole, rest = divmod(round(scaled), PLACES)
    shown = f"{whole}.{rest:04d}".rstrip("0").rstrip(".")
    return shown if scaled.denominator == 1 else f"≈{shown}"


def equals(text: str) -> str:
    """Return such a fraction as the right side of an equation."""
    shown = fraction(text)
    return shown if shown.startswith("≈") else f"= {shown}"


def page(template: str, **known: Any) -> str:
    return render_template(f"assessments/{template}.html", **known)


def dropped_name(which: str) -> str:
    """Say why an assessor's sum does not count."""
    return {"highest": gettext("highest, not counted"), "lowest": gettext("lowest, not counted")}[which]
