"""Tell addresses of our own pages from all others: nobody is led outside."""

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect


def inside(target: str, method: str = "GET") -> str | None:
    """Return the target if it is a path that one of our own routes answers by this method, or None."""
    if not target.startswith("/") or target.startswith("//") or any(c < "!" or c == "\\" for c in target):
        return None
    routes = current_app.url_map.bind(request.host)
    try:
        routes.match(target.partition("?")[0], method=method)
    except (RequestRedirect, HTTPException):
        return None
    return target


def here() -> str:
    """Return the address of this request, to come back to."""
    return request.full_path.removesuffix("?")
