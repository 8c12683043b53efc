"""Name the places of a content at which something can be said, and give the words that stand there."""

from collections.abc import Mapping
from itertools import groupby

from docgen.sheet import Content

from ..comparison import fields_of

LONGEST_QUOTED = 120  # characters
_BODY = "body"


def places_of(content: Content) -> dict[str, str]:
    """Return the words at each place, in the order of the paper: every field, and each paragraph of a text.

    A paragraph is named by its text and its place there, counted from 0: `body[2]`; a table is one.
    """
    found: dict[str, str] = {}
    for field, words in fields_of(content.to_dict()).items():
        found[field] = words
        if is_text(field):
            found |= {f"{field}[{number}]": block for number, block in enumerate(blocks(words))}
    return found


def is_text(field: str) -> bool:
    """Tell whether a field is a text of paragraphs."""
    return field.rpartition(".")[2] == _BODY


def blocks(text: str) -> list[str]:
    """Return the paragraphs of a text; lines of one table belong together, blank ones count for nothing."""
    lines = (line for line in text.split("\n") if line.strip())
    found: list[str] = []
    for table, run in groupby(lines, lambda line: line.lstrip().startswith("|")):
        paragraphs = list(run)
        found += ["\n".join(paragraphs)] if table else paragraphs
    return found


def split(place: str) -> tuple[str, int | None]:
    """Return a place's field, and which paragraph of it, or None for the field as a whole."""
    field, _, number = place.removesuffix("]").rpartition("[")
    return (field, int(number)) if place.endswith("]") and is_text(field) else (place, None)


def quoted(place: str, places: Mapping[str, str]) -> str:
    """Return the words at a place as they are kept with a point: their beginning where they are many."""
    words = " ".join(places[place].split()) if place else ""
    return words if len(words) <= LONGEST_QUOTED else words[: LONGEST_QUOTED - 1] + "…"
