"""Know who calls: a token in the Authorization header, and nothing else; cookies are not looked at."""

from flask import abort, g, request
from werkzeug.wrappers import Response

from workflow import logins
from workflow.directory import Person
from workflow.errors import NotAllowed
from workflow.passwords import MUST_CHANGE

from .often import Limit

CALLS_A_MINUTE = 6000  # far above what a person or a script at work needs: it stops a loop that ran away
LONGEST_TOKEN = 200

calls = Limit(CALLS_A_MINUTE)


def guard() -> None:
    """Answer 401 unless a valid token comes along, 429 when it comes too often."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not 0 < len(token) <= LONGEST_TOKEN:
        abort(401)
    caller = logins.who_is(token, "token")
    if caller is None:
        abort(401)
    if caller.must_change:
        raise NotAllowed([MUST_CHANGE])
    if calls.is_reached(caller.id):
        abort(429)
    calls.count(caller.id)
    g.caller = caller


def person() -> Person:
    """Return who makes this call."""
    return g.caller


def challenge(response: Response) -> Response:
    """Say how to sign in where that is missing, and that answers are in the reader's language."""
    if not request.path.startswith("/api/"):
        return response
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="hongtou"'
    response.headers["Vary"] = "Accept-Language"
    return response
