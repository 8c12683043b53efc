"""What of a printed paper is not where GB/T 9704-2012 puts it, in millimetres (7.2 to 7.4, 10.1)."""

from collections.abc import Iterator
from itertools import pairwise

from docgen.sheet import Content, Particulars
from docgen.title import break_title
from tests.docgen.paper import Line, Page

MM_A_TWIP = 25.4 / 1440
LINE, CHAR, SMALL = 579 * MM_A_TWIP, 315 * MM_A_TWIP, 14 * 25.4 / 72
LEFT, RIGHT, TOP, FOOT, MIDDLE = 28.0, 184.0, 37.0, 262.0, 106.0
BLACK, RED = (0, 0, 0), (255, 0, 0)
FANG, HEI, KAI, TITLE = "FandolFang-Regular", "FandolHei-Regular", "FandolKai-Regular", "FandolSong-Bold"


def off(what: str, found: float, wanted: float, tolerance: float) -> Iterator[str]:
    """Yield that something is not where it should be."""
    if abs(found - wanted) > tolerance:
        yield f"{what}: {found:.2f} mm, not {wanted:.2f}"


def font_of(line: Line, at: int = 0) -> str:
    """Return the font of the line's character there, without the mark of its subset."""
    return line.glyphs[at].font.rpartition("+")[2]


def mark_of(page: Page) -> list[Line]:
    """Return the masthead's lines."""
    return [line for line in page.lines if line.glyphs[0].size_pt > 25]


def title_of(page: Page) -> list[Line]:
    """Return the lines of page 1 in the title's size."""
    return [line for line in page.lines if line.glyphs[0].size_pt == 22]


def of_the_mark(page: Page, top: float, words: str) -> Iterator[str]:
    """Its ink begins there, in the middle, red; nothing else on the page is red."""
    mark = mark_of(page)
    if "".join(line.text for line in mark) != words:
        yield f"the masthead reads {[line.text for line in mark]}"
        return
    yield from off("masthead's ink", mark[0].ink_top, top, 0.3)
    for line in mark:
        yield from off("masthead's middle", line.middle, MIDDLE, 0.8)
        yield from off("masthead's sides", max(LEFT - line.left, line.right - RIGHT, 0), 0, 0.1)
    fonts = {(font_of(line, at), line.glyphs[at].colour) for line in mark for at in range(len(line.glyphs))}
    if fonts != {(TITLE, RED)}:
        yield f"masthead in {fonts}"
    others = [
        glyph.text
        for line in page.lines
        if line not in mark
        for glyph in line.glyphs
        if glyph.colour != BLACK
    ]
    if others:
        yield f"{others} are not black"


def of_a_red_rule(page: Page, number: Line) -> Iterator[str]:
    """It is 4 mm under the number, 156 mm long and red."""
    rule = page.rules[0]
    yield from off("red rule under the number", rule.middle - number.ink_bottom, 4.2, 0.3)
    yield from off("red rule's length", rule.right - rule.left, 156, 1)
    yield from off("red rule's middle", (rule.left + rule.right) / 2, MIDDLE, 0.3)
    if rule.colour != RED:
        yield f"the rule is {rule.colour}"


def of_a_files_head(page: Page, particulars: Particulars) -> Iterator[str]:
    """The number is in the middle, two lines under the masthead; the rule follows it."""
    number = page.line(particulars.number or "")
    yield from off("number's middle", number.middle, MIDDLE, 0.8)
    yield from off(
        "number under the masthead", number.ink_top - mark_of(page)[-1].ink_bottom, 2.4 * LINE, 0.3 * LINE
    )
    yield from of_a_red_rule(page, number)
    if {font_of(number), number.glyphs[0].size_pt} != {FANG, 16}:
        yield f"number in {font_of(number)}"


def of_an_orders_head(page: Page, particulars: Particulars) -> Iterator[str]:
    """The number is in the middle, two lines under the masthead, and the text two lines under it."""
    number = page.line(particulars.number or "")
    yield from off("number's middle", number.middle, MIDDLE, 0.8)
    yield from off(
        "number under the masthead", number.ink_top - mark_of(page)[-1].ink_bottom, 2.4 * LINE, 0.3 * LINE
    )
    text = page.text_lines[page.text_lines.index(number) + 1]
    yield from off("text under the number", text.baseline - number.baseline, 3 * LINE, 0.1)
    yield from off("text's left", text.left, LEFT + 2 * CHAR, 0.2)
    if title_of(page) or page.rules:
        yield "an order has a title or a rule"


def of_the_head_of_minutes(page: Page, particulars: Particulars) -> Iterator[str]:
    """Who issues them one in at the left and the date one in at the right, the rule under both."""
    issued = next(line for line in page.lines if line.text.startswith(particulars.signature))
    yield from off("issuer's left", issued.left, LEFT + CHAR, 0.2)
    yield from off("date's right", issued.right, RIGHT - CHAR, 0.4)
    yield from off("number's middle", page.line(particulars.number or "").middle, MIDDLE, 0.8)
    yield from of_a_red_rule(page, issued)


