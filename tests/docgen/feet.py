"""What is wrong with the feet of a printed paper's pages, and with the ends of its texts, in millimetres."""

from collections.abc import Iterator
from itertools import pairwise

from docgen import layout
from docgen.sheet import Content
from tests.docgen import measures
from tests.docgen.forms import FORMS, Form
from tests.docgen.measures import CHAR, FOOT, LEFT, LINE, RIGHT, SMALL, TOP
from tests.docgen.paper import Line, Page
from tests.docgen.papers import Paper
from tests.docgen.twin import paragraph


def faults(pages: list[Page], name: str, paper: Paper) -> list[str]:
    """Return everything that is wrong with a printed paper of a form."""
    form, content = FORMS[name], paper.content
    return [
        *of_the_area(pages),
        *of_page_numbers(pages, form),
        *of_the_pitch(pages),
        *of_words(pages, form, content),
        *of_the_last_page(pages, form, content),
        *form.head(pages[0], paper),
        *form.closing(pages, paper),
        *measures.of_attachments(pages, content),
        *measures.of_the_imprint(pages[-1], content, form.ruled),
    ]


def of_the_area(pages: list[Page]) -> Iterator[str]:
    """Nothing but the page number stands outside the type area, and page 1 shows text."""
    for page in pages:
        for line in page.lines:
            if line.baseline < 265 and not _is_mark(line):
                inside = line.ink_top > TOP - 0.1 and line.ink_bottom < FOOT + 0.05
                if not (inside and line.left > LEFT - 0.3 and line.right < RIGHT + 0.3):
                    yield f"page {page.number}: {line.text[:9]} outside the type area"
        for above, below in pairwise(page.text_lines):
            if above.ink_bottom > below.ink_top + 0.3 and not _is_mark(below):
                yield f"page {page.number}: {below.text[:9]} over {above.text[:9]}"
        if len(page.text_lines) > layout.LINES_A_PAGE + 4:  # those of a large imprint are lower
            yield f"page {page.number}: {len(page.text_lines)} lines"
    if not any(line.text.startswith(paragraph(22)[:8]) for line in pages[0].lines):
        yield "page 1 shows no text"


def _is_mark(line: Line) -> bool:
    return line.glyphs[0].size_pt > 25


def of_page_numbers(pages: list[Page], form: Form) -> Iterator[str]:
    """Each page has its number at its place; a letter's first page none, nor a blank one and the imprint."""
    bare = {1} if not form.first_numbered else set()
    for blank, last in pairwise(pages):
        if not blank.lines:
            bare |= {blank.number, last.number}
    for page in pages:
        below = [line for line in page.lines if line.baseline >= 265]
        if [line.text for line in below] != ([] if page.number in bare else [f"—{page.number}—"]):
            yield f"page {page.number}: numbered {[line.text for line in below]}"
        for line in below:
            dash = line.glyphs[0]
            right_hand = page.number % 2 == 1
            off = line.right - (RIGHT - SMALL) if right_hand else line.left - (LEFT + SMALL)
            if abs((dash.ink_top + dash.ink_bottom) / 2 - 269) > 0.5 or abs(off) > 0.3:
                yield f"page {page.number}: the number stands elsewhere"


def of_the_pitch(pages: list[Page]) -> Iterator[str]:
    """Lines of text follow each other by one line's height or by several, at most 28 characters wide."""
    for page in pages:
        text = [line for line in page.text_lines if _is_text(line)]
        for above, below in pairwise(text):
            steps = (below.baseline - above.baseline) / LINE
            if abs(steps - round(steps)) > 0.07 and not _around_a_title(page, above, below):
                yield f"page {page.number}: {below.text[:9]} is off the lines"
        for line in text:
            if len(line.text) > layout.CHARS_A_LINE + line.text.count("1") + line.text.count("2"):
                yield f"page {page.number}: {len(line.text)} characters in {line.text[:9]}"


def _is_text(line: Line) -> bool:
    at_an_edge = any(abs(line.left - edge) < 0.3 for edge in (LEFT, LEFT + 2 * CHAR))
    return at_an_edge and {round(glyph.size_pt) for glyph in line.glyphs} == {16}


def _around_a_title(page: Page, above: Line, below: Line) -> bool:
    return any(
        above.baseline < line.baseline < below.baseline and line.glyphs[0].size_pt > 16 for line in page.lines
    ) or (page.rules != () and above.baseline < page.rules[0].middle < below.baseline)


def of_words(pages: list[Page], form: Form, content: Content) -> Iterator[str]:
    """No word is lost: not the last of the text, not one of an attachment's, not the copies."""
    printed = "".join(line.text for page in pages for line in page.text_lines)
    wanted = [
        content.title if form.titled else "",
        content.addressees,
        content.body,
        content.copy_to,
        content.note,
    ]
    wanted += [text for part in content.attachments for text in (part.title, part.body)]
    for text in filter(None, wanted):
        if text.replace("\n", "") not in printed:
            yield f"lost: {text[:12]}"
    if "此页无正文" in printed:
        yield "a page says that it has no text"


def of_the_last_page(pages: list[Page], form: Form, content: Content) -> Iterator[str]:
    last = pages[-1]
    rules = [rule for rule in last.rules if rule.top > 120]
    if not form.ruled:
        lowest = last.text_lines[-1]
        if content.copy_to and not (lowest.text.endswith("。") and -0.1 < FOOT - lowest.ink_bottom < 1.2):
            yield "the copies are not at the foot"
        return
    has_names = content.copy_to or any(line.text.startswith("主送：") for line in last.lines)
    if last.number % 2 or len(rules) != (3 if has_names else 2):
        yield f"page {last.number} of {len(pages)} has {len(rules)} rules"
        return
    if abs(rules[-1].middle - FOOT) > 0.5 or any(abs(r.right - r.left - 156) > 1 for r in rules):
        yield f"the last rule is at {rules[-1].middle:.2f} mm"
    if last.text_lines[-1].text != "省直文明办2031年4月8日印发":
        yield "the last line is not who printed it"
    if any(line.ink_bottom > rules[0].top > line.ink_top for line in last.text_lines):
        yield "text on the first rule"
    ends = next(
        page for page in reversed(pages) if any(line.baseline < rules[0].top for line in page.text_lines)
    )
    if last.number - ends.number > 1 + (ends.number % 2 == 0):
        yield f"the text ends on page {ends.number}, the imprint is on page {last.number}"
