"""Take the paragraphs and tables out of a DOCX, in their order, as they read with all changes accepted."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from .. import layout
from ..errors import ContentError, Problem
from ..printed import BOX, UNPRINTED, character, run_parts, words_of_margin
from ..veiled import veiled
from ..wordfile import ALTERNATIVES, Element, W, WordFile, damaged, open_word, shown
from ..wordlists import Lists, value_of
from .result import WHERE, cleaned, refuse_unfit

MOST_PARAGRAPHS = 20_000
MOST_SPAN = 64  # columns over which one cell reaches

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_TOLD: tuple[tuple[Problem, tuple[str, ...]], ...] = (
    (
        Problem(
            WHERE,
            "%(count)s tracked changes: what was inserted is taken, what was deleted is left out.",
        ),
        tuple(f"{W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")),
    ),
    (
        Problem(WHERE, "%(count)s comments are not taken over; they stay in the file."),
        (f"{W}commentReference",),
    ),
    (
        Problem(WHERE, "%(count)s pictures are not taken over; they stay in the file."),
        (f"{_A}blip", f"{_VML}imagedata"),
    ),
    (
        Problem(WHERE, "%(count)s cells that reached over several rows or columns were taken apart."),
        (f"{W}gridSpan", f"{W}vMerge"),
    ),
)
_INDENTS = ("firstLine", "firstLineChars")
_NAMED = {style.name: style.id for style in layout.STYLES}

Row = tuple[tuple["Line", ...], ...]


@dataclass(frozen=True)
class Line:
    """A paragraph, cleaned; `style` is the id of ours that it has, '' for those of others.

    A line's end within it is `\\n`. `indented` means that its beginning stands back from the others'.
    """

    text: str
    style: str = ""
    align: str = ""
    indented: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells of paragraphs; a cell over several columns is followed by empty ones."""

    rows: tuple[Row, ...]


Block = Line | Table


@dataclass(frozen=True)
class Elements:
    """A file's blocks in order, the lines that stand outside the text, and what is to be told."""

    blocks: tuple[Block, ...]
    outside: tuple[str, ...]
    reports: tuple[Problem, ...]


def elements(docx: bytes, name: str) -> Elements:
    """Read a DOCX; `name` is what the reader knows it by. Raises ContentError with every reason."""
    word = open_word(docx, name, WHERE)
    refuse_unfit("".join(text.text or "" for text in word.body.iter(f"{W}t")))
    if sum(1 for _ in word.body.iter(f"{W}p")) > MOST_PARAGRAPHS:
        most = {"name": name, "most": str(MOST_PARAGRAPHS)}
        raise ContentError([Problem(WHERE, "%(name)s has more than %(most)s paragraphs.", most)])
    try:
        blocks = tuple(_Walk(word).read())
        reports = (*_told(word), *(Problem(WHERE, one.message, one.params) for one in veiled(word)))
    except (TypeError, ValueError) as error:  # numbers that are none
        raise damaged(name, WHERE) from error
    return Elements(blocks, tuple(_outside(word)), reports)


class _Walk:
    """Walks through a body once, from first to last."""

    def __init__(self, word: WordFile) -> None:
        self.word, self.lists = word, Lists(word)
        self.styles = _our_styles(word)
        self.carried = ""  # words whose paragraph mark is deleted: the next paragraph's beginning

    def read(self) -> Iterator[Block]:
        yield from self._blocks(self.word.body)
        if self.carried:
            yield Line(cleaned(self.carried))

    def _blocks(self, parent: Element) -> Iterator[Block]:
        for child in parent.iterchildren("{*}*"):
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield Table(tuple(self._row(row) for row in _own(child, "tr")))
            elif child.tag == ALTERNATIVES:
                if (version := shown(child)) is not None:
                    yield from self._blocks(version)
            elif child.tag not in UNPRINTED:
                yield from self._blocks(child)

    def _row(self, row: Element) -> Row:
        cells: list[tuple[Line, ...]] = []
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            return ()
        for cell in _own(row, "tc"):
            cells.append(tuple(_flat(self._blocks(cell))))
            span = int(value_of(cell.find(f"{W}tcPr"), "gridSpan") or 1)
            cells += [()] * (min(span, MOST_SPAN) - 1)
        return tuple(cells)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        pieces, boxes = [self.carried, self.lists.number(paragraph)], []
        for element in run_parts(paragraph):
            if element.tag == BOX:
                boxes.append(element)
            else:
                pieces.append(character(element))
        text, self.carried = "".join(pieces), ""
        own = paragraph.find(f"{W}pPr")
        if own is not None and own.find(f"{W}rPr/{W}del") is not None:
            self.carried = text
        else:
            style = self.styles.get(value_of(own, "pStyle"), "")
            yield Line(_trimmed(text), style, value_of(own, "jc"), _indented(own, text))
        for box in boxes:
            yield from self._blocks(box)


def _own(parent: Element, name: str) -> Iterator[Element]:
    """Yield a table's rows or a row's cells, not those of tables within; content controls are looked into."""
    for child in parent.iterchildren("{*}*"):
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag not in (f"{W}tc", f"{W}tbl", f"{W}p", *UNPRINTED):
            yield from _own(child, name)


def _flat(blocks: Iterator[Block]) -> Iterator[Line]:
    for block in blocks:
        if isinstance(block, Line):
            yield block
        else:
            yield from (line for row in block.rows for cell in row for line in cell)


def _trimmed(text: str) -> str:
    """Return the text, cleaned; tabs stay, for they part what stands apart on one line."""
    return "\n".join("\t".join(map(cleaned, line.split("\t"))) for line in text.split("\n")).strip("\n")


def _indented(properties: Element | None, text: str) -> bool:
    given = None if properties is None else properties.find(f"{W}ind")
    stands_back = given is not None and any((given.get(f"{W}{one}") or "0") != "0" for one in _INDENTS)
    return stands_back or text[:2].isspace() or text[:1] in ("\u3000", "\t")


def _our_styles(word: WordFile) -> dict[str, str]:
    """Return our styles by the ids that they have in the file; programs keep the names."""
    if word.styles is None:
        return {}
    named = ((style.get(f"{W}styleId"), value_of(style, "name")) for style in word.styles.iter(f"{W}style"))
    return {key: _NAMED[name] for key, name in named if name in _NAMED}


def _told(word: WordFile) -> Iterator[Problem]:
    """Yield what a clerk must know of a file whose text alone is taken."""
    for problem, tags in _TOLD:
        if count := sum(1 for _ in word.body.iter(*tags)):
            yield replace(problem, params={"count": str(count)})


def _outside(word: WordFile) -> Iterator[str]:
    """Yield the words of headers, footers and footnotes: they belong to no field."""
    yield from dict.fromkeys(filter(None, map(words_of_margin, word.margins)))
    for notes in word.notes:
        for note in notes:
            text = "".join(map(character, run_parts(note)))
            if text.strip():
                yield cleaned(text)
