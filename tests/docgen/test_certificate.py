"""A certificate is one page of A4 landscape that says who holds which title, by whom, until when."""

import io
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from docx import Document

from docgen import pdf
from docgen.certificate import Certificate, render_certificate

AWARD = Certificate(
    unit="省示范单位",
    category="文明单位",
    term="2026—2028届",
    until=date(2028, 12, 31),
    agency="河南省省直机关精神文明建设委员会",
    dated=date(2026, 11, 2),
    number="2026-00001",
)
LONGEST = replace(
    AWARD, unit="省示范高速公路发展集团有限公司" * 3, category="文明服务示范窗口（省直机关及直属单位）"
)


def test_it_says_all_that_makes_the_title_and_is_the_same_each_time() -> None:
    made = render_certificate(AWARD)
    assert made == render_certificate(AWARD)
    words = [one.text for one in Document(io.BytesIO(made)).paragraphs if one.text]
    assert words == [
        "荣誉证书",
        "省示范单位：",
        "被命名为2026—2028届文明单位。",
        "特颁此证。",
        "河南省省直机关精神文明建设委员会",
        "2026年11月2日",
        "证书编号：2026-00001\t有效期至2028年12月31日",
    ]


@pytest.mark.long
def test_several_are_converted_at_once_each_to_one_lying_page() -> None:
    made = pdf.to_pdfs([render_certificate(one) for one in (AWARD, LONGEST)])
    for paper, award in zip(made, (AWARD, LONGEST), strict=True):
        with pypdfium2.PdfDocument(paper) as document:
            assert len(document) == 1
            width, height = document[0].get_size()
            assert (round(width), round(height)) == (842, 595)
            assert award.unit[:6] in document[0].get_textpage().get_text_bounded()
