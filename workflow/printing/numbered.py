"""Hand out a paper with each copy's number on page 1 (份号), some copies at a time."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from docgen import copy_numbers
from docgen.sheet import Content
from docgen.sheets import without_red

from .. import conversions, describe, downloads
from ..directory import Person
from ..downloads import Download
from ..errors import NotFound
from ..laying import paper_of
from ..work import load_content

A_FILE = 200
"""Copies that one file holds."""


def batches(document: Mapping[str, Any], content: Content) -> list[tuple[str, str]]:
    """Return the first and the last number of each file of numbered copies; none where they bear none."""
    if not content.numbered or document["frozen_sha256"] is None:
        return []
    copies = document["copies"]
    firsts = range(1, copies + 1, A_FILE)
    number = copy_numbers.copy_number
    return [(number(first), number(min(first + A_FILE - 1, copies))) for first in firsts]


def fetch(session: Session, person: Person, public_id: str, first: str, *, red: bool) -> Download | None:
    """Return the PDF of the copies from a number on, or None while it is being made.

    Without `red` it is for paper on which the red is printed already. Raises NotFound (also where the
    copies are not numbered), ConverterMissing, PdfError.
    """
    document = describe.find(session, person, public_id)
    content = load_content(session, document["id"], document["revision"])
    last = dict(batches(document, content)).get(first)
    if last is None:
        raise NotFound
    found = downloads.fetch(session, person, public_id, "pdf")
    paper = paper_of(session, document, content)
    figures = conversions.pdf_of(copy_numbers.figures(content, paper.particulars, paper.layout))
    if found is None or figures is None:
        return None
    plain = found.content if red else without_red(found.content)
    made = copy_numbers.numbered(plain, figures, int(first), int(last))
    name = f"{'' if red else '套印'}份号{first}-{last} {found.name}"
    return replace(found, content=made, sha256=hashlib.sha256(made).hexdigest(), name=name)
