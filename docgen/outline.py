"""Read plain text into paragraphs, headings and tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_LEVELS = (
    re.compile(r"[一二三四五六七八九十百]+、"),
    re.compile(r"[（(][一二三四五六七八九十百]+[）)]"),
    re.compile(r"\d{1,3}[.．](?!\d)\s*"),
    re.compile(r"[（(]\d{1,3}[）)]"),
)
_SENTENCE_END = re.compile("[。！？!?]")
LONGEST_HEADING = 60
"""A first sentence longer than so many characters is text, only its number a heading's."""

MOST_COLUMNS = 63
"""Word opens no table with more; such lines stay text."""

_RULE_CELL = re.compile(r":?-{1,}:?")


@dataclass(frozen=True)
class Line:
    """A paragraph: level 0 is text, 1 to 4 a heading; `lead` characters are in the heading's font."""

    text: str
    level: int = 0
    lead: int = 0


@dataclass(frozen=True)
class Table:
    """Rows of cells, all of one length; the first row is the header."""

    rows: tuple[tuple[str, ...], ...]


def read_outline(text: str) -> Iterator[Line | Table]:
    """Yield the paragraphs and tables of a text that has a paragraph a line; empty lines are nothing."""
    rows: list[tuple[str, ...]] = []
    for raw in text.split("\n"):
        line = raw.strip()
        if _is_row(line):
            rows.append(_cells(line))
            continue
        if rows:
            yield from _table(rows)
            rows = []
        if line:
            yield _read_line(line)
    if rows:
        yield from _table(rows)


def _read_line(line: str) -> Line:
    for level, pattern in enumerate(_LEVELS, 1):
        if match := pattern.match(line):
            return Line(line, level, _lead(line, level, match.end()))
    return Line(line)


def _lead(line: str, level: int, number_end: int) -> int:
    if level > 2:
        return 0
    end = _SENTENCE_END.search(line, number_end)
    if end is None:
        return len(line) if len(line) <= LONGEST_HEADING else number_end
    return end.end() if end.end() <= LONGEST_HEADING else number_end


def _is_row(line: str) -> bool:
    return len(line) > 2 and line[0] in "|｜" and line[-1] in "|｜" and len(_cells(line)) <= MOST_COLUMNS


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.replace("｜", "|")[1:-1].split("|"))


def _table(rows: list[tuple[str, ...]]) -> Iterator[Table]:
    """Yield the rows as one table, without the rule under the header and empty columns made up."""
    kept = [row for row in rows if not all(_RULE_CELL.fullmatch(cell) for cell in row)]
    columns = max((len(row) for row in kept), default=0)
    if kept:
        yield Table(tuple(row + ("",) * (columns - len(row)) for row in kept))
