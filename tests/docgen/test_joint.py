"""Joint documents: the masthead of several agencies and their signatures under seals, in millimetres."""

from dataclasses import replace
from itertools import combinations, pairwise
from math import hypot

import pytest

from docgen import layout
from docgen.cosigned import in_rows, seal_centres
from docgen.joint import fit_joint_masthead
from docgen.reading import read_content
from docgen.render import render
from docgen.sheet import Content, Particulars, parse_canonical
from tests.docgen.batch import pages_of
from tests.docgen.paper import Line, Page
from tests.docgen.twin import PARTICULARS, notice, paragraph

MARKS = ("河南省示例工会", "河南省示例青年联合会", "示例省妇女联合会", "示例省财政厅")
SIGNED = ("示例工会", "示例青年联合会", "示例妇联", "示例财政厅")
LEAD = "河南省示例文明办公室"
MM = 25.4 / 1440
LEFT, RIGHT = 28, 184  # the type area's edges
SEAL = 42
SIZES = (2, 3, 4, 5)


def joint(agencies: int, *, masthead: str = f"{LEAD}文件") -> Particulars:
    marks, signed = MARKS[: agencies - 1], SIGNED[: agencies - 1]
    return replace(PARTICULARS, masthead=masthead, co_mastheads=marks, co_signatures=signed)


def text(**others: object) -> Content:
    return notice(f"{paragraph(150)}\n{paragraph(250)}", **others)


CASES = {
    **{f"sealed {n}": (text(), joint(n)) for n in SIZES},
    **{f"plain {n}": (text(seal=False), joint(n)) for n in (2, 5)},
    "lead only": (text(lead_only=True), replace(joint(3), co_mastheads=())),
    "upward": (
        Content(
            "请示", "关于联合开展活动的请示", paragraph(60), addressees="示例厅", contact="某某 65900000"
        ),
        replace(joint(3), signers=("甲某", "乙某", "丙某")),
    ),
    "letter": (replace(text(), type="函", title="关于联合开展活动的函"), joint(3)),
    "long names": (
        text(),
        replace(joint(3), co_signatures=("示例省科学技术与工业信息化委员会", "示例省机关事务管理局")),
    ),
    "short": (notice(paragraph(50)), joint(3)),
}


@pytest.fixture(scope="module")
def papers() -> dict[str, list[Page]]:
    """Return every case's pages, made with one start of LibreOffice."""
    return dict(zip(CASES, pages_of(render(*case) for case in CASES.values()), strict=True))


def red(page: Page) -> list[Line]:
    return [line for line in page.lines if line.ink_top < 160 and "SongTitle" not in line.text and _big(line)]


def _big(line: Line) -> bool:
    return line.glyphs[0].size_pt > 22.5 or "文件" in line.text


def signature(pages: list[Page], name: str) -> tuple[int, float, float]:
    """Return on which page, and where in mm, the middle of a signature is."""
    for page in pages:
        for line in reversed(page.text_lines):
            start = line.text.find(name)
            if start >= 0 and line.glyphs[0].size_pt == 16 and "：" not in line.text:
                glyphs = line.glyphs[start : start + len(name)]
                middle = (glyphs[0].left + glyphs[-1].right) / 2
                return page.number, middle, (line.ink_top + line.ink_bottom) / 2
    raise AssertionError(f"{name} has not signed")


@pytest.mark.paper
@pytest.mark.parametrize("agencies", SIZES)
def test_the_agencies_names_are_of_one_width_and_the_word_stands_beside_their_middle(
    papers: dict[str, list[Page]], agencies: int
) -> None:
    lines = red(papers[f"sealed {agencies}"][0])
    glyphs = [glyph for line in lines for glyph in line.glyphs]
    word = [
        glyph for glyph in glyphs if glyph.left > max(g.left for g in glyphs) - 30 and glyph.text in "文件"
    ]
    word = sorted(word, key=lambda glyph: glyph.left)[-2:]
    names = [glyph for glyph in glyphs if glyph not in word]
    assert "".join(glyph.text for glyph in word) == "文件"
    rows = sorted({round(glyph.baseline, 1) for glyph in names})
    assert len(rows) == agencies
    edges = [
        (
            min(g.left for g in names if round(g.baseline, 1) == row),
            max(g.right for g in names if round(g.baseline, 1) == row),
        )
        for row in rows
    ]
    for left, right in edges[1:]:
        assert left == pytest.approx(edges[0][0], abs=0.6)
        assert right == pytest.approx(edges[0][1], abs=0.8)
    assert edges[0][0] >= LEFT - 0.1
    assert max(glyph.right for glyph in word) <= RIGHT + 0.1
    assert min(glyph.left for glyph in word) > edges[0][1]
    assert min(glyph.ink_top for glyph in names) == pytest.approx(72, abs=0.5)
    of_names = (min(g.ink_top for g in names) + max(g.ink_bottom for g in names)) / 2
    of_word = (min(g.ink_top for g in word) + max(g.ink_bottom for g in word)) / 2
    assert of_word == pytest.approx(of_names, abs=1)


