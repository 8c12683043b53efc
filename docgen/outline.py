"""Read plain text into paragraphs, headings, tables and lists of names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

_NUMERAL = "[一二三四五六七八九十百][零一二三四五六七八九十百]*"
_LEVELS = (
    re.compile(f"{_NUMERAL}、"),
    re.compile(f"[（(]{_NUMERAL}[）)]"),
    re.compile(r"\d{1,3}[.．](?!\d)\s*"),
    re.compile(r"[（(]\d{1,3}[）)]"),
)
_SENTENCE_END = re.compile("[。！？!?]")
LONGEST_HEADING = 60
"""A first sentence longer than so many characters is text, only its number a heading's."""

MOST_COLUMNS = 63
"""Word opens no table with more; such lines stay text."""

_HAN = "\u3400-\u9fff〇\U00020000-\U0003ffff"
_BLANK = r"(?: {2,}| *[\t\u3000][ \t\u3000]*)"
_NAME = re.compile(f"(?:[{_HAN}]\u3000[{_HAN}]|[{_HAN}][{_HAN}·•（）]{{0,12}}[{_HAN}）])(?={_BLANK}|$)")
_NAMES = re.compile(f"{_NAME.pattern}(?:{_BLANK}{_NAME.pattern})+")
_FEWEST_ALONE = 3
"""A line with fewer names is a list only beside other such lines."""

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


@dataclass(frozen=True)
class Names:
    """Lines that are made of names alone, the names of each."""

    lines: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """The names in plain text."""
        return "\n".join("  ".join(names) for names in self.lines)


Block = Line | Table | Names


def read_outline(text: str) -> Iterator[Block]:
    """Yield the blocks of a text that has a paragraph a line; empty lines are nothing."""
    for kind, lines in groupby((raw.strip() for raw in text.split("\n")), _kind):
        if kind == "row":
            yield from _table([_cells(line) for line in lines])
        elif kind == "names":
            yield from _names(list(lines))
        else:
            yield from (_read_line(line) for line in lines if line)


def _kind(line: str) -> str:
    if _is_row(line):
        return "row"
    return "names" if read_names(line) else ""


def read_names(line: str) -> tuple[str, ...]:
    """Return the names of a line on which nothing else stands, parted by wide blanks; none of any other.

    One blank of a character's width is within a name where it stands between two single characters.
    """
    return tuple(_NAME.findall(line)) if _NAMES.fullmatch(line) else ()


def _names(lines: list[str]) -> Iterator[Line | Names]:
    found = [read_names(line) for line in lines]
    if len(found) > 1 or len(found[0]) >= _FEWEST_ALONE:
        yield Names(tuple(found))
    else:
        yield from map(_read_line, lines)


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
