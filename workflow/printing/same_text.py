"""Tell whether a print copy still says what would be printed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from docgen.printed import Line, digest, text_of
from docgen.sheet import Content

from ..laying import Paper, paper_of


def paper_for_print(
    session: Session, document: Mapping[str, Any], content: Content, printed_on: date
) -> Paper:
    """Return a document's paper with its 印发日期, which is known only at 送印."""
    return paper_of(session, {**document, "printed_on": printed_on}, content)


def lines_of(paper: Paper) -> list[Line]:
    """Return the words that a paper prints."""
    return text_of(paper.docx(), pictures=paper.picture_names())


def counts(document: Mapping[str, Any], paper: Paper) -> bool:
    """Say whether the print copy kept with a document has its text, number and dates."""
    return document["print_copy_sha256"] is not None and document["print_copy_of"] == digest(lines_of(paper))
