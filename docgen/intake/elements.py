"""Take the paragraphs and tables out of a DOCX, in their order, as they read with all changes accepted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from .. import layout
from ..errors import ContentError, Problem
from ..files import examine
from ..ooxml import TAKES_IN
from ..picture_lines import read_picture
from ..printed import BOX, UNPRINTED, character, run_parts, words_of_margin
from ..veiled import veiled
from ..wordfile import ALTERNATIVES, Element, W, WordFile, damaged, open_word, shown
from ..wordlists import Lists, value_of
from .drawn import Drawings, comes_first, without_outside_pictures
from .result import WHERE, Brought, cleaned, refuse_unfit

MOST_PARAGRAPHS = 20_000
MOST_SPAN = 64  # columns over which one cell reaches

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
        Problem(WHERE, "%(count)s embedded objects are not taken over; they stay in the file."),
        (f"{W}object", f"{W}control", f"{W}altChunk"),
    ),
    (
        Problem(WHERE, "%(count)s cells that reached over several rows or columns were taken apart."),
        (f"{W}gridSpan", f"{W}vMerge"),
    ),
)
_OUTSIDE = Problem(WHERE, "The picture %(target)s lies outside the file and was left out.")
_IN_TABLE = Problem(WHERE, "The picture %(name)s stands in a table and was left out.")
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
    """A file's blocks in order, the lines that stand outside the text, its pictures, what is to be told.

    A picture is a line of its own that names it.
    """

    blocks: tuple[Block, ...]
    outside: tuple[str, ...]
    pictures: tuple[Brought, ...]
    reports: tuple[Problem, ...]


def elements(docx: bytes, name: str) -> Elements:
    """Read a DOCX; `name` is what the reader knows it by. Raises ContentError with every reason."""
    docx, left_out = _without_outside(docx, name)
    word = open_word(docx, name, WHERE)
    refuse_unfit("".join(text.text or "" for text in word.body.iter(f"{W}t")))
    if sum(1 for _ in word.body.iter(f"{W}p")) > MOST_PARAGRAPHS:
        most = {"name": name, "most": str(MOST_PARAGRAPHS)}
        raise ContentError([Problem(WHERE, "%(name)s has more than %(most)s paragraphs.", most)])
    try:
        drawings = Drawings(docx)
        blocks = tuple(_Walk(word, drawings).read())
        drawings.finish(word.body)
        told = (*left_out, *drawings.reports, *_told(word))
        reports = (*told, *(Problem(WHERE, one.message, one.params) for one in veiled(word)))
    except (TypeError, ValueError) as error:  # numbers that are none
        raise damaged(name, WHERE) from error
    return Elements(blocks, tuple(_outside(word)), tuple(drawings.taken.values()), reports)


def _without_outside(docx: bytes, name: str) -> tuple[bytes, list[Problem]]:
    """Return the file without pictures that lie elsewhere, and which these are; all else is refused later."""
    try:
        examine(docx, name, WHERE)
    except ContentError as error:
        if any(problem.message != TAKES_IN.message for problem in error.problems):
            raise
        docx, targets = without_outside_pictures(docx)
        return docx, [replace(_OUTSIDE, params={"target": target[:80]}) for target in targets]
    return docx, []


class _Walk:
    """Walks through a body once, from first to last."""

    def __init__(self, word: WordFile, drawings: Drawings) -> None:
        self.word, self.lists, self.drawings = word, Lists(word), drawings
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
            cells.append(tuple(self._unpictured(_flat(self._blocks(cell)))))
            span = int(value_of(cell.find(f"{W}tcPr"), "gridSpan") or 1)
            cells += [()] * (min(span, MOST_SPAN) - 1)
        return tuple(cells)

    def _unpictured(self, lines: Iterable[Line]) -> Iterator[Line]:
        for line in lines:
            if picture := read_picture(line.text):
                self.drawings.reports.append(replace(_IN_TABLE, params={"name": picture.name}))
            else:
                yield line

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        drawn = [Line(one, layout.PICTURE.id, "center") for one in self.drawings.lines(paragraph)]
        words = list(self._words(paragraph))
        blank = len(words) == 1 and isinstance(words[0], Line) and not words[0].text
        first = not drawn or comes_first(paragraph)
        yield from drawn if first else ()
        yield from () if drawn and blank else words
        yield from () if first else drawn

    def _words(self, paragraph: Element) -> Iterator[Block]:
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
