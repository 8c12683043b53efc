"""What of a printed paper's signatures and dates is not where GB/T 9704-2012, 7.3.5, puts it."""

from collections.abc import Iterator

from tests.docgen.measures import CHAR, LINE, MIDDLE, RIGHT, font_of, of_annotations, off
from tests.docgen.paper import Line, Page
from tests.docgen.papers import Paper

DATE = "2031年4月7日"


def date_of(pages: list[Page]) -> tuple[Page, Line] | None:
    """Return the date's line and its page; None where there is not one of them."""
    placed = [(page, line) for page in pages for line in page.text_lines if line.text == DATE]
    return placed[0] if len(placed) == 1 else None


def of_a_signature(pages: list[Page], paper: Paper, notes: tuple[str, ...]) -> Iterator[str]:
    """It has its room, the date stands under it, and text stands over both on their page."""
    content, name = paper.content, paper.particulars.signature
    if (placed := date_of(pages)) is None:
        yield "no date"
        return
    page, dated = placed
    at = page.text_lines.index(dated)
    if at < 2 or page.text_lines[at - 1].text != name:
        yield "the signature stands alone"
        return
    above, signed = page.text_lines[at - 2 : at]
    lines = 2 if content.seal is False else 3
    yield from off("signature under the text", signed.baseline - above.baseline, lines * LINE, 0.15)
    yield from off("date under the signature", dated.baseline - signed.baseline, LINE, 0.1)
    if content.seal is False:
        yield from off("date beside the signature", dated.left - signed.left, 2 * CHAR, 0.25)
        yield from off("date's right", max(dated.right, signed.right), RIGHT - 2 * CHAR, 0.5)
    else:
        yield from off("date's axis", dated.middle, signed.middle, 0.25)
        if len(name) < len(DATE):
            yield from off("date's right", dated.right, RIGHT - 4 * CHAR, 0.5)
    yield from of_annotations(pages, DATE, notes)


def of_a_chop(pages: list[Page], paper: Paper, notes: tuple[str, ...]) -> Iterator[str]:
    """The post stands beside the chop's room, two lines under the text; the date a line under it, four in."""
    if (placed := date_of(pages)) is None:
        yield "no date"
        return
    page, dated = placed
    at, posts = page.text_lines.index(dated), [post for post, _ in paper.particulars.stamped]
    if at < len(posts) + 1 or [line.text for line in page.text_lines[at - len(posts) : at]] != posts:
        yield "the name chop stands alone"
        return
    above, first = page.text_lines[at - len(posts) - 1 : at - len(posts) + 1]
    yield from off("post under the text", first.baseline - above.baseline, 34, 0.3)
    yield from off("date's right", dated.right, RIGHT - 4 * CHAR, 0.4)
    for post in page.text_lines[at - len(posts) : at]:
        yield from off("post's right", post.right, RIGHT - 6 * CHAR - 40, 0.5)
    yield from of_annotations(pages, DATE, notes)


def of_signatures_abreast(pages: list[Page], paper: Paper, notes: tuple[str, ...]) -> Iterator[str]:
    """All stand on one page under text, the date under the last; each in the place of its seal."""
    names = (paper.particulars.signature, *paper.particulars.co_signatures)
    if (placed := date_of(pages)) is None:
        yield "no date"
        return
    page, dated = placed
    over = page.text_lines[: page.text_lines.index(dated)]
    signed = [
        line for line in over if line.glyphs[0].size_pt == 16 and any(one in line.text for one in names)
    ]
    if (
        not signed
        or page.text_lines.index(signed[0]) < 1
        or "".join(line.text for line in signed) != "".join(names)
    ):
        yield f"the signatures stand alone: {[line.text for line in signed]}"
        return
    above = page.text_lines[page.text_lines.index(signed[0]) - 1]
    last = signed[-1]
    if paper.content.seal is False:
        yield from off("signatures under the text", signed[0].baseline - above.baseline, 2 * LINE, 0.15)
    else:
        begins = last.text.rindex(names[-1])
        middle = (last.glyphs[begins].left + last.right) / 2
        yield from off("date's axis", dated.middle, middle, 0.3)
    yield from off("date under the last signature", dated.baseline - last.baseline, LINE, 0.15)
    yield from of_annotations(pages, DATE, notes)


def of_minutes(pages: list[Page], paper: Paper, notes: tuple[str, ...]) -> Iterator[str]:
    """Nobody signs; who was there stands under the text, the annotation under that."""
    if date_of(pages):
        yield "a date under the text"
    lines = [line for page in pages for line in page.text_lines]
    there = paper.content.attendance
    listed = (
        [("出席：", there.present), ("请假：", there.absent), ("列席：", there.observers)] if there else []
    )
    above = paper.content.body[-9:]
    for label, names in ((label, names) for label, names in listed if names):
        at = next((at for at, line in enumerate(lines) if line.text.startswith(label)), 0)
        read, first = lines[at].text[3:], lines[at].glyphs[3].left
        yield from off(label, lines[at].left, MIDDLE - 78 + 2 * CHAR, 0.2)
        if (font_of(lines[at]), font_of(lines[at], 3)) != ("FandolHei-Regular", "FandolFang-Regular"):
            yield f"{label} in other fonts"
        while read != names and names.startswith(read + lines[at + 1].text):
            at += 1
            read += lines[at].text
            yield from off(f"turnover of {label}", lines[at].left, first, 0.2)
        if read != names:
            yield f"{label}{read}"
        above = lines[at].text
    yield from of_annotations(pages, above, notes)
