"""Tell what of a paper is to be looked at in print: rare characters, tables that no page has room for."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import lru_cache

from . import layout
from .adjust import texts
from .coverage import missing_characters, rare_characters
from .errors import Problem
from .outline import Table, read_outline
from .sheet import Content
from .tables import fit

MOST_TOLD = 30
_AROUND = 4  # characters before and after one that is told

_RARE = Problem(
    "", "%(character)s (%(around)s) is not in %(font)s and comes from another font; check the printed page."
)
_MISSING = Problem(
    "", "%(character)s (%(around)s) is in no font here and prints as an empty box; check the printed page."
)
_TOO_WIDE = Problem(
    "", "A table of %(columns)s columns does not fit a page (%(beginning)s); split it into two."
)


@lru_cache(maxsize=256)
def doubts(content: Content) -> tuple[Problem, ...]:
    """Return what whoever prints the content should look at, each with the field where it stands."""
    return (*tables_without_room(content), *_characters(content))


def tables_without_room(content: Content) -> tuple[Problem, ...]:
    """Return the tables that would be torn even in the smallest type on a lying page."""
    return tuple(
        replace(
            _TOO_WIDE,
            where=field,
            params={"columns": str(len(block.rows[0])), "beginning": _beginning(block)},
        )
        for field, text in texts(content)
        for block in read_outline(text)
        if isinstance(block, Table) and not fit(block).whole
    )


def _beginning(table: Table) -> str:
    return "、".join(table.rows[0])[:20]


def _characters(content: Content) -> Iterator[Problem]:
    told = 0
    for field, font, text in _printed(content):
        if not (rare := rare_characters(text)):
            continue
        missing = set(missing_characters("".join(rare)))
        for character in rare[: MOST_TOLD - told]:
            told += 1
            params = {"character": character, "around": _around(text, character), "font": font}
            yield replace(_MISSING if character in missing else _RARE, where=field, params=params)


def _around(text: str, character: str) -> str:
    """Return the words in which a character first stands."""
    at = text.index(character)
    start, end = max(0, at - _AROUND), at + _AROUND + 1
    words = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{words}{'…' if end < len(text) else ''}"


def _printed(content: Content) -> Iterator[tuple[str, str, str]]:
    """Yield what is printed: its field, the font of most of it, its text."""
    yield "title", layout.SONG_TITLE, content.title
    yield "addressees", layout.FANG, content.addressees
    for field, text in texts(content):
        yield field, layout.FANG, text
    if content.issued_text:
        yield "issued_text.title", layout.SONG_TITLE, content.issued_text.title
    for index, part in enumerate(content.attachments):
        yield f"attachments[{index}].title", layout.SONG_TITLE, part.title
    if content.attendance:
        for name, words in asdict(content.attendance).items():
            yield f"attendance.{name}", layout.FANG, words
    yield "note", layout.FANG, content.note
    yield "copy_to", layout.FANG, content.copy_to
