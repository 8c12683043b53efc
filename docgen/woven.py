"""Hold a paper's words, paragraphs and tables together with those that went out of it."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from . import layout
from .aligning import Key, block_ops, word_ops, words
from .replay import replay
from .wordfile import Element, W

BOX = f"{W}txbxContent"
_KINDS = {
    **dict.fromkeys((style.id for style in (layout.BODY, layout.NAMES, *layout.LEVELS)), "text"),
    **dict.fromkeys((layout.CELL.id, layout.CELL_HEAD.id), "cell"),
}
"""Styles whose paragraphs may become each other; others stay what they are."""

_SIGNS = {f"{W}br": "\n", f"{W}tab": "\t"}
_PAGES_ONLY = tuple(f"{W}{name}" for name in ("keepNext", "pageBreakBefore", "sectPr"))


@dataclass(frozen=True)
class Properties:
    """`w:rPr`, `w:pPr`…, and its XML without what only says on which page something stands."""

    element: Element | None
    xml: bytes

    @classmethod
    def of(cls, element: Element | None) -> "Properties":
        if element is None:
            return cls(None, b"")
        plain = deepcopy(element)
        for name in _PAGES_ONLY:
            for child in plain.findall(name):
                plain.remove(child)
        return cls(element, etree.tostring(plain, method="c14n", exclusive=True, with_tail=False))


@dataclass
class Look:
    """Properties as they are, and as they were before the step that first changed them."""

    now: Properties
    before: Properties | None = None
    changed: int = 0

    def become(self, other: "Look", step: int) -> None:
        if self.now.xml != other.now.xml and not self.changed:
            self.before, self.changed = self.now, step
        elif self.before and self.before.xml == other.now.xml:
            self.before, self.changed = None, 0
        self.now = other.now


@dataclass
class Word:
    """What changes as a whole within a paragraph; `raw` is the XML of what is neither text nor blank."""

    text: str
    look: Look
    raw: Element | None = None
    born: int = 0
    died: int = 0

    @property
    def key(self) -> str:
        return self.text

    def come(self, step: int) -> None:
        self.born = step

    def follow(self, new: "Word", step: int) -> None:
        self.look.become(new.look, step)


@dataclass
class Words:
    """A paragraph."""

    look: Look
    words: list[Word]
    born: int = 0
    died: int = 0

    @property
    def style(self) -> str:
        style = None if self.look.now.element is None else self.look.now.element.find(f"{W}pStyle")
        return "" if style is None else str(style.get(f"{W}val"))

    @property
    def text(self) -> str:
        return "".join(word.text for word in self.words if not word.died)

    @property
    def key(self) -> Key:
        return (_KINDS.get(self.style, self.style), self.style, self.text)

    def come(self, step: int) -> None:
        self.born = step
        for word in self.words:
            word.come(step)

    def follow(self, new: "Words", step: int) -> None:
        self.look.become(new.look, step)
        alive = [word.text for word in self.words if not word.died]
        self.words = replay(self.words, new.words, word_ops(alive, [word.text for word in new.words]), step)


@dataclass
class Row:
    """A table's row: its cells' properties and their paragraphs."""

    properties: Element | None
    cells: list[tuple[Element | None, list["Block"]]]
    born: int = 0
    died: int = 0

    @property
    def text(self) -> str:
        return "|".join("\n".join(block.key[2] for block in _alive(blocks)) for _, blocks in self.cells)

    @property
    def key(self) -> Key:
        kinds = [_alive(blocks)[-1].key[0] for _, blocks in self.cells]
        return (" ".join(("row", *kinds)), "", self.text)

    def come(self, step: int) -> None:
        self.born = step
        for _, blocks in self.cells:
            for block in blocks:
                block.come(step)

    def follow(self, new: "Row", step: int) -> None:
        self.properties = new.properties
        self.cells = [
            (properties, weave(blocks, others, step))
            for (_, blocks), (properties, others) in zip(self.cells, new.cells, strict=True)
        ]


@dataclass
class Grid:
    """A table with the blank lines before and after it."""

    head: list[Element]
    rows: list[Row]
    before: list[Words] = field(default_factory=list)
    after: list[Words] = field(default_factory=list)
    born: int = 0
    died: int = 0

    @property
    def key(self) -> Key:
        text = "\n".join(row.text for row in self.rows if not row.died)
        return (f"table {len(self.head[-1])}", "", text)

    def come(self, step: int) -> None:
        self.born = step
        for gap in (*self.before, *self.after):
            gap.come(step)
        for row in self.rows:
            row.come(step)

    def follow(self, new: "Grid", step: int) -> None:
        self.head = new.head
        for gaps, others in ((self.before, new.before), (self.after, new.after)):
            for gap, other in zip(gaps, others, strict=False):
                gap.follow(other, step)
        keys = [row.key for row in self.rows if not row.died]
        self.rows = replay(self.rows, new.rows, block_ops(keys, [row.key for row in new.rows]), step)


@dataclass
class Boxed:
    """A paragraph that holds a text box with paragraphs and tables of its own."""

    frame: Element
    blocks: list["Block"]
    born: int = 0
    died: int = 0

    @property
    def key(self) -> Key:
        return ("box", "", "")

    def come(self, step: int) -> None:
        self.born = step

    def follow(self, new: "Boxed", step: int) -> None:
        self.frame = new.frame
        self.blocks = weave(self.blocks, new.blocks, step)


Block = Words | Grid | Boxed


def weave(blocks: list[Block], news: list[Block], step: int) -> list[Block]:
    """Return the blocks of a body, box or cell after a step; the last stays the last."""
    before, after = [block.key for block in _alive(blocks)], [block.key for block in news]
    return replay(blocks, news, block_ops(before, after, ends=True), step)


def _alive(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if not block.died]


def read_blocks(parent: Element) -> list[Block]:
    """Return the paragraphs and tables of a body, box or cell."""
    found: list[Block] = []
    after_table = False
    for child in parent:
        if child.tag == f"{W}tbl":
            gap = found[-1] if found else None
            before = [gap] if isinstance(gap, Words) and gap.style == layout.TABLE_GAP.id else []
            del found[len(found) - len(before) :]
            rows = [_row(row) for row in child.findall(f"{W}tr")]
            found.append(Grid([child.find(f"{W}tblPr"), child.find(f"{W}tblGrid")], rows, before))
            after_table = True
        elif child.tag == f"{W}p":
            block = _paragraph(child)
            table = found[-1] if after_table else None
            if isinstance(table, Grid) and isinstance(block, Words) and block.style == layout.TABLE_GAP.id:
                table.after = [block]
            else:
                found.append(block)
            after_table = False
    return found


def _row(row: Element) -> Row:
    cells = [(cell.find(f"{W}tcPr"), read_blocks(cell)) for cell in row.findall(f"{W}tc")]
    return Row(row.find(f"{W}trPr"), cells)


def _paragraph(paragraph: Element) -> Words | Boxed:
    box = next(paragraph.iter(BOX), None)
    if box is not None:
        return Boxed(paragraph, read_blocks(box))
    found = [word for run in paragraph.findall(f"{W}r") for word in _words(run)]
    return Words(Look(Properties.of(paragraph.find(f"{W}pPr"))), found)


def _words(run: Element) -> Iterator[Word]:
    properties = Properties.of(run.find(f"{W}rPr"))
    for child in run:
        if child.tag == f"{W}t":
            yield from (Word(text, Look(properties)) for text in words(child.text or ""))
        elif child.tag in _SIGNS:
            yield Word(_SIGNS[child.tag], Look(properties))
        elif child.tag != f"{W}rPr":
            yield Word(etree.tostring(child, encoding="unicode"), Look(properties), child)
