"""Lay a document out: its text, what the system adds to it, and the layout that was set for it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from docgen.adjust import Layout
from docgen.doubts import tables_without_room
from docgen.errors import DocgenError
from docgen.formats.table import UPWARD, form_of, is_stamped
from docgen.pictured import names_by_hash
from docgen.render import render, shows_text_on_page_1
from docgen.sheet import Content, Particulars
from states.reasons import Reason

from . import archive
from .agencies import masthead_of, particulars, with_co_agencies
from .models import Agency, User
from .phrasebook import unfilled
from .signed_as import signed_as


@dataclass(frozen=True)
class Paper:
    """All that a document's paper is made of."""

    content: Content
    particulars: Particulars
    layout: Layout

    def docx(self, *, overprint: bool = False) -> bytes:
        pictures = pictures_of(self.content)
        return render(self.content, self.particulars, self.layout, overprint=overprint, pictures=pictures)

    def picture_names(self) -> dict[str, str]:
        """Return the names of its pictures by the SHA-256 of their bytes."""
        return names_by_hash(self.content, pictures_of(self.content))


def pictures_of(*contents: Content) -> dict[str, bytes]:
    """Return the pictures of contents by their SHA-256; raises Damaged."""
    return {file.sha256: archive.read(file.sha256) for content in contents for file in content.pictures}


def paper_of(
    session: Session, document: Mapping[str, Any], content: Content, agency: Agency | None = None
) -> Paper:
    """Return a document's paper as it stands; `document` needs number, dated and printed_on.

    One that goes upwards names who signed it, from `signatory_id` and `co_signed`; one with a name chop
    says in which post.

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
        known = replace(known, signers=(session.get_one(User, signed).name, *_co_signers(document)))
    if is_stamped(content) and (signed := document.get("signatory_id")):
        name = session.get_one(User, signed).name
        others = [("", other) for other in _co_signers(document)]
        known = replace(known, stamped=((signed_as(session, document), name), *others))
    if content.co_agencies:
        known = with_co_agencies(session, known, content, document["dated"])
    return Paper(content, known, layout)


def _co_signers(document: Mapping[str, Any]) -> list[str]:
    """Return who signed for the other agencies of a joint document, in the agencies' order."""
    known = document.get("co_signed") or {}
    return [known[name][0] for name in document.get("co_agencies") or () if name in known]


_NO_TEXT = Reason("Page 1 would show no text: make the title shorter (GB/T 9704-2012, 7.3.3)")


@lru_cache(maxsize=512)
def problems_of(paper: Paper) -> tuple[Reason, ...]:
    """Return what is still to be filled in, and why laying the paper out on trial fails.

    So nothing can fail at issuance.
    """
    try:
        paper.docx()
    except DocgenError as error:
        cannot = Reason("The document cannot be laid out: %(why)s", {"why": str(error)})
        return (*unfilled(paper.content), cannot)
    if not shows_text_on_page_1(paper.content, paper.particulars, paper.layout):
        return (*unfilled(paper.content), _NO_TEXT)
    too_wide = (Reason(one.message, one.params) for one in tables_without_room(paper.content))
    return (*unfilled(paper.content), *too_wide)
