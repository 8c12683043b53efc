"""Find the rows that files belong to: by the number in a name or at a text's beginning, then by the title."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from states.reasons import Reason

from ...spreadsheets import Row, Sheet
from ..findings import Finding, at
from ..written_numbers import Written, numbers_in_name, numbers_in_text
from .papers import Paper, about
from .rows import NUMBER, TITLE, PastRow

_ORDER = ("docx", "pdf", "tiff", "png", "jpeg")  # which of a document's files is its own before the others
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass
class Pairing:
    """Which files go with which row, and what is to be told of that."""

    taken: dict[int, list[Paper]] = field(default_factory=dict)  # by row; its own file first
    warnings: list[Finding] = field(default_factory=list)
    without_row: list[str] = field(default_factory=list)
    without_file: list[int] = field(default_factory=list)


def pair(sheet: Sheet, rows: Sequence[PastRow], papers: Iterable[Paper], codes: Collection[str]) -> Pairing:
    """Match files and rows; no file is given to two rows, and none is guessed at."""
    found = Pairing()
    by_number: dict[Written, list[PastRow]] = defaultdict(list)
    for row in rows:
        by_number[row.number].append(row)
    waiting: dict[int, list[Paper]] = defaultdict(list)
    for paper in papers:
        owner = _row_of(paper, by_number, {*codes, *(row.number.agency_code for row in rows)}, found)
        if owner is not None:
            waiting[owner.row].append(paper)
    for row in rows:
        _take(sheet, row, waiting.get(row.row, []), found)
    return found


def _row_of(
    paper: Paper, by_number: dict[Written, list[PastRow]], codes: Collection[str], found: Pairing
) -> PastRow | None:
    """Return the one row that a file belongs to, or tell why there is none."""
    numbers = numbers_in_name(paper.name, codes) or numbers_in_text(paper.head, codes)[:1]
    rows = [row for number in numbers for row in _rows_of(number, by_number)]
    titled = [row for row in rows if _has_title(paper, row)]
    if len(titled or rows) == 1:
        return (titled or rows)[0]
    if rows:
        found.warnings.append(_about_doubt(paper.name, titled or rows))
    elif numbers:
        number = {"number": numbers[0].normal}
        found.warnings.append(
            about(paper.name, Reason("%(name)s: no row has its number, %(number)s", number))
        )
    else:
        reason = Reason("%(name)s: no number stands in its name or at its beginning")
        found.warnings.append(about(paper.name, reason))
    found.without_row.append(paper.name)
    return None


def _about_doubt(name: str, rows: Sequence[PastRow]) -> Finding:
    reason = Reason(
        "%(name)s could belong to each of the rows %(rows)s: put number and title into its name",
        {"rows": "、".join(str(row.row) for row in rows)},
    )
    return about(name, reason)


def _rows_of(number: Written, by_number: dict[Written, list[PastRow]]) -> list[PastRow]:
    """Return the rows of a number; of one without code those of its year and serial, if all have one code."""
    if number.agency_code:
        return by_number.get(number, [])
    alike = [other for other in by_number if (other.year, other.serial) == (number.year, number.serial)]
    return by_number[alike[0]] if len(alike) == 1 else []


def _has_title(paper: Paper, row: PastRow) -> bool:
    title = _bare(row.title)
    return len(title) > 1 and (title in _bare(paper.name) or title in _bare(paper.head))


def _bare(text: str) -> str:
    """Return a text's words alone, so that line breaks and brackets make no difference."""
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text))


def _take(sheet: Sheet, row: PastRow, papers: list[Paper], found: Pairing) -> None:
    """Give a row one file of each kind, the one with its title before others."""
    ordered = sorted(papers, key=lambda one: (_ORDER.index(one.kind), not _has_title(one, row), one.name))
    taken: dict[str, Paper] = {}
    for paper in ordered:
        if (first := taken.setdefault(paper.kind, paper)) is not paper:
            reason = Reason(
                "%(name)s stays out: row %(row)s has %(taken)s, of the same number and kind",
                {"row": str(row.row), "taken": first.name},
            )
            found.warnings.append(about(paper.name, reason))
            found.without_row.append(paper.name)
    found.taken[row.row] = list(taken.values())
    if not taken:
        found.without_file.append(row.row)
    where = Row(row.row, {})
    found.warnings += [at(sheet, where, heading, reason) for heading, reason in _told(row, taken.values())]


def _told(row: PastRow, taken: Collection[Paper]) -> Iterator[tuple[str, Reason]]:
    """Yield what is to be told of a row's files: the heading and the reason."""
    if not taken:
        yield NUMBER, Reason("No file has this number")
    if len(taken) > 1:
        names = {"names": "、".join(paper.name for paper in taken)}
        yield NUMBER, Reason("More than one file has this number, and all are taken: %(names)s", names)
    for paper in taken:
        if paper.head and not _has_title(paper, row):
            name = {"name": paper.name}
            yield (
                TITLE,
                Reason("This title does not stand at the beginning of %(name)s: look at the file", name),
            )
