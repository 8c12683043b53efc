"""Keep what somebody typed through a sign-in or a refusal; what another site sent is not kept."""

from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import HTTPException

UNSHOWN = {"csrf_token", "password", "new_password", "again", "passwords"}


def typed() -> list[tuple[str, str]]:
    """Return this request's fields, in their order, when the form stood on one of our own pages."""
    if not _from_here():
        return []
    try:
        fields = request.form.items(multi=True)
    except HTTPException:  # too large, or damaged: that is what is being told
        return []
    return [(name, value) for name, value in fields if name not in UNSHOWN]


def _from_here() -> bool:
    # A form of another site must not come back as one of ours, with a good token in it.
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == request.host
