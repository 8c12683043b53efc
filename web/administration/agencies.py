"""Show the agencies in whose names the office issues documents, and change them."""

from typing import Any

from flask import render_template

from .routes import blueprint


@blueprint.get("/agencies")
def agencies() -> Any:
    """List the agencies with their names and series."""
    return render_template("administration/agencies.html")
