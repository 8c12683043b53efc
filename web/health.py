"""Say whether the system lives and is ready, to whoever asks."""

from typing import Any

from flask import Blueprint

from workflow import opening

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> Any:
    return {"alive": True}


@blueprint.get("/readyz")
def ready() -> Any:
    """Answer 200 when database, files and worker are there, 503 otherwise."""
    try:
        parts = opening.readiness()
    except Exception:
        parts = {"database": False}
    return parts, 200 if all(parts.values()) else 503
