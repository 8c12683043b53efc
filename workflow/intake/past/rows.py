"""Read the register of former years: a row a document, and everything that is wrong with a row at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TypeVar

from docgen.reading import LIMITS
from docgen.sheet import TYPES
from docgen.text import has_secrecy_mark
from states.errors import NotReady
from states.reasons import Reason

from ...clock import today
from ...spreadsheets import Cell, Row, Sheet
from .. import cells
from ..findings import Finding, at
from ..written_numbers import Written, read_number

NUMBER, TITLE, DATED, PRINTED_ON = "字号", "标题", "成文日期", "印发日期"
ADDRESSEES, SIGNATORY, COPIES, CODE, TYPE = "主送", "签发人", "份数", "档号", "文种"
HEADINGS = (NUMBER, TITLE, DATED, PRINTED_ON, ADDRESSEES, SIGNATORY, COPIES, CODE)
REQUIRED = (NUMBER, TITLE, DATED)
ALSO_CALLED = {
    "发文字号": NUMBER,
    "文号": NUMBER,
    "文件标题": TITLE,
    "主送机关": ADDRESSEES,
    "签发": SIGNATORY,
    "印数": COPIES,
    "印制份数": COPIES,
}

# 全宗号-门类·年度-保管期限-机构-件号 (DA/T 22-2015, DA/T 13-2022), or the older 全宗号-目录号-案卷号-件号.
_CODE_NOW = re.compile(
    r"[0-9A-Z]{1,6}-[A-Z]{2,4}[·•．.](?P<year>\d{4})-(?P<retention>Y|D30|D10)(-[0-9A-Z]{1,8})?-(?P<item>\d{1,5})"
)
_CODE_BEFORE = re.compile(r"[0-9A-Z]{1,6}(-[0-9A-Z]{1,8}){1,3}-\d{1,5}")
_NUMERALS = str.maketrans("〇○Ｏ零一二三四五六七八九", "0000123456789")
_IN_WORDS = re.compile(r"([〇○Ｏ零一二三四五六七八九]{4})年(\w{1,3})月(\w{1,3})日")
_EIGHT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_AFTER_TYPE = re.compile(r"\s*[（(〔\[][^）)〕\]]*[）)〕\]]\s*$")  # （试行）, （第二批）

_SECRET = Reason("This system handles no state secrets; use the classified channel.")
_NO_TYPE = Reason(
    "The title does not end with one of the 15 types of document: name it in a column %(column)s",
    {"column": TYPE},
)

Value = TypeVar("Value")


@dataclass(frozen=True)
class PastRow:
    """A row whose number could be read; what else could not be has a finding, and '' or None here."""

    row: int
    written: str
    number: Written
    title: str
    type: str
    dated: date
    printed_on: date | None
    addressees: str
    signatory: str
    copies: int | None
    archival_code: str | None


def choose_sheet(workbook: Mapping[str, Sheet], findings: list[Finding]) -> Sheet | None:
    """Return the register's sheet by its headings in their usual words; None where there is none."""
    found = [_called(sheet) for sheet in workbook.values()]
    registers = [sheet for sheet in found if NUMBER in sheet.headings]
    if not registers:
        reason = Reason("No sheet has a first row with the heading %(name)s", {"name": NUMBER})
        findings.append(Finding("", 0, "", "", reason))
        return None
    for other in registers[1:]:
        reason = Reason(
            "The sheet %(name)s is a register too: put all rows into one sheet", {"name": other.name}
        )
        findings.append(Finding(other.name, 0, "", "", reason))
    sheet = registers[0]
    for heading in REQUIRED:
        if heading not in sheet.headings:
            findings.append(Finding(sheet.name, 0, "", heading, Reason("This column is missing")))
    for heading in {name for name in sheet.headings if name and sheet.headings.count(name) > 1}:
        findings.append(at(sheet, Row(0, {}), heading, Reason("This column is there twice")))
    return sheet


def _called(sheet: Sheet) -> Sheet:
    """Return a sheet with its headings as this system calls them."""
    names = tuple(ALSO_CALLED.get(name, name) for name in sheet.headings)
    rows = tuple(
        Row(row.number, {ALSO_CALLED.get(name, name): cell for name, cell in row.cells.items()})
        for row in sheet.rows
    )
    return Sheet(sheet.name, names, rows)


def read_rows(sheet: Sheet, findings: list[Finding]) -> list[PastRow]:
    """Read every row; those whose number cannot be read are told and left out."""
    read = [_read_row(sheet, row, findings) for row in sheet.rows]
    return [row for row in read if row is not None]


