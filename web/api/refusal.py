"""Refuse a request for what it is itself, in the reader's words."""

from typing import NoReturn

from flask import abort

from ..errors import answer


def refuse(status: int, reason: str) -> NoReturn:
    """End the request with problem+json and one reason."""
    abort(answer(status, [reason]))