@pytest.mark.paper
@pytest.mark.parametrize("agencies", SIZES)
def test_each_signature_lies_under_its_own_seal_and_no_seal_meets_another(
    papers: dict[str, list[Page]], agencies: int
) -> None:
    pages = papers[f"sealed {agencies}"]
    signed = (PARTICULARS.signature, *SIGNED[: agencies - 1])
    found = [signature(pages, name) for name in signed]
    assert len({page for page, _, _ in found}) == 1
    page = pages[found[0][0] - 1]
    text_above = max(line.baseline for line in page.text_lines if line.baseline < found[0][2] - 5)
    centres = [(LEFT + x * MM, y * MM) for x, y in seal_centres(signed)]
    top = found[0][2] - centres[0][1]  # what puts the first seal's middle onto its signature
    for (_, x, y), (centre, below) in zip(found, centres, strict=True):
        assert x == pytest.approx(centre, abs=0.5)
        assert y == pytest.approx(top + below, abs=0.3)
        assert centre - SEAL / 2 >= LEFT
        assert centre + SEAL / 2 <= RIGHT
    for one, other in combinations(centres, 2):
        assert hypot(one[0] - other[0], one[1] - other[1]) > SEAL + 1
    first_top = found[0][2] - 2.5 - SEAL / 2  # the signature stands 2.5 mm under its seal's middle
    assert 0 <= first_top - text_above <= 12
    date = page.line("2031年4月7日")
    assert date.middle == pytest.approx(found[-1][1], abs=0.6)
    assert date.baseline - found[-1][2] < 14


@pytest.mark.paper
@pytest.mark.parametrize("agencies", [2, 5])
def test_without_seals_the_lead_signs_first_and_the_others_below_it(
    papers: dict[str, list[Page]], agencies: int
) -> None:
    pages = papers[f"plain {agencies}"]
    found = [signature(pages, name) for name in (PARTICULARS.signature, *SIGNED[: agencies - 1])]
    heights = [y for _, _, y in found]
    assert heights == sorted(heights)
    for before, after in pairwise(heights):
        assert after - before == pytest.approx(10.2, abs=0.3)
    assert pages[found[-1][0] - 1].line("2031年4月7日").baseline > heights[-1]


@pytest.mark.paper
def test_the_lead_s_mark_alone_and_every_signature(papers: dict[str, list[Page]]) -> None:
    pages = papers["lead only"]
    assert "".join(line.text for line in red(pages[0])) == f"{LEAD}文件"
    assert signature(pages, SIGNED[1])
    letter = papers["letter"]
    assert "".join(line.text for line in letter[0].lines if line.glyphs[0].size_pt > 25) == LEAD
    assert signature(letter, SIGNED[1])


@pytest.mark.paper
def test_upwards_all_who_signed_stand_two_a_line_above_the_rule(papers: dict[str, list[Page]]) -> None:
    page = papers["upward"][0]
    first, last = page.line("甲某"), page.line("丙某")
    assert first.text == "签发人：甲某乙某"
    assert last.text == "豫直文明办〔2031〕14号丙某"
    assert page.rules[0].middle > last.ink_bottom


@pytest.mark.paper
def test_a_long_signature_takes_two_lines_in_its_place(papers: dict[str, list[Page]]) -> None:
    pages = papers["long names"]
    _, first, above = signature(pages, "示例省科学技术与工业")
    _, _, below = signature(pages, "信息化委员会")
    assert below - above == pytest.approx(10.2, abs=0.2)
    assert first + SEAL / 2 <= RIGHT


@pytest.mark.paper
def test_no_signature_stands_on_a_page_without_text(papers: dict[str, list[Page]]) -> None:
    for name, pages in papers.items():
        page = pages[signature(pages, PARTICULARS.signature)[0] - 1]
        assert any(set(line.text) <= set(paragraph(60)) for line in page.text_lines), name


def test_the_names_come_from_outside_as_a_list_or_one_a_line() -> None:
    plain = {"type": "通知", "title": "题", "body": "文", "agency": "主办局"}
    for given in (["甲局", " 乙厅、"], "甲局\n乙厅", "甲局、乙厅，"):
        content = read_content({**plain, "co_agencies": given})
        assert content.co_agencies == ("甲局", "乙厅")
        assert parse_canonical(content.canonical()) == content
    assert "co_agencies" not in read_content(plain).canonical()
    assert "lead_only" not in read_content({**plain, "lead_only": False}).canonical()


def test_a_masthead_of_many_leaves_page_1_its_room() -> None:
    names = tuple(f"{name}示例委员会" for name in "甲乙丙丁戊己庚辛壬")
    mark = fit_joint_masthead(names)
    assert mark.height_tw <= layout.JOINT_MASTHEAD_MOST_TW
    assert mark.word == ""
    blank = mark.paragraphs(blank=True)
    assert [p.line_tw for p in blank] == [p.line_tw for p in mark.paragraphs()]
    assert not any(p.text or p.xml for p in blank)


@pytest.mark.parametrize(
    ("count", "rows"), [(2, [2]), (3, [3]), (4, [2, 2]), (5, [3, 2]), (7, [3, 3, 1]), (9, [3, 3, 3])]
)
def test_signatures_stand_in_as_few_rows_as_seals_allow(count: int, rows: list[int]) -> None:
    made = in_rows(tuple(f"示例{number}局" for number in range(count)))
    assert [len(row) for row in made.rows] == rows
    assert made.rows[-1][-1][1] == made.a_row - 1


def test_equal_joint_documents_have_equal_bytes() -> None:
    assert render(*CASES["sealed 5"]) == render(*CASES["sealed 5"])
