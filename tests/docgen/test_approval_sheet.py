"""The 发文稿纸 on paper: its boxes grow with what was said, and the archive stamp has its room."""

import io
from dataclasses import replace

import docx
import pytest

from docgen import pdf
from docgen.approval_sheet import render_sheet
from tests.docgen.paper import Page, read_pages
from tests.docgen.schema import wrongs
from tests.docgen.slip_samples import EMPTY, FILED, LONG, PICTURES, SHEETS, SIGNATURE
from tests.docgen.wordsmith import parts_of


@pytest.mark.parametrize("name", SHEETS)
def test_equal_sheets_have_equal_bytes_in_the_order_that_word_wants(name: str) -> None:
    made = render_sheet(SHEETS[name], PICTURES)
    assert made == render_sheet(replace(SHEETS[name]), dict(PICTURES))
    assert wrongs(made) == []


def test_a_signature_is_a_part_of_the_file_once() -> None:
    parts = parts_of(render_sheet(FILED, PICTURES))
    assert [data for name, data in parts.items() if name.startswith("word/media/")] == [SIGNATURE]
    assert not any(name.startswith("word/media/") for name in parts_of(render_sheet(EMPTY, PICTURES)))


def test_every_word_stands_on_it_and_a_missing_picture_is_no_silent_blank() -> None:
    document = docx.Document(io.BytesIO(render_sheet(LONG, PICTURES)))
    printed = "".join(document.element.body.itertext("{*}t"))
    for row in LONG.boxes:
        for box in row.boxes:
            for said in box.opinions:
                assert said.words in printed
                assert said.signature or said.name in printed
                assert all(remark in printed for remark in said.remarks)
    with pytest.raises(KeyError):
        render_sheet(LONG, {})


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    """One conversion: a sheet of one page would be another."""
    return read_pages(pdf.to_pdf(render_sheet(LONG, PICTURES)))


def test_the_stamp_has_45_by_16_mm_in_the_blank_above_the_heading(pages: list[Page]) -> None:
    stamp = [rule for rule in pages[0].rules if rule.bottom < 27]
    left, right = min(rule.left for rule in stamp), max(rule.right for rule in stamp)
    assert right - left == pytest.approx(45, abs=0.6)
    assert stamp[-1].middle - stamp[0].middle == pytest.approx(16, abs=0.4)
    assert right == pytest.approx(195, abs=0.6)
    assert pages[0].line("发文稿纸").ink_top > stamp[-1].bottom
    assert all(rule.top > 27 for rule in pages[1].rules)
    for word in ("全宗号", "Z109", "BGS", "30年"):
        assert stamp[0].top < pages[0].line(word).baseline < stamp[-1].bottom


def test_it_runs_on_with_its_heading_row_and_nothing_leaves_the_page(pages: list[Page]) -> None:
    assert len(pages) > 1
    for page in pages:
        assert page.line("发文稿纸")
        assert all(line.left >= 25 and line.right <= 195.5 and line.baseline < 286 for line in page.lines)
    words = "".join(line.text for page in pages for line in page.lines)
    assert words.count("与当前稿一致") == 9
    assert "印制编号" in words
