"""Find the issued document that a text is to end, while its number is typed."""

from typing import Any

from flask import request

from workflow import retrieval

from .. import office
from ..auth import person
from ..standing import mark_name
from .routes import blueprint

SHOWN = 6
LONGEST = 200


@blueprint.get("/documents/endable")
def endable() -> Any:
    """Answer issued documents by part of a number or title, each with what ended it already, if anything."""
    asked = request.args.get("q", "").strip()[:LONGEST]
    found = retrieval.retrieve(office.session(), person(), asked, limit=SHOWN).items if asked else []
    return {
        "items": [
            {"number": one.number, "title": one.title, "ended": "、".join(map(mark_name, one.marks))}
            for one in found
            if one.number
        ]
    }
