"""Answer programs: JSON under /api/v1, by token, every refusal with its reasons."""

import re
from typing import Any

from flask import Blueprint, Flask, request

from workflow.errors import NotFound

from . import bearer, openapi
from .calls import CALLS

PREFIX = "/api/v1"

_ID = re.compile(r"[0-9a-f]{16}")


def init_app(app: Flask) -> None:
    """Register the calls; tokens are all that lets in, so nothing here needs a CSRF token."""
    blueprint = Blueprint("api", __name__)
    blueprint.before_request(_guard)
    for call in CALLS:
        blueprint.add_url_rule(call.path, call.name, call.view, methods=[call.method])
    blueprint.add_url_rule("/openapi.json", "openapi", openapi.description)
    app.register_blueprint(blueprint, url_prefix=PREFIX)
    app.after_request(bearer.challenge)


_OPEN = {"api.openapi", *(f"api.{call.name}" for call in CALLS if call.open)}


def _guard() -> Any:
    if request.endpoint not in _OPEN:
        bearer.guard()
    id_ = (request.view_args or {}).get("id")
    if id_ is not None and not _ID.fullmatch(id_):
        raise NotFound
