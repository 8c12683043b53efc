"""Give a document out to be set in Word or WPS, and take the finished DOCX back as its print copy."""

import hashlib
from collections.abc import Sequence

from sqlalchemy.orm import Session

from docgen.differing import Difference, differences
from docgen.printed import digest, text_of
from states.errors import NotAllowed, NotReady
from states.reasons import Reason

from .. import archive
from ..answers import Once
from ..clock import today
from ..describe import Description, describe
from ..downloads import FORMATS, Download, stem_of
from ..entered import clean_entry
from ..installation import read_tx
from ..work import load_person
from .same_text import lines_of, paper_for_print
from .stages import refusals
from .taking_up import changed, taken_up

KEEP_PRINT_COPY = "keep_print_copy"
LONGEST_NAME = 200


class OtherText(NotReady):
    """The finished DOCX does not say what would be printed; carries every place."""

    def __init__(self, places: Sequence[Difference]) -> None:
        self.places = tuple(places)
        count = {"count": str(len(self.places))}
        super().__init__([Reason("The text differs at %(count)s places from what was signed", count)])


def working_copy(session: Session, description: Description) -> Download:
    """Return the DOCX to be set elsewhere; raises NotAllowed to all but the holder at printing."""
    if refusal := refusals(description.procedure, description.case):
        raise NotAllowed(refusal)
    docx = paper_for_print(session, description.document, description.content, today()).docx()
    name = f"排版稿 {stem_of(description.document)}.docx"
    return Download(docx, hashlib.sha256(docx).hexdigest(), name, FORMATS["docx"])


def keep_print_copy(
    actor_id: int, public_id: str, version: int, name: str, docx: bytes, *, once: Once | None = None
) -> None:
    """Keep a finished DOCX as what is sent to print instead of the system's own layout.

    Raises NotFound, Stale, NotAllowed, ContentError (it is no file to print from), OtherText.
    """
    name = clean_entry(name, limit=LONGEST_NAME, lines=False)
    with read_tx() as session:
        description = describe(session, load_person(session, actor_id), public_id)
        if refusal := refusals(description.procedure, description.case):
            raise NotAllowed(refusal)
        paper = paper_for_print(session, description.document, description.content, today())
    wanted = lines_of(paper)
    if places := differences(wanted, text_of(docx, name, paper.picture_names())):
        raise OtherText(places)
    sha256 = archive.lay_down(docx)
    request = {"verb": KEEP_PRINT_COPY, "file": sha256, "name": name}
    with taken_up(actor_id, public_id, version, request, once) as work:
        if work is not None:
            changed(
                work,
                KEEP_PRINT_COPY,
                {"print_copy": sha256, "name": name},
                print_copy_sha256=archive.put(work.session, docx),
                print_copy_of=digest(wanted),
            )
