"""Find in which post a document was signed off: the one that was held then, whoever holds it today."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from .installation import here
from .models import Movement


def signed_as(session: Session, document: Mapping[str, Any]) -> str:
    """Return the title of the post in which its signatory signed a document; '' where none did."""
    steps = here().versions[document["procedure_hash"]].steps
    signing = [step.action for step in steps if "sign_off" in step.effects]
    found = session.scalars(
        select(Movement.canonical)
        .where(Movement.document_id == document["id"], Movement.action.in_(signing))
        .order_by(Movement.seq.desc())
    ).first()
    if found is None:
        return ""
    record = json.loads(found)
    return str(record["details"].get("entered", record)["post"])
