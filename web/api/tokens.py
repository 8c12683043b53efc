"""Give a token for a user name and a password."""

from typing import Any

from flask import abort, request

from workflow import logins
from workflow.errors import WrongLogin

from . import body, shapes
from .often import Limit
from .schemas import TokenRequest

WRONG_A_MINUTE = 10  # beside the account's own lock, which unknown names do not have
ASKED_A_MINUTE = 300  # each costs an Argon2 hash

wrong = Limit(WRONG_A_MINUTE)
asked = Limit(ASKED_A_MINUTE)


def create() -> Any:
    """Answer 201 with a token, 401 when name and password do not belong together, 429 too often."""
    given = body.read(TokenRequest)
    who = (given.username, request.remote_addr)
    if wrong.is_reached(who) or asked.is_reached(who):
        abort(429)
    asked.count(who)
    try:
        token, expires_at = logins.log_in(given.username, given.password, "token")
    except WrongLogin:
        wrong.count(who)
        raise
    return {"token": token, "expires_at": shapes.moment(expires_at)}, 201
