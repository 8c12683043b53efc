"""Lay out the 发文稿纸: what was said in its boxes, the document's particulars, the archive stamp's room."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from . import layout
from .floating import text_box
from .gridded import Cell, GridRow, grid_xml
from .inlaid import inlaid
from .layout import twips
from .measure import count_lines
from .media import Media, with_media
from .oxml import Paragraph, run
from .package import pack
from .picture import size_of

WIDTH_TW = twips(170)
TOP_TW, LEFT_TW, RIGHT_TW, BOTTOM_TW = twips(28), twips(25), twips(15), twips(12)
LABEL_TW = twips(22)
ROOMS_TW = {"high": twips(40), "mid": twips(26), "low": twips(18)}
TALL_TW = twips(70)  # a row that is higher may go on over the page
FIELD_TW = twips(7.5)
SHARES = {1: (4,), 2: (2, 2), 3: (2, 1, 1)}  # of a line with so many fields, in quarters of the width
STAMP_WIDTH_TW, STAMP_HEIGHT_TW, STAMP_TOP_TW = twips(45), twips(16), twips(9)  # 归档章, as is customary
SIGNATURE_HEIGHT_TW, SIGNATURE_WIDTH_TW = twips(9), twips(32)
DATE_FOR_THE_PEN = "年　　月　　日"
_HEAD_TW = 700
_SECTION = (
    f'<w:sectPr><w:pgSz w:w="{layout.PAGE_WIDTH_TW}" w:h="{layout.PAGE_HEIGHT_TW}"/>'
    f'<w:pgMar w:top="{TOP_TW}" w:right="{RIGHT_TW}" w:bottom="{BOTTOM_TW}" w:left="{LEFT_TW}"'
    ' w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
)


@dataclass(frozen=True)
class Opinion:
    """What somebody said, as it stands in a box; `signature` is the SHA-256 of the picture of theirs."""

    seq: int
    words: str
    name: str
    post: str
    day: str
    remarks: tuple[str, ...] = ()
    signature: str | None = None


@dataclass(frozen=True)
class Box:
    """A box; an empty one is for the pen, unless it says why nobody is to write in it."""

    label: str
    opinions: tuple[Opinion, ...] = ()
    skipped: str = ""


@dataclass(frozen=True)
class BoxRow:
    """One to three boxes abreast, and how much room they have: high, mid or low."""

    room: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Field:
    """Something about the document: its label, and its value in lines."""

    label: str
    value: str = ""
    large: bool = False


@dataclass(frozen=True)
class ApprovalSheet:
    """All that stands on a 发文稿纸, in the words of its language.

    stamp: the six cells of the archive stamp (DA/T 22-2015), values empty before filing.
    fields: lines of one to three.
    """

    heading: str
    stamp: tuple[Field, ...]
    boxes: tuple[BoxRow, ...]
    fields: tuple[tuple[Field, ...], ...]

    @property
    def signatures(self) -> tuple[str, ...]:
        """Return the SHA-256 of every picture that it shows."""
        said = [opinion for row in self.boxes for box in row.boxes for opinion in box.opinions]
        return tuple(dict.fromkeys(opinion.signature for opinion in said if opinion.signature))


def render_sheet(sheet: ApprovalSheet, pictures: Mapping[str, bytes]) -> bytes:
    """Return the sheet as a DOCX; `pictures` are bytes by their SHA-256. Equal input has equal bytes."""
    media = {sha256: Media(sha256, pictures[sha256]) for sha256 in sheet.signatures}
    rows = [
        GridRow([Cell(WIDTH_TW, _head(sheet.heading), ruled=False)], _HEAD_TW, head=True),
        *(_boxes(row, media) for row in sheet.boxes),
        *(_fields(line) for line in sheet.fields),
    ]
    body = _stamp(sheet.stamp) + grid_xml(rows, layout.RED)
    end = Paragraph(layout.IMPRINT_PLACE, line_tw=20)
    docx = pack(f"{body}{end.to_xml()}{_SECTION}", title=sheet.heading, creator="")
    return with_media(docx, media.values())


def _head(heading: str) -> str:
    return Paragraph(layout.SLIP_HEAD, heading).to_xml()


def _stamp(cells: Sequence[Field]) -> str:
    """Return the paragraph that holds the stamp's box, in the blank above the sheet."""
    width_tw, height_tw = STAMP_WIDTH_TW // 3, STAMP_HEIGHT_TW // 2
    rows = [
        GridRow(
            [Cell(width_tw, _stamped(one), align="top") for one in cells[start : start + 3]],
            height_tw,
            exact=True,
        )
        for start in (0, 3)
    ]
    box = text_box(
        grid_xml(rows, layout.RED) + Paragraph(layout.IMPRINT_PLACE, line_tw=20).to_xml(),
        top_tw=STAMP_TOP_TW,
        height_tw=STAMP_HEIGHT_TW + 40,
        name="归档章",
        left_tw=WIDTH_TW - STAMP_WIDTH_TW,
        width_tw=STAMP_WIDTH_TW + 40,
    )
    return Paragraph(layout.IMPRINT_PLACE, line_tw=20, xml=box).to_xml()


