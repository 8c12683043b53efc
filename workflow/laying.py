"""Lay a document out: its text, what the system adds to it, and the layout that was set for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from docgen.adjust import Layout
from docgen.errors import DocgenError
from docgen.formats.table import UPWARD, form_of
from docgen.render import render
from docgen.sheet import Content, Particulars
from states.reasons import Reason

from .agencies import masthead_of, particulars
from .models import Agency, User


@dataclass(frozen=True)
class Paper:
    """All that a document's paper is made of."""

    content: Content
    particulars: Particulars
    layout: Layout

    def docx(self, *, overprint: bool = False) -> bytes:
        return render(self.content, self.particulars, self.layout, overprint=overprint)


def paper_of(
    session: Session, document: Mapping[str, Any], content: Content, agency: Agency | None = None
) -> Paper:
    """Return a document's paper as it stands; `document` needs number, dated and printed_on.

    One that goes upwards names who signed it, from `signatory_id`.

    A layout set for it counts as far as it fits the text. Without a masthead in it that of the agency
    (by default the document's) counts.
    """
    agency = agency or session.get_one(Agency, document["agency_id"])
    layout = Layout.from_dict(document.get("layout")).fitting(content)
    if (layout.masthead_size_pt, layout.masthead_percent) == (None, None):
        size_pt, percent = masthead_of(agency)
        layout = replace(layout, masthead_size_pt=size_pt, masthead_percent=percent)
    known = particulars(session, document, agency)
    if form_of(content) == UPWARD and (signed := document.get("signatory_id")):
        known = replace(known, signers=(session.get_one(User, signed).name,))
    return Paper(content, known, layout)


@lru_cache(maxsize=512)
def problems_of(paper: Paper) -> tuple[Reason, ...]:
    """Lay a paper out on trial and return why that fails, so that nothing can fail at issuance."""
    try:
        paper.docx()
    except DocgenError as error:
        return (Reason("The document cannot be laid out: %(why)s", {"why": str(error)}),)
    return ()
