"""Word files that others made are read as they stand with all changes accepted, and what is not is told."""

import pytest
from docx import Document

from docgen.intake import Taken, intake
from docgen.reading import read_content
from tests.docgen.intake.drafts import WHOLE, saved, word_file
from tests.docgen.wordsmith import edited, packed, parts_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LEAST = ("关于读书的通知", "各单位：", "请读书。", "示例市文明办", "2031年4月7日")


def told(taken: Taken) -> list[str]:
    return [problem.message % problem.params for problem in taken.reports]


def test_a_file_without_our_styles_is_recognized_by_its_words() -> None:
    lines = WHOLE.replace("姓名\t单位\n甲\t乙\n", "甲填，乙核。\n").strip().split("\n")
    taken = intake(word_file(*lines))
    content = read_content(taken.content)
    assert content.title == "关于开展职工读书月活动的通知"
    assert [part.title for part in content.attachments] == ["书目", "报名表"]
    assert (taken.number, taken.signature) == ("示文明办〔2031〕7号", "示例市文明办")
    assert taken.left == ("000012",)


def test_a_title_that_is_centred_needs_no_type() -> None:
    taken = intake(word_file("读书月", "活动安排", "各单位：", "请读书。", centred=(0, 1)))
    assert taken.content["title"] == "读书月活动安排"
    assert told(taken) == ["The title does not end with a type of document; choose the type."]


def test_tables_become_pipe_tables_and_the_imprint_may_stand_in_one() -> None:
    document = Document()
    for line in LEAST[:3]:
        document.add_paragraph(line)
    table = document.add_table(3, 2)
    for row, words in enumerate((("姓名", "甲|乙"), ("丙", "丁"), ("", "戊"))):
        for column, word in enumerate(words):
            table.cell(row, column).text = word
    table.cell(1, 0).merge(table.cell(1, 1))
    document.add_paragraph("特此通知。")
    for line in LEAST[3:]:
        document.add_paragraph(line)
    imprint = document.add_table(2, 1)
    imprint.cell(0, 0).text = "抄送：市委宣传部。"
    imprint.cell(1, 0).text = "示例市文明办\t2031年4月8日印发"
    taken = intake(saved(document))
    assert taken.content["body"].split("\n") == [
        "请读书。", "| 姓名 | 甲／乙 |", "| --- | --- |", "| 丙 丁 |  |", "|  | 戊 |", "特此通知。",
    ]  # fmt: skip
    assert (taken.content["copy_to"], taken.printed_by) == ("市委宣传部", "示例市文明办")
    assert told(taken) == ["1 cells that reached over several rows or columns were taken apart."]


def test_tracked_changes_are_taken_as_accepted_and_told() -> None:
    docx = word_file(*LEAST)
    docx = edited(
        docx,
        "<w:r><w:t>请读书。</w:t></w:r>",
        '<w:r><w:t>请</w:t></w:r><w:ins w:id="1" w:author="A"><w:r><w:t>多</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="A"><w:r><w:delText>勿</w:delText><w:br/></w:r></w:del>'
        "<w:r><w:t>读书。</w:t></w:r>"
        '<w:r><w:commentReference w:id="0"/></w:r>',
    )
    taken = intake(docx)
    assert taken.content["body"] == "请多读书。"
    assert told(taken) == [
        "2 tracked changes: what was inserted is taken, what was deleted is left out.",
        "1 comments are not taken over; they stay in the file.",
    ]


def test_a_paragraph_whose_end_was_deleted_goes_on() -> None:
    docx = word_file(*LEAST[:2], "请读书，", "读好书。")
    gone = '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr><w:r><w:t>请读书，'
    taken = intake(edited(docx, "<w:p><w:r><w:t>请读书，", gone))
    assert taken.content["body"] == "请读书，读好书。"


def test_numbers_that_word_puts_before_paragraphs_are_written_out() -> None:
    document = Document()
    for line in LEAST[:2]:
        document.add_paragraph(line)
    for line in ("读书。", "写字。"):
        document.add_paragraph(line, style="List Number")
    assert intake(saved(document)).content["body"] == "1.读书。\n2.写字。"


def test_what_stands_outside_the_text_is_left_beside_it() -> None:
    document = Document()
    for line in LEAST:
        document.add_paragraph(line)
    document.sections[0].header.paragraphs[0].text = "内部资料"
    docx = saved(document)
    note = "<w:footnote w:id='2'><w:p><w:r><w:t>见附表。</w:t></w:r></w:p></w:footnote>"
    note = f"<w:footnotes {W}>{note}</w:footnotes>"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    parts = parts_of(packed({**parts_of(docx), "word/footnotes.xml": note.encode()}))
    rels = parts["word/_rels/document.xml.rels"].decode()
    one = f'<Relationship Id="rIdNotes" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", one).encode()
    assert intake(packed(parts)).left == ("内部资料", "见附表。")


def test_text_after_the_signature_of_a_notice_that_issues_nothing_is_left() -> None:
    taken = intake(word_file(*LEAST, "某页的话", "又一句。"))
    assert taken.left == ("某页的话", "又一句。")
    assert taken.content["issued_text"] is None


def test_hidden_words_are_told() -> None:
    docx = edited(word_file(*LEAST), "<w:r><w:t>请读书。", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>请读书。")
    assert told(intake(docx)) == ["It holds hidden text: 请读书。"]


@pytest.mark.parametrize(
    ("date", "dated"), [("二〇三一年十二月二十一日", "2031-12-21"), ("2031 年 4 月 7 日", "2031-04-07")]
)
def test_dates_are_read_as_they_were_written(date: str, dated: str) -> None:
    assert str(intake(word_file(*LEAST[:-1], date)).dated) == dated
