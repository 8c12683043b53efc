"""Set a document's layout, apart from the text that was signed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from docgen.adjust import Layout, read_layout
from docgen.errors import ContentError, Problem
from docgen.render import shows_text_on_page_1

from ..answers import Once
from ..clock import today
from ..describe import Description
from ..laying import Paper, paper_of
from .same_text import paper_for_print
from .taking_up import changed, taken_up

SET_LAYOUT = "set_layout"
_NO_TEXT_ON_PAGE_1 = Problem(
    "masthead_size_pt",
    "Page 1 would show no text: make masthead or title lower (GB/T 9704-2012, 7.3.3).",
)


def set_layout(
    actor_id: int, public_id: str, version: int, layout: Mapping[str, Any], *, once: Once | None = None
) -> None:
    """Lay a document out otherwise; what was frozen is to be sent to print again.

    A print copy from Word or WPS is no longer used. The same layout again changes nothing. Raises
    NotFound, Stale, NotAllowed, ContentError.
    """
    with taken_up(actor_id, public_id, version, {"verb": SET_LAYOUT, "layout": dict(layout)}, once) as work:
        if work is None:
            return
        content = work.content()
        wanted = read_layout(layout, content).to_dict()
        _refuse_to_crowd_out_the_text(paper_of(work.session, {**work.document, "layout": wanted}, content))
        if wanted != work.document["layout"] or work.document["print_copy_sha256"] is not None:
            changed(
                work,
                SET_LAYOUT,
                {"layout": wanted or {}},
                layout=wanted,
                print_copy_sha256=None,
                print_copy_of=None,
            )


def preview(session: Session, description: Description, layout: Mapping[str, Any]) -> bytes:
    """Return the DOCX of a document in a layout that is only tried; raises ContentError."""
    row, content = description.document, description.content
    wanted = read_layout(layout, content).to_dict()
    paper = paper_for_print(session, {**row, "layout": wanted}, content, row["printed_on"] or today())
    _refuse_to_crowd_out_the_text(paper)
    return paper.docx()


def layout_of(description: Description) -> Layout:
    """Return what was set for a document, as far as its text still has it."""
    return Layout.from_dict(description.document["layout"]).fitting(description.content)


def _refuse_to_crowd_out_the_text(paper: Paper) -> None:
    if not shows_text_on_page_1(paper.content, paper.particulars, paper.layout):
        raise ContentError([_NO_TEXT_ON_PAGE_1])
