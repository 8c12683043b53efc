"""Read points of a return, and answers to them, from a form; name the places at which they stand."""

import re

from flask_babel import gettext
from werkzeug.datastructures import MultiDict

from workflow.describe import Content
from workflow.points.given import EXPLAINED
from workflow.points.places import is_text, places_of, split

from .content import field_label

_NUMBER = re.compile("[0-9]{1,5}")
_FIRST_WORDS = 18  # characters
_ALWAYS = ("title", "addressees", "body", "copy_to", "note")  # also where nothing stands there


def rows_of(form: MultiDict[str, str]) -> list[dict[str, str]]:
    """Return the points that a form holds; a row with neither place nor words is none."""
    columns = (form.getlist(f"points_{name}") for name in ("place", "kind", "text"))
    rows = [dict(zip(("place", "kind", "text"), row, strict=True)) for row in zip(*columns, strict=False)]
    return [row for row in rows if row["place"] or row["text"].strip()]


def answers_of(form: MultiDict[str, str]) -> dict[int, tuple[str, str]]:
    """Return the answers in a form, by the point's number; words alone are an explanation."""
    found: dict[int, tuple[str, str]] = {}
    for name in form:
        head, _, number = name.partition("-")
        if head in ("answer", "note") and _NUMBER.fullmatch(number):
            note = form.get(f"note-{number}", "")
            how = form.get(f"answer-{number}") or (EXPLAINED if note.strip() else "")
            found[int(number)] = (how, note)
    return {number: one for number, one in found.items() if one[0]}


def place_name(place: str) -> str:
    """Return what a place is called: 正文 · 第3段."""
    if not place:
        return gettext("The whole document")
    field, number = split(place)
    if number is None:
        return field_label(field)
    return " · ".join([field_label(field), gettext("paragraph %(number)s", number=number + 1)])


def places(content: Content) -> list[tuple[str, str]]:
    """Return the places of a content to choose from, each with its name and its first words."""
    return [
        (place, _with_words(place, words))
        for place, words in places_of(content).items()
        if words or place in _ALWAYS
    ]


def _with_words(place: str, words: str) -> str:
    name, first = place_name(place), " ".join(words.split())
    if is_text(place):
        return gettext("%(place)s, as a whole", place=name)
    if not first:
        return name
    return f"{name}：{first if len(first) <= _FIRST_WORDS else first[:_FIRST_WORDS] + '…'}"
