"""A file with tracked changes is read in both ways: as if all were accepted, and as if all were rejected."""

import io
from dataclasses import replace

import docx
import pytest

from docgen.intake import intake
from docgen.reading import read_content
from docgen.redline import redline
from docgen.render import render
from docgen.sheet import Content, Part
from docgen.tracked import before_changes, is_tracked
from tests.docgen.twin import PARTICULARS, notice
from tests.docgen.wordsmith import edited

BEFORE = notice("甲甲甲甲。\n一、乙乙乙\n丙丙丙丙。\n| 丁 | 戊 |\n| --- | --- |\n| 1 | 2 |\n己己己己。")


def after(**changes: object) -> Content:
    return replace(BEFORE, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed",
    [
        after(body=BEFORE.body.replace("甲甲", "辛辛", 1)),
        after(body=BEFORE.body.replace("丙丙丙丙。\n", "")),
        after(body=BEFORE.body.replace("己己", "新的一段。\n己己")),
        after(body=BEFORE.body.replace("一、乙", "（一）乙")),
        after(body=BEFORE.body.replace("| 1 | 2 |", "| 1 | 2 |\n| 3 | 4 |")),
        after(body=BEFORE.body.replace("| 1 | 2 |", "| 壬壬 | 2 |")),
        after(title="关于别的事情的通知", addressees="各单位"),
        after(attachments=(Part("名单", "甲、乙。"),)),
    ],
)
def test_rejected_it_is_the_former_text_accepted_the_later(changed: Content) -> None:
    marked = redline(BEFORE, changed, PARTICULARS, author="甲", at="2031-04-01T09:00:00Z")
    assert is_tracked(marked)
    for file, content in ((marked, changed), (before_changes(marked), BEFORE)):
        assert read_content(intake(file).content) == read_content(content.to_dict())


def test_a_file_without_tracked_changes_stays_as_it_is() -> None:
    paper = render(BEFORE, PARTICULARS)
    assert not is_tracked(paper)
    assert intake(before_changes(paper)) == intake(paper)


def test_a_last_paragraph_that_was_inserted_is_not_joined_to_anything() -> None:
    mark = '<w:pPr><w:rPr><w:ins w:id="1" w:author="甲" w:date="2031-04-01T09:00:00Z"/></w:rPr></w:pPr>'
    document = docx.Document()
    document.add_paragraph("前一段。")
    stream = io.BytesIO()
    document.save(stream)
    end = "<w:sectPr"
    kept = edited(stream.getvalue(), end, f"<w:p>{mark}<w:r><w:t>末一段。</w:t></w:r></w:p>{end}")
    assert intake(before_changes(kept)).content["body"] == "前一段。\n末一段。"
    gone = edited(stream.getvalue(), end, f"<w:p>{mark}</w:p>{end}")
    assert [p.text for p in docx.Document(io.BytesIO(before_changes(gone))).paragraphs] == ["前一段。"]
