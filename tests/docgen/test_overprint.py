"""Paper that is red already gets no red, and every black element stands where it stands without that."""

import io
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from PIL import Image, ImageChops

from docgen import pdf
from docgen.adjust import STANDARD, Layout
from docgen.render import render
from docgen.sheet import Content, Part, Particulars
from docgen.sheets import without_red
from tests.docgen.paper import Page, read_pages
from tests.docgen.test_paper_measures import LONG, LONG_MASTHEAD, TABLE
from tests.docgen.twin import PARTICULARS, TWIN, notice, paragraph

pytestmark = pytest.mark.paper

TOLERANCE_MM = 0.5
HALVES = ("关于印发《2031年省直机关", "读书活动工作要点》的通知")
CLOSE = Layout(HALVES, 555, page_breaks=(4,))
LARGE = Layout(masthead_size_pt=52, masthead_percent=75)
TABLED = notice(
    "\n".join([paragraph(120)] * 4),
    attachments=(Part("申报表", TABLE), Part("名单", paragraph(400))),
    urgency="特急",
    note="此件公开发布",
    copy_to=LONG,
)

PAPERS: dict[str, tuple[Content, Particulars, Layout]] = {
    "twin, laid out by hand": (TWIN, PARTICULARS, CLOSE),
    "table, imprint on a later page": (TABLED, PARTICULARS, STANDARD),
    "two-line masthead": (
        notice("\n".join([paragraph(200)] * 12), seal=False),
        replace(PARTICULARS, masthead=LONG_MASTHEAD),
        STANDARD,
    ),
    "large masthead": (TABLED, PARTICULARS, LARGE),
    "urgent, one page": (notice(paragraph(60), urgency="加急"), PARTICULARS, STANDARD),
    "moved addressees": (replace(TWIN, addressees=LONG * 2), PARTICULARS, STANDARD),
}
FIRST = "twin, laid out by hand"


@cache
def ordinary(name: str) -> bytes:
    return pdf.to_pdf(render(*PAPERS[name]))


def has_red(made: bytes) -> bool:
    """Tell whether any point of a page is redder than grey."""
    for page in pdf.pictures(made, dpi=60):
        red, green, blue = Image.open(io.BytesIO(page)).convert("RGB").split()
        if ImageChops.subtract(red, ImageChops.lighter(green, blue)).getextrema()[1] > 24:
            return True
    return False


def places(pages: list[Page], *, red: bool) -> Iterator[tuple[int, str, float, float]]:
    """Yield where each character and rule of black stands; on a page with `red`, that is left out."""
    for page in pages:
        for line in page.lines:
            if red and page.number == 1 and line.glyphs[0].size_pt > 25:
                continue
            for glyph in line.glyphs:
                yield page.number, glyph.text, glyph.left, glyph.baseline
        rules = [rule for rule in page.rules if not (red and page.number == 1 and rule.top < 200)]
        for rule in rules:
            yield page.number, "rule", rule.left, rule.middle
            yield page.number, "rule", rule.right, rule.top


def largest_shift(before: bytes, after: bytes) -> float:
    """Return by how many millimetres the black element that moved most has moved."""
    old = list(places(read_pages(before), red=True))
    new = list(places(read_pages(after), red=False))
    assert [one[:2] for one in old] == [one[:2] for one in new]
    assert len(old) > 50
    return max(max(abs(a[2] - b[2]), abs(a[3] - b[3])) for a, b in zip(old, new, strict=True))


def overprinted_well(name: str) -> bool:
    made = ordinary(name)
    again = pdf.to_pdf(render(*PAPERS[name], overprint=True))
    assert has_red(made)
    for blank in (again, without_red(made)):
        assert not has_red(blank)
        assert largest_shift(made, blank) < TOLERANCE_MM
    return True


def test_the_overprint_has_no_red_and_every_black_element_within_half_a_millimetre() -> None:
    assert overprinted_well(FIRST)


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in PAPERS if name != FIRST])
def test_the_overprint_of_every_paper_keeps_its_places(name: str) -> None:
    assert overprinted_well(name)
