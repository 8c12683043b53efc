"""Turn content and particulars into a DOCX."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from .adjust import STANDARD, Layout, breaks_by_text
from .body import Flow, addressees, attachment_note, attachments, issued, keep_with_next, text
from .foot import crowded, held_back
from .formats.form import Form, laid_out_as
from .formats.minutes import attendance
from .imprint import Imprint
from .layout import AREA_HEIGHT_TW, CLOSE_TITLE_TW, IMPRINT_PLACE, LINE_TW, TABLE_GAP, TITLE
from .lying import Blocks, stretches
from .outline import Table
from .oxml import Paragraph
from .package import lying_section, pack, section
from .pages import end_of, surely_ends_on_even_page
from .pictured import placed, shown, with_pictures
from .sheet import Content, Particulars
from .tables import table_xml

_TINY = Paragraph(IMPRINT_PLACE, line_tw=10)
_AFTER_TABLE = Paragraph(TABLE_GAP, line_tw=10)


def render(
    content: Content,
    particulars: Particulars,
    layout: Layout = STANDARD,
    *,
    overprint: bool = False,
    pictures: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return the paper as a DOCX; equal input has equal bytes. Raises ContentError for want of a picture.

    `pictures` are the bytes of the content's pictures by their SHA-256.
    `overprint` is for paper on which the red is printed already (套印): it leaves the red's room blank.
    """
    form = laid_out_as(content)
    top: Flow = [*form.header(content, particulars, layout, not overprint), *form.title(content, layout)]
    names = _pitched(addressees(content.addressees), layout.line_tw)
    drawn = shown(content, pictures or {})
    main = placed(_pitched(_main(content, particulars, layout), layout.line_tw), drawn)
    stay = form.addressees and _has_room([*top, *names], layout)
    if stay and crowded([*top, *names, *main], len(top) + len(names)):
        stay = crowded([*top, *main], len(top))
    top, moved = (top, "") if stay else (_close_title(top, layout), content.addressees)
    above = [*top, *(names if stay else [])]
    flow = held_back([*above, *main], len(above))
    body = _body(flow, form, form.imprint(content, particulars, moved))
    docx = pack(body, title=content.title, creator=particulars.signature)
    return with_pictures(docx, drawn.values()) if drawn else docx


def shows_text_on_page_1(content: Content, particulars: Particulars, layout: Layout) -> bool:
    """Tell whether a line of the text has room under the title (7.3.3)."""
    form = laid_out_as(content)
    top = [*form.header(content, particulars, layout, True), *form.title(content, layout)]
    return _has_room(_close_title(top, layout), layout)


def _close_title(top: Sequence[Paragraph | Table], layout: Layout) -> Flow:
    """Set the lines of a title that leaves no room for the text as close as they can be read."""
    if _has_room(top, layout):
        return list(top)
    return [
        replace(block, line_tw=CLOSE_TITLE_TW)
        if isinstance(block, Paragraph) and block.style is TITLE
        else block
        for block in top
    ]


def _has_room(flow: Sequence[Paragraph | Table], layout: Layout) -> bool:
    """Tell whether a line of text has room on page 1 below these (7.3.2, 7.3.3)."""
    end = end_of(flow)
    return end.page == 1 and end.used_tw + (layout.line_tw or LINE_TW) <= AREA_HEIGHT_TW


def _pitched(flow: Sequence[Paragraph | Table], line_tw: int | None) -> Flow:
    """Return the flow with the pitch that was set instead of the usual one."""
    if line_tw is None:
        return list(flow)
    return [
        replace(block, line_tw=line_tw)
        if isinstance(block, Paragraph) and block.line_tw is None and block.style.line_tw == LINE_TW
        else block
        for block in flow
    ]


def _main(content: Content, particulars: Particulars, layout: Layout) -> Flow:
    breaks = breaks_by_text(content, layout.page_breaks)
    form = laid_out_as(content)
    flow = text(content.body, breaks.get("body", ())) + attachment_note(content.attachments)
    flow += attendance(content.attendance)
    closing = form.closing(content, particulars, form.notes(content))
    flow = [*keep_with_next(flow), *closing] if closing else flow
    if content.issued_text:
        flow += issued(content.issued_text, breaks)
    return flow + attachments(content.attachments, breaks)


def _body(flow: Flow, form: Form, last: Imprint | None) -> str:
    """Return the text and the imprint, so that one with rules stands on an even page.

    On the page where the text ends, if that is surely even and has room; otherwise in a section of its
    own that starts on the next even page, without a number if a blank page comes before it (7.5).
    """
    *before, ending = _sections(flow, form)
    written = "".join(map(_closed, before))
    if last is None:
        return written + _xml(ending.blocks) + ending.properties
    if not last.fits_a_page:
        own = section(even_page=True)
        return written + _closed(ending) + last.table() + _TINY.to_xml() + own
    end = end_of(flow)
    if surely_ends_on_even_page(flow, last.reserve_tw, end) if last.ruled else not ending.lying:
        return written + _xml(ending.blocks) + last.place().to_xml() + ending.properties
    numbered = not last.ruled or end.page % 2 == 1
    own = section(numbered=numbered, even_page=last.ruled)
    return written + _closed(ending) + last.place().to_xml() + own


@dataclass(frozen=True)
class _Section:
    blocks: tuple[Paragraph | Table, ...]
    properties: str
    lying: bool


def _sections(flow: Flow, form: Form) -> Iterator[_Section]:
    """Yield the flow's sections; each ends with a paragraph, which is to carry its properties."""
    for number, stretch in enumerate(stretches(flow)):
        if stretch.lying:
            yield _Section((*stretch.blocks, _AFTER_TABLE), lying_section(), lying=True)
        else:
            first_numbered = form.first_numbered or number > 0
            yield _Section(stretch.blocks, section(first_numbered=first_numbered), lying=False)


def _closed(part: _Section) -> str:
    """Return a section that another follows."""
    last = cast(Paragraph, part.blocks[-1])  # no text ends with a table
    return _xml(part.blocks[:-1]) + replace(last, section=part.properties).to_xml()


def _xml(blocks: Blocks) -> str:
    return "".join(table_xml(block) if isinstance(block, Table) else block.to_xml() for block in blocks)
