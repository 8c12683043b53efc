"""Read what a request carries: a JSON object that says one thing only, and plain query parameters."""

import json
import math
import unicodedata
from typing import Any, TypeVar

from flask import abort, request
from flask_babel import gettext
from pydantic import BaseModel, ValidationError

from workflow.errors import NotFound, NotReady, Reason

from .refusal import refuse

DEEPEST = 32
LONGEST_PARAMETER = 200
MOST_ITEMS = 200
MOST_DIGITS = 5  # of a point's, a reader's number

Model = TypeVar("Model", bound=BaseModel)


def json_object() -> dict[str, Any]:
    """Return the body; answers 415 when it is not called JSON, 400 when it is none."""
    if not request.is_json:
        abort(415)
    try:
        found = json.loads(
            request.get_data().decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_float=_finite,
        )
        _refuse_strange(found)
    except (ValueError, RecursionError):
        refuse(400, gettext("The body is not proper JSON."))
    if not isinstance(found, dict):
        refuse(400, gettext("The body must be a JSON object."))
    return found


def read(model: type[Model]) -> Model:
    """Return the body as a model has it; raises NotReady with everything that is wrong with it."""
    try:
        return model.model_validate(json_object())
    except ValidationError as error:
        raise NotReady(_reason(found) for found in error.errors()) from error


def text(name: str) -> str:
    """Return a query parameter, '' when it is not given; raises NotReady when it cannot be one."""
    value = request.args.get(name, "").strip()
    if len(value) > LONGEST_PARAMETER or any(unicodedata.category(c) in ("Cc", "Cn") for c in value):
        raise NotReady([Reason("%(field)s cannot be used as it is", {"field": name})])
    return value


def number(name: str, least: int, most: int) -> int | None:
    """Return a query parameter as a whole number; raises NotReady when it is none in these bounds."""
    value = text(name)
    if not value:
        return None
    if not (value.isascii() and value.isdigit() and len(value) < 9 and least <= int(value) <= most):
        known = {"field": name, "least": str(least), "most": str(most)}
        raise NotReady([Reason("%(field)s must be a whole number from %(least)s to %(most)s", known)])
    return int(value)


def place(given: str) -> int:
    """Return a number of an address; raises NotFound when it is none that anything has."""
    if not (given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS):
        raise NotFound
    return int(given)


def slice_of() -> tuple[int | None, str | None]:
    """Return the parameters `limit` and `cursor` of a list."""
    cursor = number("cursor", 0, 99_999_999)
    return number("limit", 1, MOST_ITEMS), None if cursor is None else str(cursor)


def _reason(found: Any) -> Reason:
    field = ascii(".".join(str(part) for part in found["loc"]))[1:-1][:80]
    match found["type"]:
        case "missing":
            return Reason("%(field)s is missing", {"field": field})
        case "extra_forbidden":
            return Reason("There is no field %(field)s", {"field": field})
        case "string_too_long" | "string_too_short":
            return Reason("%(field)s is too long or too short", {"field": field})
    return Reason("%(field)s is not of the right kind", {"field": field})


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice")
    return found


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError(f"{digits} is too large")
    return value


def _refuse_strange(value: Any) -> None:
    """Refuse lone surrogates, which no text can hold, and nesting that no reader needs."""
    waiting = [(value, 1)]
    while waiting:
        value, depth = waiting.pop()
        if depth > DEEPEST:
            raise ValueError("nested too deeply")
        if isinstance(value, str):
            value.encode("utf-8")
        elif isinstance(value, dict):
            waiting += [(part, depth + 1) for pair in value.items() for part in pair]
        elif isinstance(value, list):
            waiting += [(part, depth + 1) for part in value]
