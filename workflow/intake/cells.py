"""Read one cell of a workbook: a text, a code, a day, a number, a list of names."""

import re
from datetime import date

from docgen.errors import TextError
from docgen.sheet import TYPES
from docgen.text import clean_text
from states.errors import NotReady
from states.reasons import Reason

from ..office.correspondents import LONGEST as LONGEST_NAME
from ..office.correspondents import MOST_COPIES, SEPARATOR
from ..spreadsheets import Cell

Value = str | int | bool | date | tuple[str, ...] | None

YES, NO = "是", "否"
MOST = 100_000
LONGEST = 200  # characters of a line
LONGEST_LIST = 2000
FIRST_YEAR, LAST_YEAR = 1949, 2200

_CODE = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_ARCHIVAL = re.compile(r"\w+")  # what an archival code joins by hyphens
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_SEPARATORS = re.compile(r"[、，,;；\s]+")


def text(cell: Cell, limit: int = LONGEST) -> str:
    """Return a line; a number or a date is the text that it shows. Every reader raises NotReady."""
    try:
        return clean_text(str(cell), where="", limit=limit)
    except TextError as error:
        raise NotReady(Reason(problem.message, problem.params) for problem in error.problems) from error


def code(cell: Cell) -> str:
    """Return a code of this system: small letters, figures, - and _."""
    found = text(cell)
    if not _CODE.fullmatch(found):
        raise NotReady(
            [Reason("A code has 1 to 32 small letters, figures, - and _ and begins with a letter")]
        )
    return found


def archival(cell: Cell) -> str:
    """Return a part of an archival code (DA/T 22)."""
    found = text(cell, 32)
    if not _ARCHIVAL.fullmatch(found):
        raise NotReady([Reason("A part of an archival code has letters and figures only.")])
    return found


def day(cell: Cell) -> date:
    """Return a date, from a cell that is one or reads like one."""
    if isinstance(cell, date):
        found = cell
    else:
        parts = _DAY.fullmatch(text(cell))
        if parts is None:
            raise NotReady(
                [Reason("%(text)s is not a date; write it like 2024-03-05", {"text": _shown(cell)})]
            )
        try:
            found = date(*map(int, parts.groups()))
        except ValueError as error:
            raise NotReady([Reason("There is no such day as %(text)s", {"text": _shown(cell)})]) from error
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise NotReady([Reason("There is no such day as %(text)s", {"text": _shown(cell)})])
    return found


def yes_no(cell: Cell) -> bool:
    """Return 是 or 否 as true or false."""
    found = text(cell)
    if found not in (YES, NO):
        raise NotReady(
            [
                Reason(
                    "Write %(yes)s or %(no)s here, not %(text)s", {"yes": YES, "no": NO, "text": _shown(cell)}
                )
            ]
        )
    return found == YES


def count(cell: Cell) -> int:
    """Return a whole number above 0."""
    found = text(cell)
    if not found.isdecimal() or not 1 <= int(found) <= MOST:
        raise NotReady([Reason("%(text)s is not a whole number above 0", {"text": _shown(cell)})])
    return int(found)


def copies(cell: Cell) -> int:
    """Return how many copies a body takes."""
    found = count(cell)
    if found > MOST_COPIES:
        raise NotReady([Reason("%(text)s is not a whole number above 0", {"text": _shown(cell)})])
    return found


def year(cell: Cell) -> int:
    """Return a year."""
    found = count(cell)
    if not FIRST_YEAR <= found <= LAST_YEAR:
        raise NotReady([Reason("%(text)s is not a year", {"text": _shown(cell)})])
    return found


def one_name(cell: Cell) -> str:
    """Return the name of one body, which has none of the signs that part a list."""
    found = text(cell, LONGEST_NAME)
    if SEPARATOR.search(found):
        raise NotReady([Reason("One body's name has no 、 ， ； in it, which part the names of a list.")])
    return found


def names(cell: Cell) -> tuple[str, ...]:
    """Return the names of a list, each once, in the order written."""
    return tuple(dict.fromkeys(name for name in _SEPARATORS.split(text(cell, LONGEST_LIST)) if name))


def types(cell: Cell) -> tuple[str, ...]:
    """Return a list of 文种 in their usual order."""
    found = names(cell)
    unknown = [name for name in found if name not in TYPES]
    if unknown:
        raise NotReady(
            [Reason("%(names)s is not among the 15 types of document", {"names": "、".join(unknown)})]
        )
    return tuple(name for name in TYPES if name in found)


def one_type(cell: Cell) -> str:
    """Return one 文种."""
    found = types(cell)
    if len(found) != 1:
        raise NotReady([Reason("Write one type of document a row")])
    return found[0]


def _shown(cell: Cell) -> str:
    return str(cell)[:40]
