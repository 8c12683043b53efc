"""Turn content and particulars into a DOCX."""

from dataclasses import replace
from typing import cast

from . import layout
from .body import Flow, addressees, attachment_note, attachments, closing, issued, keep_with_next, text
from .header import header, title
from .imprint import Imprint, imprint
from .outline import Table
from .oxml import Paragraph
from .package import pack, section
from .pages import end_of, surely_ends_on_even_page
from .sheet import Content, Particulars
from .tables import table_xml

_TINY = Paragraph(layout.IMPRINT_PLACE, line_tw=10)


def render(content: Content, particulars: Particulars) -> bytes:
    """Return the paper as a DOCX; equal input has equal bytes."""
    top: Flow = [*header(content, particulars), *title(content)]
    names = addressees(content.addressees)
    moved = "" if _leaves_room(top, names) else content.addressees
    flow = [*top, *([] if moved else names), *_main(content, particulars)]
    body = _body(flow, imprint(content, particulars, moved))
    return pack(body, title=content.title, creator=particulars.signature)


def _leaves_room(top: Flow, names: list[Paragraph]) -> bool:
    """Tell whether page 1 shows a line of the text below the addressees (7.3.2, 7.3.3)."""
    end = end_of([*top, *names])
    return end.page == 1 and end.used_tw + layout.LINE_TW <= layout.AREA_HEIGHT_TW


def _main(content: Content, particulars: Particulars) -> Flow:
    flow = text(content.body) + attachment_note(content.attachments)
    flow = [*keep_with_next(flow), *closing(content, particulars)]
    if content.issued_text:
        flow += issued(content.issued_text)
    return flow + attachments(content.attachments)


def _body(flow: Flow, last: Imprint) -> str:
    """Return the text and the imprint, so that the imprint stands on an even page.

    On the page where the text ends, if that is surely even and has room; otherwise in a section of its
    own that starts on the next even page, without a number if a blank page comes before it (7.5).
    """
    if not last.fits_a_page:
        return _with_section(flow, section()) + last.table() + _TINY.to_xml() + section(even_page=True)
    if surely_ends_on_even_page(flow, last.reserve_tw):
        return _xml(flow) + last.place().to_xml() + section()
    numbered = end_of(flow).page % 2 == 1
    own = section(numbered=numbered, even_page=True)
    return _with_section(flow, section()) + last.place().to_xml() + own


def _with_section(flow: Flow, properties: str) -> str:
    last = cast(Paragraph, flow[-1])  # no text ends with a table
    return _xml(flow[:-1]) + replace(last, section=properties).to_xml()


def _xml(flow: Flow) -> str:
    return "".join(table_xml(block) if isinstance(block, Table) else block.to_xml() for block in flow)
