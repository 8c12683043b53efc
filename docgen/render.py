"""Turn content and particulars into a DOCX."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from .adjust import STANDARD, Layout, breaks_by_text
from .body import Flow, addressees, attachment_note, attachments, closing, issued, keep_with_next, text
from .formats.form import Form, laid_out_as
from .header import title
from .imprint import Imprint
from .layout import AREA_HEIGHT_TW, IMPRINT_PLACE, LINE_TW
from .outline import Table
from .oxml import Paragraph
from .package import pack, section
from .pages import end_of, surely_ends_on_even_page
from .sheet import Content, Particulars
from .tables import table_xml

_TINY = Paragraph(IMPRINT_PLACE, line_tw=10)


def render(
    content: Content, particulars: Particulars, layout: Layout = STANDARD, *, overprint: bool = False
) -> bytes:
    """Return the paper as a DOCX; equal input has equal bytes.

    `overprint` is for paper on which the red is printed already (套印): it leaves the red's room blank.
    """
    form = laid_out_as(content)
    top: Flow = [*form.header(content, particulars, layout, not overprint), *title(content, layout)]
    names = _pitched(addressees(content.addressees), layout.line_tw)
    moved = "" if _has_room([*top, *names], layout) else content.addressees
    main = _pitched(_main(content, particulars, layout), layout.line_tw)
    flow = [*top, *([] if moved else names), *main]
    body = _body(flow, form, form.imprint(content, particulars, moved))
    return pack(body, title=content.title, creator=particulars.signature)


def shows_text_on_page_1(content: Content, particulars: Particulars, layout: Layout) -> bool:
    """Tell whether a line of the text has room under the title (7.3.3)."""
    above = laid_out_as(content).header(content, particulars, layout, True)
    return _has_room([*above, *title(content, layout)], layout)


def _has_room(flow: Flow, layout: Layout) -> bool:
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
    flow = text(content.body, breaks.get("body", ())) + attachment_note(content.attachments)
    flow = [*keep_with_next(flow), *closing(content, particulars, laid_out_as(content).notes(content))]
    if content.issued_text:
        flow += issued(content.issued_text, breaks)
    return flow + attachments(content.attachments, breaks)


def _body(flow: Flow, form: Form, last: Imprint | None) -> str:
    """Return the text and the imprint, so that one with rules stands on an even page.

    On the page where the text ends, if that is surely even and has room; otherwise in a section of its
    own that starts on the next even page, without a number if a blank page comes before it (7.5).
    """
    of_text = section(first_numbered=form.first_numbered)
    if last is None:
        return _xml(flow) + of_text
    if not last.fits_a_page:
        return _with_section(flow, of_text) + last.table() + _TINY.to_xml() + section(even_page=True)
    if not last.ruled or surely_ends_on_even_page(flow, last.reserve_tw):
        return _xml(flow) + last.place().to_xml() + of_text
    numbered = end_of(flow).page % 2 == 1
    own = section(numbered=numbered, even_page=True)
    return _with_section(flow, of_text) + last.place().to_xml() + own


def _with_section(flow: Flow, properties: str) -> str:
    last = cast(Paragraph, flow[-1])  # no text ends with a table
    return _xml(flow[:-1]) + replace(last, section=properties).to_xml()


def _xml(flow: Flow) -> str:
    return "".join(table_xml(block) if isinstance(block, Table) else block.to_xml() for block in flow)
