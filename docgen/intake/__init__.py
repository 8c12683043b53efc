"""Take in a draft: a DOCX, ours or another's, or text that was pasted."""

from collections.abc import Iterator, Sequence

from ..errors import ContentError, Problem
from .captions import captioned
from .elements import MOST_PARAGRAPHS, Block, Line, Table, elements
from .properties import title_in_properties
from .recognized import recognized
from .result import WHERE, Gathered, Taken, cleaned, refuse_unfit
from .styled import is_ours, styled
from .washing import washed

__all__ = ["Taken", "intake", "intake_text"]


def intake(docx: bytes, name: str = "DOCX") -> Taken:
    """Read a DOCX: ours by its styles, another's by its words; `name` is what the reader knows it by.

    Raises ContentError with every reason why the file cannot be read.
    """
    read = elements(docx, name)
    found = Gathered(reports=list(read.reports), pictures=read.pictures)
    blocks = captioned(read.blocks)
    if is_ours(blocks):
        styled(blocks, found)
        found.main.title = found.main.title or title_in_properties(docx)
    else:
        recognized(blocks, found)
    found.left += read.outside
    return found.taken()


def intake_text(text: str) -> Taken:
    """Read text that was pasted from Word, WPS, a PDF or a web page. Raises ContentError."""
    refuse_unfit(text)
    found = Gathered()
    lines = washed(text, found)
    if len(lines) > MOST_PARAGRAPHS:
        most = {"most": str(MOST_PARAGRAPHS)}
        raise ContentError([Problem(WHERE, "The text has more than %(most)s lines.", most)])
    recognized(list(_blocks(lines)), found)
    return found.taken()


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    """Yield lines; those with tabs, two or more of one kind, are the rows of a table."""
    rows: list[str] = []
    for line in [*lines, ""]:
        tabs = line.strip(" ").count("\t") if line.strip() else 0
        if rows and tabs != rows[0].count("\t"):
            yield from _table_or_lines(rows)
            rows = []
        if tabs:
            rows.append(line.strip(" "))
        elif line.strip():
            yield _line(line)


def _table_or_lines(rows: Sequence[str]) -> Iterator[Block]:
    if len(rows) > 1:
        yield Table(tuple(tuple((Line(cleaned(cell)),) for cell in row.split("\t")) for row in rows))
    else:
        yield _line(rows[0])


def _line(line: str) -> Line:
    indented = line[:2].isspace() or line[:1] in ("\u3000", "\t")
    return Line("\t".join(map(cleaned, line.strip().split("\t"))), indented=indented)
