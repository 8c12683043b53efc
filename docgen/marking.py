"""Write a woven paper in XML, with what came and went as revisions (`w:ins`, `w:del`)."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import partial
from itertools import groupby

from lxml import etree

from . import layout
from .oxml import Paragraph
from .pages import height
from .wordfile import Element, W
from .woven import BOX, Block, Boxed, Grid, Look, Row, Word, Words

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SPACE = {"w": W[1:-1]}
_BLANKS = {"\n": f"{W}br", "\t": f"{W}tab"}
_STYLES = {style.id: style for style in layout.STYLES}


class Marker:
    """Give each mark its author, its time and a number of its own; steps are numbered from 1."""

    def __init__(self, steps: Sequence[tuple[str, str]]) -> None:
        self._steps = steps
        self._marks = 0

    def blocks(self, blocks: Sequence[Block]) -> Iterator[Element]:
        for block in blocks:
            if isinstance(block, Words):
                yield self._paragraph(block)
            elif isinstance(block, Grid):
                yield from self._grid(block)
            elif not (block.born and block.died):
                yield self._box(block)

    def _mark(self, name: str, step: int) -> Element:
        author, at = self._steps[step - 1]
        self._marks += 1
        mark = _element(name)
        for key, value in (("id", str(self._marks)), ("author", author), ("date", at)):
            mark.set(f"{W}{key}", value)
        return mark

    def _paragraph(self, node: Words, died: int = 0) -> Element:
        died = died or node.died
        paragraph = _element("p")
        paragraph.append(self._paragraph_properties(node, died))
        kept = [word for word in node.words if not (died and word.born)]
        for (name, step), words in groupby(kept, lambda word: _fate(word, died)):
            place = paragraph
            if name:
                place = self._mark(name, step)
                paragraph.append(place)
            for _, alike in groupby(words, partial(_shown, name=name)):
                place.append(self._run(list(alike), name))
        return paragraph

    def _paragraph_properties(self, node: Words, died: int) -> Element:
        look = node.look.before if died and node.look.before else node.look.now
        properties = _copy(look.element, "pPr")
        section = properties.find(f"{W}sectPr")
        if died and section is not None:
            properties.remove(section)
            section = None
        marked = _element("rPr")
        if died or node.born:
            marked.append(self._mark("del", died) if died else self._mark("ins", node.born))
        if len(marked):
            properties.insert(len(properties) - (section is not None), marked)
        if node.look.changed and not died and not node.born:
            properties.append(self._change("pPrChange", node.look, "pPr"))
        return properties

    def _change(self, name: str, look: Look, properties: str) -> Element:
        change = self._mark(name, look.changed)
        before = _copy(look.before.element if look.before else None, properties)
        for section in before.findall(f"{W}sectPr"):
            before.remove(section)
        change.append(before)
        return change

    def _run(self, words: Sequence[Word], name: str) -> Element:
        look = words[0].look
        run = _element("r")
        if name == "del" and look.before:
            run.append(_copy(look.before.element, "rPr"))
        elif look.now.element is not None:
            run.append(_copy(look.now.element, "rPr"))
        if look.changed and not name:
            if not len(run):
                run.append(_element("rPr"))
            run[0].append(self._change("rPrChange", look, "rPr"))
        for is_text, alike in groupby(words, lambda word: word.raw is None and word.text not in _BLANKS):
            if is_text:
                text = _element("delText" if name == "del" else "t")
                text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                text.text = "".join(word.text for word in alike)
                run.append(text)
            else:
                run.extend(_element("", _BLANKS[w.text]) if w.raw is None else deepcopy(w.raw) for w in alike)
        return run

    def _grid(self, node: Grid) -> Iterator[Element]:
        for gap in node.before:
            yield self._paragraph(gap, node.died)
        table = _element("tbl")
        table.extend(deepcopy(part) for part in node.head)
        widths = [column.get(f"{W}w") for column in node.head[-1]]
        rows = [row for row in node.rows if not (node.died and row.born)]
        table.extend(self._row(row, widths, row.died or node.died) for row in rows)
        yield table
        for gap in node.after:
            yield self._paragraph(gap, node.died)

    def _row(self, node: Row, widths: Sequence[str], died: int) -> Element:
        row = _element("tr")
        properties = _copy(node.properties, "trPr")
        if died or node.born:
            properties.append(self._mark("del", died) if died else self._mark("ins", node.born))
        if len(properties):
            row.append(properties)
        for number, (cell_properties, blocks) in enumerate(node.cells):
            cell = _element("tc")
            cell.append(_copy(cell_properties, "tcPr"))
            width = cell[0].find(f"{W}tcW")
            if died and width is not None and len(widths) == len(node.cells):
                width.set(f"{W}w", widths[number])
            cell.extend(self._cell(blocks, died))
            row.append(cell)
        return row

    def _cell(self, blocks: Sequence[Block], died: int) -> Iterator[Element]:
        if not died:
            yield from self.blocks(blocks)
            return
        for block in blocks:
            if isinstance(block, Words) and not block.born:
                yield self._paragraph(block, died)

    def _box(self, node: Boxed) -> Element:
        paragraph = deepcopy(node.frame)
        box = next(paragraph.iter(BOX))
        for child in list(box):
            box.remove(child)
        box.extend(self.blocks(node.blocks))
        _heighten(paragraph, sum(_added_tw(block) for block in node.blocks))
        if node.born or node.died:
            self._mark_box(paragraph, "del" if node.died else "ins", node.died or node.born)
        return paragraph

    def _mark_box(self, paragraph: Element, name: str, step: int) -> None:
        """Mark a paragraph that came or went with the box that it holds."""
        runs = paragraph.findall(f"{W}r")
        mark = self._mark(name, step)
        runs[0].addprevious(mark)
        mark.extend(runs)
        marked = _element("rPr")
        marked.append(self._mark(name, step))
        properties = paragraph.find(f"{W}pPr")
        section = properties.find(f"{W}sectPr")
        properties.insert(len(properties) - (section is not None), marked)


def _fate(word: Word, died: int) -> tuple[str, int]:
    """Return the mark that a word has, and the step that made it."""
    if word.died or died:
        return "del", word.died or died
    return ("ins", word.born) if word.born else ("", 0)


def _shown(word: Word, name: str) -> tuple[bytes, bytes | None]:
    """Return what words of one run have in common."""
    before = word.look.before.xml if word.look.before else None
    if name == "del":
        return before or word.look.now.xml, None
    return word.look.now.xml, None if name else before


def _added_tw(block: Block) -> int:
    """Return by how much a text box grows by the words that went out of it."""
    if isinstance(block, Words):
        style = _STYLES.get(block.style)
        if style is None:
            return 0
        whole, alive = "".join(word.text for word in block.words), "" if block.died else block.text
        lines, line_tw = height(Paragraph(style, whole))
        return (lines - (0 if block.died else height(Paragraph(style, alive))[0])) * line_tw
    if isinstance(block, Boxed):
        return 0
    return sum(
        max((sum(map(_added_tw, blocks)) for _, blocks in row.cells), default=0)
        + (_lines_tw(row) if row.died else 0)
        for row in block.rows
    )


def _lines_tw(row: Row) -> int:
    blocks = [block for _, cell in row.cells for block in cell if isinstance(block, Words)]
    return 2 * layout.IMPRINT_PADDING_TW + sum(
        lines * line_tw
        for block in blocks
        for lines, line_tw in [height(Paragraph(_STYLES[block.style], block.text))]
    )


def _heighten(paragraph: Element, by_tw: int) -> None:
    """Make a box that stands on the page's lower edge higher, and the paragraph that keeps its room."""
    if not by_tw:
        return
    by_emu = layout.emu(by_tw)
    for tag, sign in ((f"{_WP}extent", 1), (f"{_A}ext", 1)):
        for extent in paragraph.iter(tag):
            extent.set("cy", str(int(extent.get("cy")) + sign * by_emu))
    for offset in paragraph.iterfind(f".//{_WP}positionV/{_WP}posOffset"):
        offset.text = str(int(offset.text) - by_emu)
    spacing = paragraph.find(f"{W}pPr/{W}spacing")
    if spacing is not None:
        spacing.set(f"{W}line", str(int(spacing.get(f"{W}line")) + by_tw))


def _element(name: str, tag: str = "") -> Element:
    return etree.Element(tag or f"{W}{name}", nsmap=_SPACE)


def _copy(properties: Element | None, name: str) -> Element:
    return _element(name) if properties is None else deepcopy(properties)
