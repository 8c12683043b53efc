"""List the corrections (补正) that an application was asked for."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..models import Amendment


def amendments(session: Session, document_id: int) -> Sequence[Amendment]:
    """Return what was asked for, the latest first."""
    of_this = select(Amendment).where(Amendment.document_id == document_id)
    return session.scalars(of_this.order_by(Amendment.id.desc())).all()
