"""Write tables as lines of cells between pipes."""

from collections.abc import Sequence

from ..outline import MOST_COLUMNS
from .elements import Line, Table
from .mending import is_row
from .result import Gathered, Piece


def add_table(table: Table, gathered: Gathered, text: Piece | None) -> None:
    """Add a table to a text; where there is none, or the table is too wide, its rows count as left."""
    rows = [[_words(cell) for cell in row] for row in table.rows if row]
    columns = max(map(len, rows), default=0)
    if not any(cell for row in rows for cell in row):
        return
    if text is None or columns > MOST_COLUMNS:
        gathered.left += ["\t".join(row) for row in rows]
        return
    if text.lines and is_row(text.lines[-1]):
        text.lines.append("")  # or both would be one table
    text.lines += pipe_lines(rows, columns)


def pipe_lines(rows: Sequence[Sequence[str]], columns: int) -> list[str]:
    """Return the rows, filled up to so many columns, the first one's rule under it."""
    full = [_line([*row, *[""] * (columns - len(row))]) for row in rows]
    return [full[0], _line(["---"] * columns), *full[1:]]


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _words(cell: Sequence[Line]) -> str:
    words = " ".join(" ".join(line.text.split("\n")) for line in cell if line.text)
    return words.replace("\t", " ").replace("|", "／").replace("｜", "／").strip()
