"""Read a paper of our own by the styles of its paragraphs."""

import re
from collections.abc import Callable, Iterable, Sequence

from .. import layout
from ..sheet import URGENCIES
from .elements import Block, Line, Table
from .formed import Formed
from .pipes import add_table
from .result import OTHER_TITLE, Gathered, Piece
from .signs import bare_names, read_date, read_printed

_TEXTS = frozenset(style.id for style in (layout.BODY, *layout.LEVELS))
_HEADS = frozenset((layout.TITLE.id, layout.ORDER_NUMBER.id))
_NOTED = re.compile(r"附件：(.*)", re.DOTALL)
_ENDS = frozenset((layout.SIGNATURE.id, layout.STAMP_POST.id, layout.ATTENDANCE.id))
_COPIED = re.compile(r"(主送|抄送)：(.*?)。?", re.DOTALL)


def is_ours(blocks: Iterable[Block]) -> bool:
    """Say whether a file has the styles of our papers."""
    styles = {block.style for block in blocks if isinstance(block, Line)}
    return bool(styles & _HEADS) and bool(styles & _TEXTS)


def styled(blocks: Sequence[Block], gathered: Gathered) -> None:
    """Read a paper of ours; what has no style of ours belongs to the text in which it stands."""
    reader = _Styled(gathered)
    for block in blocks:
        reader.take(block)
    reader.finish()


class _Styled:
    """Walks through the paragraphs once, and knows to which text they belong."""

    def __init__(self, gathered: Gathered) -> None:
        self.found = gathered
        self.formed = Formed(gathered)
        self.text: Piece | None = None
        self.noted: list[str] = []
        self.pages: dict[int, Piece] = {}
        self.takers: dict[str, Callable[[str], None]] = {
            **self.formed.takers,
            layout.URGENCY.id: self._urgency,
            layout.NUMBER.id: self._number,
            layout.ORDER_NUMBER.id: self._order_number,
            layout.TITLE.id: self._title,
            layout.ADDRESSEES.id: self._addressees,
            layout.ATTACHMENT_NOTE.id: self._noted,
            layout.DATED.id: self._dated,
            layout.ISSUED_TITLE.id: self._issued,
            layout.ATTACHMENT_MARK.id: self._page,
            layout.ATTACHMENT_TITLE.id: self._page_title,
            layout.COPIES.id: self._copies,
            layout.PRINTED.id: self._printed,
        }

    def take(self, block: Block) -> None:
        if isinstance(block, Table):
            self._table(block)
            return
        self.formed.see(block)
        if block.style == layout.ORDER_NUMBER.id:
            self.text = self.found.main
        if not block.text.strip():
            return
        if block.style in self.takers:
            self.text = None if block.style in _ENDS else self.text
            self.takers[block.style](block.text)
        else:
            text = block.text.replace("\n", "\t") if block.style == layout.NAMES.id else block.text
            lines = [line.strip() for line in text.replace("\t", "  ").split("\n")]
            (self.found.left if self.text is None else self.text.lines).extend(filter(None, lines))

    def finish(self) -> None:
        """Put each attachment in its place: those of the list, and those that have pages."""
        self.formed.finish()
        for number in range(1, max([len(self.noted), *self.pages]) + 1):
            listed = self.noted[number - 1] if number <= len(self.noted) else ""
            piece = self.pages.get(number, Piece())
            if listed and piece.title and listed != piece.title:
                self.found.report(OTHER_TITLE, number=number, title=listed)
            piece.title = piece.title or listed
            self.found.attachments.append(piece)

    def _table(self, table: Table) -> None:
        lines = [line for row in table.rows for cell in row for line in cell]
        if any(line.style in (layout.COPIES.id, layout.PRINTED.id) for line in lines):
            for line in lines:
                self.take(line)
        else:
            add_table(table, self.found, self.text)

    def _urgency(self, text: str) -> None:
        if text in URGENCIES:
            self.found.urgency = text
        else:
            self.found.left.append(text)

    def _number(self, text: str) -> None:
        """Take the number; beside it stand those who signed, who are the system's, and a letter's urgency."""
        for piece in filter(None, map(str.strip, text.replace("\t", "\n").split("\n"))):
            if piece in URGENCIES:
                self.found.urgency = piece
            elif not self.found.number and "号" in piece:
                self.found.number = piece

    def _order_number(self, text: str) -> None:
        """Take the number of an order, under which its text begins."""
        self.found.number = text

    def _title(self, text: str) -> None:
        self.text = self.found.main
        self.text.title += text.replace("\n", "")

    def _addressees(self, text: str) -> None:
        self.found.addressees += bare_names(text)

    def _noted(self, text: str) -> None:
        self.text = None
        if found := _NOTED.fullmatch(text):
            text = found[1]
        self.noted.append(text.rpartition("\t")[2])

    def _dated(self, text: str) -> None:
        day = read_date(text)
        if day is None or self.found.dated:
            self.found.left.append(text)
        else:
            self.found.dated = day

    def _issued(self, text: str) -> None:
        self.text = self.found.issued = self.found.issued or Piece()
        self.text.title += text.replace("\n", "")

    def _page(self, text: str) -> None:
        digits = "".join(filter(str.isdecimal, text))[:3]
        self.text = self.pages.setdefault(int(digits or 1) or 1, Piece())

    def _page_title(self, text: str) -> None:
        if self.text is None:
            self.found.left.append(text)
        else:
            self.text.title += text.replace("\n", "")

    def _copies(self, text: str) -> None:
        found = _COPIED.fullmatch(text)
        if found is None:
            self.found.left.append(text)
        elif found[1] == "主送":
            self.found.addressees += bare_names(found[2])
        else:
            self.found.copy_to += bare_names(found[2])

    def _printed(self, text: str) -> None:
        agency, day = read_printed(text)
        self.found.printed_by += agency
        self.found.printed_on = day or self.found.printed_on
