"""Find what was issued: by number, by words, narrowed by type and year."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext

from workflow import retrieval

from . import office
from .auth import person
from .standing import day_asked

blueprint = Blueprint("archive", __name__)


@blueprint.get("/archive")
def index() -> Any:
    """Show the issued documents that match `q`, `type` and `year`, or are `in_force`, the latest first."""
    q = request.args.get("q", "").strip()[:200]
    type_, year = request.args.get("type") or None, request.args.get("year", type=int)
    asked = request.args.get("in_force", "")
    found = retrieval.retrieve(
        office.session(),
        person(),
        q,
        type_=type_,
        year=year,
        in_force=(day := day_asked(asked)),
        cursor=request.args.get("cursor"),
    )
    chosen = {"q": q or None, "type": type_, "year": year, "in_force": asked if day else None}
    return render_template(
        "archive/index.html",
        found=found,
        q=q,
        words=q.split(),
        chosen={name: value for name, value in chosen.items() if value is not None},
        facets=[
            ("type", gettext("Type"), found.types),
            ("year", gettext("Year"), found.years),
        ],
        runs=retrieval.runs,
    )
