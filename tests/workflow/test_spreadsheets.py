"""A workbook is read as text and numbers, written as text and numbers, and never runs anything."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from states.errors import NotReady
from workflow.spreadsheets import Table, read_workbook, write_workbook

FORMULAS = ["=1+1", "+86 371", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"]


def test_what_is_written_is_read_again() -> None:
    rows = [["省直文明办", 3, date(2024, 4, 7)], ["省直文明委", None, None]]
    sheet = read_workbook(write_workbook([Table("机关", ["简称", "份数", "日期"], rows)]))["机关"]
    assert sheet.headings == ("简称", "份数", "日期")
    assert [list(row.cells.values()) for row in sheet.rows] == rows
    assert [row.number for row in sheet.rows] == [2, 3]
    assert sheet.column("日期") == "C"


@pytest.mark.parametrize("text", FORMULAS)
def test_a_cell_that_looks_like_a_formula_is_a_text_in_the_export(text: str) -> None:
    book = load_workbook(io.BytesIO(write_workbook([Table("a", ["b"], [[text]])])))
    cell = book["a"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_a_formula_that_comes_in_goes_out_as_a_text() -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "a"
    book.active["A1"], book.active["A2"] = "b", "=1+1"
    stream = io.BytesIO()
    book.save(stream)
    (row,) = read_workbook(stream.getvalue())["a"].rows
    assert row.cells == {"b": "=1+1"}


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 cut off"])
def test_what_is_no_workbook_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(NotReady, match="cannot be opened"):
        read_workbook(data)


def test_a_workbook_that_unpacks_to_far_more_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 40_000_000)
    with pytest.raises(NotReady, match="larger than"):
        read_workbook(stream.getvalue())


def test_a_workbook_with_a_document_type_is_refused() -> None:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(write_workbook([Table("a", ["b"], [])]))) as source,
        zipfile.ZipFile(stream, "w") as archive,
    ):
        for name in source.namelist():
            entity = (
                b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
                if name == "xl/workbook.xml"
                else b""
            )
            archive.writestr(name, entity + source.read(name))
    with pytest.raises(NotReady, match="DOCTYPE"):
        read_workbook(stream.getvalue())
