"""Every element of every paper stands where Word's schemas allow it, and every part is there and typed."""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise

import pytest
from docx import Document

from docgen.redline import Edit, redline_through
from tests.docgen.papers import PAPERS
from tests.docgen.schema import W, misplaced, unlike_a_package, unlike_our_fonts, wrongs
from tests.docgen.twin import notice
from tests.docgen.wordsmith import parts_of


def redlined() -> Iterator[tuple[str, bytes]]:
    """Yield papers with revisions of two people: from every paper to its next, and to a short one."""
    papers = list(PAPERS.values())
    for old, new in pairwise(papers):
        edits = [Edit(new.content, "文秘", "2031-04-02"), Edit(notice("甲。"), "处长", "2031-04-03")]
        shown = {**old.pictures, **new.pictures}
        yield old.content.title, redline_through(old.content, edits, new.particulars, pictures=shown)


@pytest.mark.parametrize("name", PAPERS)
def test_no_paper_has_anything_that_word_would_not_have_written(name: str) -> None:
    docx = PAPERS[name].docx()
    assert wrongs(docx) == []
    document = Document(BytesIO(docx))
    read = "".join(paragraph.text for paragraph in document.paragraphs)
    assert PAPERS[name].content.body.split("\n")[-1] in read


def test_neither_has_a_paper_with_revisions() -> None:
    assert {name: found for name, docx in redlined() if (found := wrongs(docx))} == {}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("<w:keepNext/><w:pageBreakBefore/>", "<w:pageBreakBefore/><w:keepNext/>", "w:pPr: "),
        ("<w:keepNext/>", "<w:keepNext/><w:keepNext/>", "w:pPr: "),
        ("<w:keepNext/>", "<w:keepFirst/>", "w:keepFirst"),
        ('w:cs="黑体"', "", "w}ascii"),
        ('w:cs="黑体"', 'w:cs="黑体" w:asciiTheme="minorHAnsi"', "a theme"),
    ],
)
def test_what_word_would_refuse_is_found(old: str, new: str, said: str) -> None:
    parts = parts_of(PAPERS["rich"].docx())
    styles = parts["word/styles.xml"].decode()
    assert old in styles
    broken = styles.replace(old, new, 1).encode()
    assert any(said.replace("w}", W[1:]) in one for one in [*misplaced(broken), *unlike_our_fonts(broken)])


def test_what_a_package_lacks_is_found() -> None:
    parts = parts_of(PAPERS["rich"].docx())
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in {**parts, "word/loose.dat": b"1"}.items():
            if name != "word/fontTable.xml":
                package.writestr(name, data)
    assert len(unlike_a_package(stream.getvalue())) == 4