@dataclass(frozen=True)
class _Cells:
    """One row's cells; what is wrong with one goes to the findings."""

    sheet: Sheet
    row: Row
    findings: list[Finding]

    def wrong(self, heading: str, *reasons: Reason) -> None:
        self.findings.extend(at(self.sheet, self.row, heading, reason) for reason in reasons)

    def read(self, heading: str, reader: Callable[[Cell], Value]) -> Value | None:
        """Return what a cell says; None where it is empty or cannot be used."""
        cell = self.row.cells.get(heading)
        if cell is None:
            if heading in REQUIRED:
                self.wrong(heading, Reason("This must be filled in"))
            return None
        try:
            value = reader(cell)
        except NotReady as refusal:
            self.wrong(heading, *refusal.reasons)
            return None
        if has_secrecy_mark(str(cell)):
            self.wrong(heading, _SECRET)
        return value


def _read_row(sheet: Sheet, row: Row, findings: list[Finding]) -> PastRow | None:
    found = _Cells(sheet, row, findings)
    written = found.read(NUMBER, cells.text)
    title = found.read(TITLE, _title) or ""
    dated, printed_on = _dates(found)
    type_ = _type(found, title)
    addressees = found.read(ADDRESSEES, partial(cells.text, limit=LIMITS["addressees"])) or ""
    signatory = found.read(SIGNATORY, cells.text) or ""
    copies = found.read(COPIES, cells.count)
    code = found.read(CODE, _archival_code)
    number = _number(found, written) if written else None
    if written is None or number is None:
        return None
    # A date that cannot be read has its finding; the rest of the row is checked all the same.
    day = dated or date(number.year, 1, 1)
    return PastRow(
        row.number, written, number, title, type_, day, printed_on, addressees, signatory, copies, code
    )


def _number(found: _Cells, written: str) -> Written | None:
    number, shown = read_number(written), {"number": written[:40]}
    if number is None:
        found.wrong(NUMBER, Reason("%(number)s cannot be read as a document's number", shown))
    elif not number.agency_code:
        found.wrong(NUMBER, Reason("%(number)s has no agency code before the year", shown))
        return None
    return number


def _dates(found: _Cells) -> tuple[date | None, date | None]:
    dated, printed_on = found.read(DATED, _past_day), found.read(PRINTED_ON, _past_day)
    if dated and printed_on and printed_on < dated:
        found.wrong(
            PRINTED_ON, Reason("This is before the date of the document, %(day)s", {"day": dated.isoformat()})
        )
    return dated, printed_on


def _type(found: _Cells, title: str) -> str:
    if type_ := type_of(title):
        return type_
    if title and found.row.cells.get(TYPE) is None:
        found.wrong(TITLE, _NO_TYPE)
    return found.read(TYPE, cells.one_type) or ""


def type_of(title: str) -> str:
    """Return the longest 文种 at a title's end, brackets after it apart; '' where there is none."""
    bare = _AFTER_TYPE.sub("", title).rstrip("。 ")
    return max((type_ for type_ in TYPES if bare.endswith(type_)), key=len, default="")


def retention_of(archival_code: str | None) -> str | None:
    """Return the retention period that an archival code of the present form names."""
    found = _CODE_NOW.fullmatch(archival_code or "")
    return found["retention"] if found else None


def run_of_code(archival_code: str) -> tuple[str, int] | None:
    """Return the run that an archival code of the present form belongs to, and its item."""
    found = _CODE_NOW.fullmatch(archival_code)
    return (archival_code.rpartition("-")[0], int(found["item"])) if found else None


def _title(cell: Cell) -> str:
    return cells.text(cell, LIMITS["title"])


def _past_day(cell: Cell) -> date:
    found = cells.day(_in_figures(cell))
    if found > today():
        raise NotReady([Reason("%(day)s is still to come", {"day": found.isoformat()})])
    return found


def _in_figures(cell: Cell) -> Cell:
    """Return a date that is written in words, or as eight figures, in the form of today."""
    shown = "".join(str(cell).split())
    if eight := _EIGHT.fullmatch(shown):
        return "-".join(eight.groups())
    if words := _IN_WORDS.fullmatch(shown):
        year, month, day = words.groups()
        return f"{year.translate(_NUMERALS)}-{_of_words(month)}-{_of_words(day)}"
    return cell


def _of_words(numeral: str) -> str:
    """Return 十二, 二十 or 三十一 in figures."""
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return numeral.translate(_NUMERALS)
    return f"{(tens or '一').translate(_NUMERALS)}{(ones or '〇').translate(_NUMERALS)}"


def _archival_code(cell: Cell) -> str:
    code = cells.text(cell)
    if not (_CODE_NOW.fullmatch(code) or _CODE_BEFORE.fullmatch(code)):
        raise NotReady(
            [
                Reason(
                    "%(code)s is not an archival code such as %(example)s",
                    {"code": code[:40], "example": "Z109-WS·2024-Y-BGS-0001"},
                )
            ]
        )
    return code
