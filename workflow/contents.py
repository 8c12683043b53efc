"""Read stored texts by the kind of document that they belong to."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from docgen.application import parse_application
from docgen.sheet import parse_canonical

APPLICATION = "application"

_PARSERS: Mapping[str, Callable[[str], Any]] = {APPLICATION: parse_application}

_LISTED = {name: name for name in ("type", "title", "urgency")}
_LISTED_OF = {APPLICATION: {"type": "category"}}  # its title has the category's name of the day


def listed(kind: str, canonical: str) -> dict[str, Any]:
    """Return what lists show of a document as far as its stored text says it, by their columns."""
    content = json.loads(canonical)
    return {column: content[name] for column, name in _LISTED_OF.get(kind, _LISTED).items()}


def parse(kind: str, canonical: str) -> Any:
    """Return the content of a canonical text of a kind of document as it was stored."""
    return _PARSERS.get(kind, parse_canonical)(canonical)
