"""Tell what of a text is to be looked at on the printed page."""

from collections.abc import Mapping, Sequence
from typing import Any

from docgen.doubts import doubts
from docgen.reading import read_content
from docgen.sheet import Content
from states.reasons import Reason

from .describe import Description

Doubt = tuple[str, Reason]  # the field, and what of it


def doubts_of(description: Description) -> Sequence[Doubt]:
    """Return what is to be looked at in a document's text; nothing of one that came from former years."""
    return _told(description.content) if description.document["origin"] == "here" else []


def doubts_of_typed(data: Mapping[str, Any]) -> Sequence[Doubt]:
    """Return what is to be looked at in content that is only typed so far; raises ContentError."""
    return _told(read_content(data))


def _told(content: Content) -> list[Doubt]:
    return [(one.where, Reason(one.message, one.params)) for one in doubts(content)]
