"""Make the 申报表 of an application, to be printed and sealed."""

import hashlib
from typing import Any

from sqlalchemy.orm import Session

from docgen.application_form import FormParticulars, Indicator, render_form

from .. import clock
from ..describe import Description
from ..downloads import FORMATS, Download
from .blank_form import blank_form


def form(session: Session, description: Description) -> Download:
    """Return the form as a DOCX, of the text as it is now; it bears that text's check code."""
    content: Any = description.content
    asks = blank_form(session, description.document, content)
    particulars = FormParticulars(
        asks.campaign.title,
        asks.category,
        asks.campaign.term,
        tuple(Indicator(one.node.code, one.node.text, one.node.points) for one in asks.asked),
        tuple(item.text for item in asks.negative),
        clock.today(),
    )
    name = f"{content.unit.name} {asks.category}申报表.docx"
    paper = render_form(content, particulars)
    return Download(paper, hashlib.sha256(paper).hexdigest(), name, FORMATS["docx"])