def of_a_joint_mark(page: Page, particulars: Particulars) -> Iterator[str]:
    """Its names are of one width, one below the other, 文件 at their right halfway down."""
    glyphs = [glyph for line in mark_of(page) for glyph in line.glyphs]
    word, names = [g for g in glyphs if g.left > RIGHT - 45 and g.text in "文件"], particulars.co_mastheads
    lines = [[g for g in line.glyphs if g not in word] for line in mark_of(page)]
    lines = [line for line in lines if line]
    wanted = [particulars.masthead.removesuffix("文件"), *names]
    if ["".join(g.text for g in line) for line in lines] != wanted or len(word) != 2:
        yield f"the masthead reads {[g.text for g in glyphs]}"
        return
    top, foot = min(g.ink_top for g in lines[0]), max(g.ink_bottom for g in lines[-1])
    yield from off("masthead's ink", top, 72, 0.3)
    for line in lines[1:]:
        yield from off("name's left", line[0].left, lines[0][0].left, 0.3)
        yield from off("name's right", line[-1].right, lines[0][-1].right, 0.5)
    halfway = (min(g.ink_top for g in word) + max(g.ink_bottom for g in word)) / 2
    yield from off("文件", halfway, (top + foot) / 2, 0.6)
    yield from off("masthead's middle", (lines[0][0].left + word[-1].right) / 2, MIDDLE, 1)


def of_an_upward_head(page: Page, particulars: Particulars) -> Iterator[str]:
    """The number is one in at the left, beside the last who signed; the first of a line stand in a column."""
    number, first = page.line(particulars.number or ""), page.line("签发人：")
    yield from off("number's left", number.left, LEFT + CHAR, 0.2)
    yield from off(
        "签发人 under the masthead", first.ink_top - mark_of(page)[-1].ink_bottom, 2.4 * LINE, 0.3 * LINE
    )
    rows = [line for line in page.lines if first.baseline <= line.baseline <= number.baseline]
    if not number.text.endswith(particulars.signers[-1]) or len(rows) != (len(particulars.signers) + 1) // 2:
        yield f"签发人 in {[line.text for line in rows]}"
        return
    yield from off("签发人's right", max(line.right for line in rows), RIGHT - CHAR, 0.4)
    columns = [
        line.glyphs[line.text.index(name)].left
        for line, name in zip(rows, particulars.signers[::2], strict=True)
    ]
    yield from off("column of 签发人", max(columns) - min(columns), 0, 0.2)
    if (font_of(first), font_of(first, first.text.index("：") + 1)) != (FANG, KAI):
        yield "签发人 in other fonts"
    yield from of_a_red_rule(page, number)


def of_a_letters_head(page: Page, particulars: Particulars) -> Iterator[str]:
    """Double rules of 170 mm, 4 mm under the masthead and 20 mm from the foot; the number under the first."""
    rules, number = page.rules, page.line(particulars.number or "")
    if len(rules) != 4 or {rule.colour for rule in rules} != {RED}:
        yield f"{len(rules)} rules"
        return
    for rule in rules:
        yield from off("rule's length", rule.right - rule.left, 170, 0.3)
        yield from off("rule's middle", (rule.left + rule.right) / 2, 105, 0.2)
    for rule, weight in zip(rules, (0.7, 0.28, 0.28, 0.7), strict=True):
        yield from off("rule's weight", rule.weight, weight, 0.03)
    yield from off("first rule under the masthead", rules[0].top - mark_of(page)[-1].ink_bottom, 4, 0.3)
    yield from off("last rule over the foot", 297 - rules[3].bottom, 20, 0.3)
    yield from off("number under the rule", number.ink_top - rules[1].bottom, 4.94, 0.3)
    yield from off("number's right", number.right, RIGHT, 0.3)


def of_the_title(page: Page, above: float, title: str) -> Iterator[str]:
    """It stands two lines under what is above, whole, in the middle, broken as it is meant to."""
    lines = title_of(page)
    if tuple(line.text for line in lines) != break_title(title):
        yield f"title: {[line.text for line in lines]}"
        return
    yield from off("title under what is above", lines[0].ink_top - above, 2.25 * LINE, 0.25 * LINE)
    for line in lines:
        yield from off("title's middle", line.middle, MIDDLE, 0.8)
    for upper, lower in pairwise(lines):
        yield from off("title's lines", lower.baseline - upper.baseline, LINE, 0.1)
    if {font_of(line, at) for line in lines for at in range(len(line.glyphs))} != {TITLE}:
        yield "title in another font"


def of_addressees(page: Page, content: Content) -> Iterator[str]:
    """They stand a line under the title, flush with all their turnovers; the text follows, two in."""
    under = [line for line in page.text_lines if line.baseline > title_of(page)[-1].baseline]
    names = _names(under, content.addressees)
    if len(under) == len(names):
        yield "page 1 shows no text"
        return
    text = under[len(names)]
    yield from off("under the title", under[0].baseline - title_of(page)[-1].baseline, 2 * LINE, 0.7)
    yield from off("text's left", text.left, LEFT + 2 * CHAR, 0.2)
    for line in names:
        yield from off("addressees' left", line.left, LEFT, 0.2)
    if names:
        yield from off("text under the addressees", text.baseline - names[-1].baseline, LINE, 0.1)


