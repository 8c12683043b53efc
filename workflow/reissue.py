"""Begin the remedy of a wrong number (更正重发): the same text to the same list under a new number."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from docgen.sheet import Content
from states.errors import NotAllowed, NotReady
from states.reasons import Reason

from .describe import describe
from .directory import Person
from .models import Document, Recipient
from .visibility import ISSUED, OFFICE


def may_reissue(person: Person, document: Mapping[str, Any]) -> bool:
    """Tell whether somebody may begin a document that takes the place of this one."""
    return person.holds(*OFFICE) and document["state"] in ISSUED and document["origin"] == "here"


def anew(session: Session, person: Person, public_id: str) -> dict[str, Any]:
    """Return the content with which that is begun; what the earlier one ended is ended by it too.

    Raises NotFound, NotAllowed, NotReady.
    """
    found = describe(session, person, public_id)
    document = found.document
    if not person.holds(*OFFICE):
        raise NotAllowed([Reason("Only the office clerk or the registrar issues a document anew.")])
    if not may_reissue(person, document):
        raise NotReady([Reason("Only what was issued here is issued anew")])
    content = found.content.to_dict()
    replaced = {"number": document["number"], "act": "replace", "from_date": None, "reason": ""}
    sent = [one.name for one in _recipients(session, document["id"])]
    return {
        **content,
        "ends": [replaced, *content.get("ends", ())],
        "distribution": "、".join(sent) or document["distribution"],
        "copies": document["copies"],
    }


def recipients(session: Session, content: Content) -> list[Recipient]:
    """Return to whom the documents were sent whose place a document takes."""
    replaced = [ending.number for ending in content.ends if ending.act == "replace"]
    if not replaced:
        return []
    found = session.scalars(select(Document.id).where(Document.number.in_(replaced)))
    return list({one.name: one for id_ in found for one in _recipients(session, id_)}.values())


def _recipients(session: Session, document: int) -> list[Recipient]:
    listed = select(Recipient).where(Recipient.document_id == document)
    return list(session.scalars(listed.order_by(Recipient.position, Recipient.id)))