def _stamped(cell: Field) -> str:
    return (
        Paragraph(layout.STAMP_LABEL, cell.label).to_xml()
        + Paragraph(layout.STAMP_VALUE, cell.value).to_xml()
    )


def _boxes(row: BoxRow, media: Mapping[str, Media]) -> GridRow:
    width_tw = WIDTH_TW // len(row.boxes)
    cells, height_tw = [], ROOMS_TW[row.room]
    for box in row.boxes:
        words = _box(box, media)
        empty = not box.opinions and not box.skipped
        cells.append(Cell(LABEL_TW, _label(box.label)))
        room_tw = width_tw - LABEL_TW
        cells.append(
            Cell(room_tw, "".join(one.to_xml() for one in words), align="bottom" if empty else "top")
        )
        height_tw = max(height_tw, _height(words, room_tw))
    return GridRow(cells, ROOMS_TW[row.room], whole=height_tw < TALL_TW)


def _box(box: Box, media: Mapping[str, Media]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for said in box.opinions:
        found.append(Paragraph(layout.SLIP_WORDS, said.words))
        found.append(_who(said, media))
        found.append(Paragraph(layout.SLIP_WHO, said.day))
        found += [Paragraph(layout.SLIP_REMARK, remark) for remark in said.remarks]
    if box.skipped:
        return [*found, Paragraph(layout.SLIP_REMARK, box.skipped)]
    return found or [Paragraph(layout.SLIP_REMARK, DATE_FOR_THE_PEN)]


def _who(said: Opinion, media: Mapping[str, Media]) -> Paragraph:
    if said.signature is None:
        return Paragraph(layout.SLIP_WHO, "　".join(filter(None, (said.name, said.post))))
    picture = media[said.signature]
    width, height = size_of(picture.data)
    scale = min(SIGNATURE_HEIGHT_TW / height, SIGNATURE_WIDTH_TW / width)
    drawn = inlaid(
        picture, round(width * scale), round(height * scale), number=100 + said.seq, name=said.name
    )
    words = run(f"　{said.post}") if said.post else ""
    return Paragraph(layout.SLIP_SIGNED, said.post, xml=drawn + words)


def _fields(line: Sequence[Field]) -> GridRow:
    cells = []
    for field, share in zip(line, SHARES[len(line)], strict=True):
        style = layout.SLIP_TITLE if field.large else layout.SLIP_VALUE
        cells.append(Cell(LABEL_TW, _label(field.label)))
        words = Paragraph(style, field.value).to_xml()
        cells.append(Cell(WIDTH_TW * share // 4 - LABEL_TW, words, align="center"))
    return GridRow(cells, FIELD_TW, whole=all(len(field.value) < 1000 for field in line))


def _label(words: str) -> str:
    """Return a label's paragraph; a long Chinese one stands in lines of four characters."""
    if len(words) > 5 and not words.isascii():
        words = "\n".join(words[start : start + 4] for start in range(0, len(words), 4))
    return Paragraph(layout.SLIP_LABEL, words).to_xml()


def _height(words: Iterable[Paragraph], room_tw: int) -> int:
    """Return how high paragraphs are in a cell, as foreseen."""
    height_tw = 0
    for one in words:
        room = (room_tw - 2 * layout.TABLE_PADDING_TW) / one.style.char_tw
        lines = sum(count_lines(line, room) for line in one.text.split("\n"))
        height_tw += lines * one.style.line_tw
    return height_tw