def _names(lines: list[Line], addressees: str) -> list[Line]:
    """Return the lines of the addressees; none where they stand in the imprint."""
    names: list[Line] = []
    while lines[len(names) :] and addressees.startswith("".join(line.text for line in names)):
        names.append(lines[len(names)])
        if "".join(line.text for line in names) == f"{addressees}：":
            return names
    return []


def of_attachments(pages: list[Page], content: Content) -> Iterator[str]:
    """Their list stands a line under the text; each has its mark in line 1 and its title in line 3."""
    parts = content.attachments
    lines = [line for page in pages for line in page.text_lines]
    for number, part in enumerate(parts, 1):
        label = "附件：" * (number == 1) + f"{number}." * (len(parts) > 1)
        begin = (label + part.title)[: len(label) + 3]
        noted = [line for line in lines if line.text.startswith(begin)]
        if len(noted) != 1:
            yield f"{len(noted)} entries of attachment {number}"
            continue
        yield from _of_an_entry(lines, noted[0], label, part.title)
        yield from _of_a_page(pages, "附件" if len(parts) == 1 else f"附件{number}", part.title)


def _of_an_entry(lines: list[Line], entry: Line, label: str, title: str) -> Iterator[str]:
    at, is_first = lines.index(entry), label.startswith("附件：")
    yield from off("entry's left", entry.left, LEFT + (2 if is_first else 5) * CHAR, 0.3)
    read, name = entry.text[len(label) :], entry.glyphs[len(label)].left
    step = entry.baseline - lines[at - 1].baseline
    if is_first and step > 0:  # else the text ended on the page before
        yield from off("list of attachments under the text", step, 2 * LINE, 0.1)
    while read != title:
        at += 1
        if at == len(lines) or not title.startswith(read + lines[at].text):
            yield f"{label} reads {read}"
            return
        read += lines[at].text
        yield from off("entry's turnover", lines[at].left, name, 0.15)


def _of_a_page(pages: list[Page], mark: str, title: str) -> Iterator[str]:
    starts = [page for page in pages if page.text_lines and page.text_lines[0].text == mark]
    if len(starts) != 1:
        yield f"{len(starts)} pages of {mark}"
        return
    first, *others = starts[0].text_lines
    heads = [line for line in others if line.glyphs[0].size_pt == 22]
    yield from off("mark's left", first.left, LEFT, 0.2)
    yield from off("mark's top", max(first.ink_top - TOP, 0), 0, LINE)
    if font_of(first) != HEI or tuple(line.text for line in heads) != break_title(title):
        yield f"{mark}: {font_of(first)}, {[line.text for line in heads]}"
        return
    yield from off("attachment's title", heads[0].baseline - first.baseline, 2 * LINE, 0.7)
    yield from off("attachment's text", others[len(heads)].baseline - heads[-1].baseline, 2 * LINE, 0.7)


def of_annotations(pages: list[Page], above: str, notes: tuple[str, ...]) -> Iterator[str]:
    """They stand in brackets, two in, in the lines under the one that ends with these words."""
    lines = [line for page in pages for line in page.text_lines]
    last = next(line for line in lines if line.text.endswith(above))
    for note in filter(None, notes):
        below = lines[lines.index(last) + 1]
        if below.text != f"（{note}）".replace("　", ""):
            yield f"annotation: {below.text}"
        yield from off("annotation's left", below.left, LEFT + 2 * CHAR, 0.2)
        yield from off("annotation under what is above", below.baseline - last.baseline, LINE, 0.15)
        last = below


def of_the_imprint(page: Page, content: Content, ruled: bool) -> Iterator[str]:
    """Rules thick, thin, thick; names one in, turned over under the first; the date one in at the right."""
    if ruled:
        rules = [rule for rule in page.rules if rule.top > 120]
        for rule, weight in zip(rules, (0.35, *[0.25] * (len(rules) - 2), 0.35), strict=True):
            yield from off("rule's weight", rule.weight, weight, 0.03)
        printed = page.text_lines[-1]
        yield from off("印发机关", printed.left, LEFT + SMALL, 0.2)
        yield from off("印发日期", printed.right, RIGHT - SMALL, 0.4)
    if content.copy_to:
        lines = list(page.text_lines[:-1] if ruled else page.text_lines)
        at = next(at for at, line in enumerate(lines) if line.text.startswith("抄送："))
        turned = lines[at].glyphs[3].left
        if "".join(line.text for line in lines[at:]) != f"抄送：{content.copy_to}。":
            yield f"copies: {lines[at].text}"
        yield from off("copies' left", lines[at].left, LEFT + SMALL, 0.2)
        for line in lines[at + 1 :]:
            yield from off("copies' turnover", line.left, LEFT + 4 * SMALL, 0.3)
            yield from off("copies' first name", turned, line.left, 0.9)
        if {glyph.size_pt for line in lines[at:] for glyph in line.glyphs} != {14}:
            yield "copies in another size"
