"""Read what a DOCX prints, line by line, and tell where two of them differ in more than layout."""

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .errors import ContentError
from .known_pictures import name_pictures
from .unclean import unclean
from .wordfile import ALTERNATIVES, Element, W, WordFile, damaged, open_word, shown
from .wordlists import Lists, value_of

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
BOX = f"{W}txbxContent"
_WORDS = (f"{W}t", f"{_M}t")
_BLANK = (f"{W}tab", f"{W}br", f"{W}cr", f"{W}ptab")
UNPRINTED = (
    *(f"{W}{name}" for name in ("pPr", "rPr", "instrText", "sdtPr", "del", "moveFrom")),
    BOX,
)
_DIRECTION = frozenset(map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))))
_DASHES = frozenset("-‐‑‒–—―－")
_ELEMENTS = {
    "Urgency": "urgency",
    "Masthead": "masthead",
    **dict.fromkeys(("Number", "OrderNumber"), "number"),
    "CopyNumber": "copy_number",
    "Attendance": "attendance",
    "DocTitle": "title",
    "Addressees": "addressees",
    **dict.fromkeys(("Body", "Level1", "Level2", "Level3", "Level4", "Names"), "text"),
    **dict.fromkeys(("Picture", "PictureCaption"), "text"),
    "AttachmentNote": "attachment_note",
    **dict.fromkeys(("Signed", "StampPost", "MinutesIssued"), "signature"),
    "Dated": "dated",
    "Annotation": "note",
    "IssuedTitle": "issued_title",
    "AttachmentMark": "attachment_mark",
    "AttachmentTitle": "attachment_title",
    **dict.fromkeys(("Cell", "CellHead"), "table"),
    **dict.fromkeys(("Copies", "Printed"), "imprint"),
}
"""Our styles by the elements that they are for; files of others have styles of their own."""


@dataclass(frozen=True)
class Place:
    """Where a line stands: its element, the paragraph of a text, the attachment (0: none)."""

    element: str
    paragraph: int = 0
    attachment: int = 0


Cell = tuple[int, int] | None


@dataclass(frozen=True)
class Line:
    """A paragraph's words as they are printed; those of a text box carry its number.

    `cell` is the row, counted through the whole file, and the column.
    """

    text: str
    place: Place
    box: int = 0
    cell: Cell = None

    @property
    def key(self) -> str:
        """What is compared: the words without blanks, breaks and what is invisible."""
        return squeezed(self.text)


def squeezed(text: str) -> str:
    """Return a text without blanks and invisible characters; marks that turn its direction stay."""
    return "".join(
        c
        for c in unicodedata.normalize("NFC", text)
        if not c.isspace() and (c in _DIRECTION or unicodedata.category(c) != "Cf")
    )


def digest(lines: Sequence[Line]) -> str:
    """Return the SHA-256 of the words, however they are laid out."""
    return hashlib.sha256("".join(line.key for line in lines).encode()).hexdigest()


def text_of(docx: bytes, name: str = "DOCX", pictures: Mapping[str, str] | None = None) -> list[Line]:
    """Return the lines that a DOCX prints, text boxes where they are anchored; empty ones are left out.

    `pictures` are the names of those that it may show, by the SHA-256 of their bytes; each is a line.
    Raises ContentError with every reason why it is not fit to be printed from.
    """
    word = open_word(docx, name)
    try:
        if pictures:
            name_pictures(word, docx, pictures)
        if problems := unclean(word):
            raise ContentError(problems)
        lines = _Reader(word).read()
    except (TypeError, ValueError) as error:  # numbers that are none
        raise damaged(name) from error
    return [
        *lines,
        *(Line(words, Place("margin")) for part in word.margins if (words := words_of_margin(part))),
    ]


class _Reader:
    """Walks through a body once, from first to last."""

    def __init__(self, word: WordFile) -> None:
        self.word, self.lists = word, Lists(word)
        self.lines: list[Line] = []
        self.boxes = self.rows = self.paragraph = self.attachment = 0
        self.issued = False

    def read(self) -> list[Line]:
        self._blocks(self.word.body, 0)
        return self.lines

    def _blocks(self, parent: Element, box: int, cell: Cell = None) -> None:
        for child in parent.iterchildren("{*}*"):
            if child.tag == f"{W}p":
                self._paragraph(child, box, cell)
            elif child.tag == f"{W}tr":
                self._row(child, box)
            elif child.tag == ALTERNATIVES:
                if (version := shown(child)) is not None:
                    self._blocks(version, box, cell)
            elif child.tag not in UNPRINTED:
                self._blocks(child, box, cell)

    def _row(self, row: Element, box: int) -> None:
        self.rows += 1
        number, column = self.rows, 0
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr")) is row:
                self._blocks(cell, box, (number, column))
                column += int(value_of(cell.find(f"{W}tcPr"), "gridSpan") or 1)

    def _paragraph(self, paragraph: Element, box: int, cell: Cell) -> None:
        pieces: list[str] = [self.lists.number(paragraph)]
        boxes: list[Element] = []
        for element in run_parts(paragraph):
            if element.tag == BOX:
                boxes.append(element)
            else:
                pieces.append(character(element))
        text = "".join(pieces)
        if squeezed(text):
            style = value_of(paragraph.find(f"{W}pPr"), "pStyle")
            self.lines.append(Line(text, self._place(style, text), box, cell))
        for one in boxes:
            self.boxes += 1
            self._blocks(one, self.boxes)

    def _place(self, style: str, text: str) -> Place:
        element = _ELEMENTS.get(style, "")
        if element in ("issued_title", "attachment_mark"):
            self.paragraph, self.issued = 0, element == "issued_title"
        if element == "attachment_mark":
            self.attachment = int("".join(filter(str.isdecimal, text)) or 1)
        if element == "text":
            self.paragraph += 1
            kind = "issued_text" if self.issued else "attachment_text" if self.attachment else "text"
            return Place(kind, self.paragraph, self.attachment)
        return Place(element, 0, self.attachment if element != "imprint" else 0)


def run_parts(element: Element) -> Iterator[Element]:
    """Yield what a paragraph prints, in order: words, blanks, signs, text boxes."""
    for child in element.iterchildren("{*}*"):
        if child.tag == ALTERNATIVES:
            if (version := shown(child)) is not None:
                yield from run_parts(version)
        elif child.tag in (*_WORDS, *_BLANK, BOX, f"{W}sym", f"{W}noBreakHyphen"):
            yield child
        elif child.tag not in UNPRINTED:
            yield from run_parts(child)


def character(element: Element) -> str:
    """Return what such a part prints; a sign of a symbol font is U+FFFD."""
    if element.tag in _WORDS:
        return element.text or ""
    if element.tag in _BLANK:
        return "\n" if element.tag != f"{W}tab" else "\t"
    return "-" if element.tag == f"{W}noBreakHyphen" else "\ufffd"


def words_of_margin(part: Element) -> str:
    """Return what a header or footer prints besides the page's number and the dashes around it."""
    words, depth = [], 0
    for element in part.iter(f"{W}t", f"{_M}t", f"{W}sym", f"{W}fldChar", f"{W}fldSimple"):
        if element.tag == f"{W}fldChar":
            depth += {"begin": 1, "end": -1}.get(element.get(f"{W}fldCharType"), 0)
        elif element.tag != f"{W}fldSimple" and not depth and not any(element.iterancestors(f"{W}fldSimple")):
            words.append(character(element))
    text = squeezed("".join(words))
    return text if set(text) - _DASHES else ""
